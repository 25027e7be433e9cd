/** The manual page in the man macros (groff_man(7)), made from the one table of commands. */
import type { Text, Translate } from '../../core/text.ts';
import { VERSION } from '../version.ts';
import { COMMON_OPTIONS } from './arguments.ts';
import type { OptionSpec } from './command.ts';
import type { NamedCommand } from './commands.ts';
import { changesText, optionName } from './help.ts';

/** A hyphen to be typed is `\-`, a backslash `\e`; what is not ASCII is named by its number, so that every roff reads it. */
const letters = (text: string): string =>
  text
    .replaceAll('\\', String.raw`\e`)
    .replaceAll('-', String.raw`\-`)
    .replaceAll("'", String.raw`\(aq`)
    .replaceAll(/[^ -~]/gu, (letter) =>
      /\s/.test(letter) ? ' ' : `\\[u${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    );
/** A line of text: one that begins with a dot would be a request, `\&` before it is nothing. */
const line = (text: string): string => letters(text.trim()).replace(/^(?=\.)/, String.raw`\&`);
/** What stands as the one argument of a macro. */
const quoted = (text: string): string => `"${letters(text).replaceAll('"', String.raw`\(dq`)}"`;

export function manualPage(commands: readonly NamedCommand[], t: Translate): string {
  const options = (specs: Readonly<Record<string, OptionSpec>>): readonly string[] =>
    Object.entries(specs).flatMap(([name, spec]) => [
      '.TP',
      `.B ${quoted(optionName(name, spec))}`,
      line(t(spec.help)),
    ]);
  const examples = (rows: NamedCommand['examples']): readonly string[] =>
    rows.flatMap(({ line: typed, text }: { line: string; text: Text }) => [
      '.PP',
      line(t(text)),
      '.PP',
      '.nf',
      line(typed),
      '.fi',
    ]);
  return [
    `.TH RELAYREADY 1 "" ${quoted(`RelayReady ${VERSION}`)}`,
    '.SH NAME',
    `relayready \\- ${line(t('RelayReady gets a scanner sending mail through Microsoft 365, and proves it.'))}`,
    '.SH SYNOPSIS',
    ...commands.flatMap(({ name, usage }) =>
      [`.B ${quoted(`relayready ${name}`)}`, line(usage), '.br'].filter(Boolean),
    ),
    `.SH ${quoted(t('Options of every command:').replace(/\s*:(?=\]?)/, ''))}`,
    ...options(COMMON_OPTIONS),
    ...commands.flatMap((command) => [
      `.SH ${quoted(`relayready ${command.name}`)}`,
      line(t(command.summary)),
      line(changesText(command, t)),
      ...options(command.options),
      ...examples(command.examples),
    ]),
    '',
  ].join('\n');
}
