/** Help and examples against the real argument parser, and against what was not translated. */
import { describe, expect, it } from 'vitest';
import { PSEUDO_TAG } from '../../../core/i18n/pseudo.ts';
import { english } from '../../../core/text.ts';
import { languageFor } from '../../../electron/storage/languages.ts';
import { COMMON_OPTIONS, readArguments, splitCommand } from '../../../electron/terminal/arguments.ts';
import { loadCommands } from '../../../electron/terminal/commands.ts';
import { commandHelp, optionName, overview } from '../../../electron/terminal/help.ts';
import { shellWords } from './shell-words.ts';

const commands = await loadCommands();
const examples = commands.flatMap((command) => command.examples.map(({ line }) => ({ command, line })));

describe('the examples of the help', () => {
  it('there is at least one for each command', () => {
    for (const { name, examples: own } of commands) expect(own.length, name).toBeGreaterThan(0);
  });

  it.each(examples)('$line', ({ command, line }) => {
    const [program, ...argv] = shellWords(line);
    expect(program).toBe('relayready');
    const { name, rest } = splitCommand(argv);
    expect(name).toBe(command.name);
    const { values, positionals } = readArguments(rest, command);
    const specs = { ...COMMON_OPTIONS, ...command.options };
    for (const [option, value] of Object.entries(values))
      if (specs[option]?.values) expect(specs[option].values).toContain(value);
    if (command.verbs && positionals.length > 0) expect(command.verbs).toContain(positionals[0]);
  });

  it('a wrong one would be noticed', () => {
    const check = commands.find(({ name }) => name === 'check') as (typeof commands)[number];
    expect(() => readArguments(['--dommain', 'contoso.com'], check)).toThrow(/--dommain/);
    expect(() => readArguments(['surplus'], check)).toThrow(/surplus/);
  });
});

/** A text that passed the translation stands in brackets, over one line or several; what is left did not. */
const untranslated = (text: string): string => text.replaceAll(/\[[^[\]]*(?:\[[^[\]]*\][^[\]]*)*\]/g, '');

describe('in the made-up language', async () => {
  const t = await languageFor(PSEUDO_TAG);

  it.each(commands)('nothing of “$name --help” but names and examples is English', (command) => {
    const [usage, ...lines] = commandHelp(command.name, command, t).split('\n');
    expect(usage).toBe(`relayready ${command.name} ${command.usage}`.trimEnd());
    const lineSet = new Set(command.examples.map(({ line }) => `    ${line}`));
    const rest = untranslated(lines.filter((line) => !lineSet.has(line)).join('\n'));
    const left = rest.split('\n').map((line) => line.trim());
    const options = Object.entries({ ...command.options, ...COMMON_OPTIONS });
    expect(left.filter(Boolean)).toEqual(options.map(([name, spec]) => optionName(name, spec)));
  });

  it('nor of the overview', () => {
    const left = untranslated(overview(commands, t)).split(/\s+/).filter(Boolean);
    expect(left).toEqual(commands.map(({ name }) => name));
  });

  it('English would be noticed', () => {
    const [command] = commands;
    expect(untranslated(commandHelp(command?.name ?? '', command as (typeof commands)[number], english))).toContain(
      'Options of every command',
    );
  });
});
