/** Options that the verbs of `fleet` share: where this computer is, how many side by side, how polite. */
import type { LookPlace } from '../../core/calls/clients.ts';
import { AppError } from '../../core/errors.ts';
import { say, type Text } from '../../core/text.ts';
import { AT_ONCE } from '../clients/look-at-clients.ts';
import { POLITE, type Rates, type Service } from '../net/pace.ts';
import type { CommandContext, OptionSpec } from './command.ts';

export const FLEET_OPTIONS = {
  away: {
    type: 'boolean',
    help: say('this computer is in none of the offices: leave out what only makes sense there'),
  },
  office: { type: 'boolean', help: say('this computer is in the office: look at its line, port 25 and devices') },
  'at-once': { type: 'string', value: 'N', help: say('profiles looked at side by side (48)') },
  pace: {
    type: 'string',
    value: 'RATES',
    help: say('most questions a second to one server (dns=500,https=50,smtp=20,stun=2)'),
  },
  resume: { type: 'boolean', help: say('go on where an interrupted “fleet check” of the same path stopped') },
  out: {
    type: 'string',
    value: 'FILE',
    path: true,
    help: say('“fleet check” adds its lines to this file, each exactly once'),
  },
  history: {
    type: 'string',
    value: 'FOLDER',
    path: true,
    help: say('where “fleet look” keeps what it saw; default: the data folder'),
  },
  notify: { type: 'boolean', help: say('“fleet look” shows a notice on the desktop when something is new') },
  'set-up': {
    type: 'string',
    value: 'ID',
    help: say('“fleet look” looks at this saved set-up only; it joins the list of clients'),
  },
  'data-folder': {
    type: 'string',
    value: 'FOLDER',
    help: say('where RelayReady keeps what it knows; default: the place the system has for it'),
  },
  format: {
    type: 'string',
    value: 'csv|jsonl',
    values: ['csv', 'jsonl'],
    help: say('of what “fleet export” writes (csv)'),
  },
  'leave-out-bad': { type: 'boolean', help: say('import the good rows although there are bad ones') },
} as const satisfies Readonly<Record<string, OptionSpec>>;

const wrong = (option: string, value: string, remedy: Text): AppError =>
  new AppError('bad-option', say('“{value}” is not a value for {option}.', { value: value.slice(0, 80), option }), {
    field: option,
    remedy,
  });

/** @throws AppError `bad-option` */
export function placeOf(context: CommandContext): LookPlace {
  const away = context.flag('away');
  if (away && context.flag('office'))
    throw new AppError('bad-option', say('This computer cannot be in the office and away from it.'), {
      field: '--away',
      remedy: say('Give --away or --office, not both.'),
    });
  return away ? 'away' : context.flag('office') ? 'office' : 'tell';
}

/** @throws AppError `bad-option` */
export function atOnceOf(context: CommandContext): number {
  const value = context.text('at-once');
  if (value === undefined) return AT_ONCE;
  if (!/^\d{1,3}$/.test(value) || Number(value) < 1 || Number(value) > 256)
    throw wrong('--at-once', value, say('Write a number between 1 and 256.'));
  return Number(value);
}

const RATE = /^(dns|https|smtp|stun)=(\d{1,5}(?:\.\d{1,2})?)$/;

/** @throws AppError `bad-option` */
export function ratesOf(context: CommandContext): Rates {
  const value = context.text('pace');
  const rates: Record<Service, number> = { ...POLITE };
  for (const part of value?.split(',') ?? []) {
    const [, service, rate] = RATE.exec(part.trim()) ?? [];
    if (service === undefined || !(Number(rate) > 0))
      throw wrong('--pace', value ?? '', say('Write it like dns=500,https=50,smtp=20.'));
    rates[service as Service] = Number(rate);
  }
  return rates;
}
