/** Help as plain text: the overview of all commands, and the page of one. */
import { wrap } from '../../core/report/plain-text.ts';
import { say, type Text, type Translate } from '../../core/text.ts';
import { COMMON_OPTIONS } from './arguments.ts';
import type { Command, OptionSpec } from './command.ts';
import type { NamedCommand } from './commands.ts';

/** Columns; wider lines are hard to read. */
const WIDTH = 96;

/** A name and what it means, side by side; a long name stands alone. */
function row(name: string, meaning: string, column: number): string {
  const indent = ' '.repeat(column);
  const text = wrap(meaning, indent, WIDTH);
  return name.length + 2 > column ? `${name}\n${text}` : name.padEnd(column) + text.slice(column);
}

export const optionName = (name: string, { short, value }: OptionSpec): string =>
  `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;

const option =
  (t: Translate) =>
  ([name, spec]: readonly [string, OptionSpec]): string =>
    row(`  ${optionName(name, spec)}`, t(spec.help), 30);

const CHANGES: Readonly<Record<NonNullable<Command['changes']>, Text>> = {
  tenant: say('Changes Microsoft 365, after it has shown what and has been told to.'),
  mail: say('Sends mail.'),
  file: say('Writes a file, and changes nothing else.'),
};

/** What a command changes, as one sentence. */
export const changesText = ({ changes }: Command, t: Translate): string =>
  t(changes === undefined ? say('Changes nothing.') : CHANGES[changes]);

/** The page of one command. */
export function commandHelp(name: string, command: Command, t: Translate): string {
  const own = Object.entries(command.options);
  return [
    `relayready ${name} ${command.usage}`.trimEnd(),
    '',
    wrap(t(command.summary), '', WIDTH),
    changesText(command, t),
    '',
    ...(own.length > 0 ? [t('Options:'), ...own.map(option(t)), ''] : []),
    t('Options of every command:'),
    ...Object.entries(COMMON_OPTIONS).map(option(t)),
    '',
    t('Examples:'),
    ...command.examples.flatMap(({ line, text }) => [wrap(t(text), '  ', WIDTH), `    ${line}`]),
    '',
  ].join('\n');
}

/** All commands, one line each. */
export function overview(commands: readonly NamedCommand[], t: Translate): string {
  const column = Math.max(...commands.map(({ name }) => name.length)) + 5;
  return [
    t('RelayReady gets a scanner sending mail through Microsoft 365, and proves it.'),
    '',
    t('Use: relayready COMMAND [options]'),
    '',
    ...commands.map(({ name, summary }) => row(`  ${name}`, t(summary), column)),
    '',
    t('“relayready COMMAND --help” shows the options of a command.'),
    '',
  ].join('\n');
}
