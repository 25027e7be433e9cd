/** Reads texts as people paste them from `rewritten/*.txt`: `=== entry | what is different about it`, then the text. */
import { readFileSync } from 'node:fs';

export type Case = { readonly id: string | null; readonly note: string; readonly text: string };

/** `none` stands for a text no entry may claim. */
export function readCases(name: string): readonly Case[] {
  const content = readFileSync(new URL(`rewritten/${name}.txt`, import.meta.url), 'utf8');
  return content
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const end = block.indexOf('\n');
      const [id = '', note = ''] = block.slice(0, end).split(' | ');
      return { id: id === 'none' ? null : id, note, text: block.slice(end + 1).trimEnd() };
    });
}
