/** Reads a command line; every mistake names the option and what to write instead. */
import { parseArgs } from 'node:util';
import { AppError } from '../../core/errors.ts';
import { LANGUAGES } from '../../core/i18n/languages.ts';
import { say } from '../../core/text.ts';
import { nearest } from './nearest.ts';
import type { Command, OptionSpec } from './command.ts';

export const COMMON_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  profile: { type: 'string', value: 'FILE', path: true, help: say('a saved profile') },
  domain: { type: 'string', value: 'DOMAIN', help: say('the mail domain, e.g. contoso.com') },
  sender: { type: 'string', value: 'ADDRESS', help: say('the address the device sends from') },
  device: { type: 'string', value: 'ADDRESS', help: say('the device’s address on the office network') },
  'public-ip': { type: 'string', value: 'IP', multiple: true, help: say('the office’s fixed public address') },
  environment: { type: 'string', value: 'FILE', path: true, help: say('another world than the public cloud') },
  only: { type: 'string', value: 'ID,ID', help: say('only these checks') },
  json: { type: 'boolean', help: say('one JSON document on standard output') },
  quiet: { type: 'boolean', short: 'q', help: say('no progress: only the result, questions and errors') },
  language: {
    type: 'string',
    value: 'TAG',
    values: LANGUAGES.map(({ tag }) => tag),
    help: say('language of all texts'),
  },
  deadline: { type: 'string', value: 'SECONDS', help: say('stop waiting after this time') },
  help: { type: 'boolean', short: 'h', help: say('show this help') },
  version: { type: 'boolean', short: 'v', help: say('show the version') },
};

export type Arguments = {
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly positionals: readonly string[];
};

/** @throws AppError `bad-option` */
export function readArguments(argv: readonly string[], command: Command): Arguments {
  const specs = { ...COMMON_OPTIONS, ...command.options };
  const { tokens, values, positionals } = parse(argv, specs);
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

/** For the parser of Node. */
const shapesOf = (specs: Readonly<Record<string, OptionSpec>>) =>
  Object.fromEntries(
    Object.entries(specs).map(([name, { type, multiple = false, short }]) => [
      name,
      { type, multiple, ...(short === undefined ? {} : { short }) },
    ]),
  );

type Token = { readonly kind: string; readonly name: string; readonly value?: string; readonly index: number };

/** The command and what is left without it; options of every command may stand before it. */
export function splitCommand(argv: readonly string[]): {
  readonly name: string | null;
  readonly rest: readonly string[];
} {
  const { tokens } = parseArgs({
    args: [...argv],
    options: shapesOf(COMMON_OPTIONS),
    allowPositionals: true,
    strict: false,
    tokens: true,
  }) as { tokens: Token[] };
  const word = tokens.find(({ kind }) => kind === 'positional' || kind === 'option-terminator');
  if (word?.kind !== 'positional') return { name: null, rest: argv };
  return { name: argv[word.index] ?? null, rest: argv.toSpliced(word.index, 1) };
}

function parse(argv: readonly string[], specs: Readonly<Record<string, OptionSpec>>) {
  try {
    return parseArgs({
      args: [...argv],
      options: shapesOf(specs),
      allowPositionals: true,
      strict: true,
      tokens: true,
    }) as {
      values: Arguments['values'];
      positionals: string[];
      tokens: Token[];
    };
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (!code.startsWith('ERR_PARSE_ARGS')) throw error;
    const said = (error as Error).message;
    // Node names both spellings of an option that has two: '-q, --quiet'.
    const option = (/'(?:-\w, )?(-[^' ]*)/.exec(said)?.[1] ?? '?').slice(0, 80);
    const spec = specs[option.replace(/^--/, '')];
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      const options = Object.keys(specs).map((name) => `--${name}`);
      const guess = nearest(option, options);
      throw new AppError('bad-option', say('There is no option {option}.', { option }), {
        field: option,
        remedy:
          guess === null
            ? say('Options of this command: {options}.', { options: options.join(' ') })
            : say('Did you mean {guess}? Options of this command: {options}.', { guess, options: options.join(' ') }),
      });
    }
    if (spec?.type === 'string')
      throw new AppError('bad-option', say('{option} has no value.', { option }), {
        field: option,
        remedy: say('Write {value} after it.', { value: spec.value ?? 'VALUE' }),
      });
    if (spec?.type === 'boolean')
      throw new AppError('bad-option', say('{option} takes no value.', { option }), {
        field: option,
        remedy: say('Write only {option}, with nothing after an equals sign.', { option }),
      });
    throw new AppError('bad-option', say('{option} is not used as it should be.', { option }), {
      field: option,
      remedy: say('See --help.'),
      detail: said,
    });
  }
}
