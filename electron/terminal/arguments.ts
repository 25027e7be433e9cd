/** Reads a command line; every mistake names the option and what to write instead. */
import { parseArgs } from 'node:util';
import { AppError } from '../../core/errors.ts';
import { say, type Translate } from '../../core/text.ts';
import type { Command, OptionSpec } from './command.ts';

export const COMMON_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  profile: { type: 'string', value: 'FILE', help: say('a saved profile') },
  domain: { type: 'string', value: 'DOMAIN', help: say('the mail domain, e.g. contoso.com') },
  sender: { type: 'string', value: 'ADDRESS', help: say('the address the device sends from') },
  device: { type: 'string', value: 'ADDRESS', help: say('the device’s address on the office network') },
  'public-ip': { type: 'string', value: 'IP', multiple: true, help: say('the office’s fixed public address') },
  environment: { type: 'string', value: 'FILE', help: say('another world than the public cloud') },
  only: { type: 'string', value: 'ID,ID', help: say('only these checks') },
  json: { type: 'boolean', help: say('one JSON document on standard output') },
  language: { type: 'string', value: 'TAG', help: say('language of all texts') },
  deadline: { type: 'string', value: 'SECONDS', help: say('stop waiting after this time') },
  help: { type: 'boolean', help: say('show this help') },
  version: { type: 'boolean', help: say('show the version') },
};

export type Arguments = {
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly positionals: readonly string[];
};

/** @throws AppError `bad-option` */
export function readArguments(argv: readonly string[], command: Command): Arguments {
  const specs = { ...COMMON_OPTIONS, ...command.options };
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, { type: spec.type, multiple: spec.multiple ?? false }]),
  );
  const { tokens, values, positionals } = parse(argv, options, Object.keys(specs));
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const spec = specs[token.name];
    if (
      spec &&
      !spec.multiple &&
      tokens.filter((other) => other.kind === 'option' && other.name === token.name).length > 1
    )
      throw new AppError('bad-option', say('{option} is given twice.', { option: `--${token.name}` }), {
        field: `--${token.name}`,
        remedy: say('Give it once.'),
      });
    if (typeof token.value === 'string' && token.value.trim() === '')
      throw new AppError('bad-option', say('{option} is empty.', { option: `--${token.name}` }), {
        field: `--${token.name}`,
        remedy: say('Write {value} after it.', { value: spec?.value ?? 'VALUE' }),
      });
  }
  const allowed = command.positionals ?? 0;
  const extra = positionals[allowed];
  if (extra !== undefined)
    throw new AppError('bad-option', say('“{word}” is one word too many.', { word: extra.slice(0, 80) }), {
      field: extra.slice(0, 80),
      remedy: say('Put a text of several words in quotes; options begin with two dashes.'),
    });
  return { values, positionals };
}

function parse(argv: readonly string[], options: Parameters<typeof parseArgs>[0] & object, known: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: options as never,
      allowPositionals: true,
      strict: true,
      tokens: true,
    }) as {
      values: Arguments['values'];
      positionals: string[];
      tokens: { kind: string; name: string; value?: string }[];
    };
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (!code.startsWith('ERR_PARSE_ARGS')) throw error;
    const option = /'(-[^' ]*)/.exec((error as Error).message)?.[1] ?? '?';
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
      throw new AppError('bad-option', say('There is no option {option}.', { option }), {
        field: option,
        remedy: say('Options of this command: {options}.', { options: known.map((name) => `--${name}`).join(' ') }),
      });
    throw new AppError('bad-option', say('{option} is not used as it should be.', { option }), {
      field: option,
      remedy: say('See --help.'),
      detail: (error as Error).message,
    });
  }
}

/** The usage page of one command. */
export function commandHelp(name: string, command: Command, t: Translate): string {
  const line = ([option, spec]: readonly [string, OptionSpec]) =>
    `  --${option}${spec.value ? ` ${spec.value}` : ''}`.padEnd(30) + t(spec.help);
  return [
    `relayready ${name} ${command.usage}`.trimEnd(),
    '',
    t(command.summary),
    '',
    ...Object.entries(command.options).map(line),
    ...(Object.keys(command.options).length > 0 ? [''] : []),
    t('Options of every command:'),
    ...Object.entries(COMMON_OPTIONS).map(line),
    '',
  ].join('\n');
}
