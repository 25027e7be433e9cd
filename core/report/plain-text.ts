/** Lines for a terminal: wrapped, and with nothing in them that a terminal would obey. */

// C0 except newline, DEL, C1, line separators and the bidirectional controls.
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export const plain = (text: string): string => text.replaceAll(UNSAFE, '�');

/** Breaks at blanks so that lines stay within `width`; later lines are indented alike. */
export function wrap(text: string, indent = '', width = 80): string {
  const lines: string[] = [];
  for (const paragraph of plain(text).split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && indent.length + line.length + word.length + 1 > width) {
        lines.push(line);
        line = '';
      }
      line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines.map((line) => `${indent}${line}`.trimEnd()).join('\n');
}

/** A list of steps, numbered. */
export const numbered = (steps: readonly string[], indent: string): readonly string[] =>
  steps.map((step, index) => wrap(`${index + 1}. ${step}`, indent));
