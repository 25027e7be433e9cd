/** Colours for a person on a terminal: the mark before a line and the headings; never the only sign of anything. */

/** SGR codes (ECMA-48 §8.3.117): the colours a terminal's own theme gives these names. */
const CODES: Readonly<Record<string, string>> = {
  '✓': '32',
  '✗': '31',
  '!': '33',
  '?': '36',
  '–': '2',
  '…': '2',
  '·': '2',
};
const MARKED = /^( *)([✓✗!?–…·])(?= )/gmu;
const HEADING = /^== .*$/gm;

const inCode = (code: string, text: string): string => `\x1b[${code}m${text}\x1b[0m`;

export const paint = (text: string): string =>
  text
    .replaceAll(MARKED, (_, indent: string, mark: string) => `${indent}${inCode(CODES[mark] ?? '0', mark)}`)
    .replaceAll(HEADING, (line) => inCode('1', line));

type Surroundings = Readonly<Record<string, string | undefined>>;

/** Can it be told to go back and clear a line? */
export const isTerminal = (stream: { readonly isTTY?: boolean }, env: Surroundings): boolean =>
  stream.isTTY === true && env['TERM'] !== 'dumb';

/** NO_COLOR (no-color.org) goes before FORCE_COLOR (as Node reads it), which goes before what the stream is. */
export function wantsColour(stream: { readonly isTTY?: boolean }, env: Surroundings): boolean {
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTerminal(stream, env);
}
