/** What the pages point at is there: files, anchors, and the commands and options they show. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArguments, splitCommand } from '../../electron/terminal/arguments.ts';
import { commandNames, loadCommand } from '../../electron/terminal/commands.ts';
import { root } from '../electron/commands/command-line.ts';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.join('docs', file)),
];
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const FENCE = /^ *```.*\n([\s\S]*?)^ *```/gm;

/** Anchors as code forges make them of headings. */
const anchors = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.replaceAll(FENCE, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .replaceAll(/\]\([^)]*\)/g, '')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

/** The words behind `relayready` on one line, up to a comment or what the shell takes for itself. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? [];
  const end = words.findIndex((word) => /^(#|\||>|<|;|&|\d>)/.test(word));
  return words.slice(0, end === -1 ? undefined : end).map((word) => word.replaceAll(/^["']|["']$/g, ''));
}

describe('the pages', () => {
  it('link to files and anchors that are there', () => {
    let count = 0;
    const missing: string[] = [];
    for (const page of pages)
      for (const [, target = ''] of read(page)
        .replaceAll(FENCE, '')
        .matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        count += 1;
        const [file = '', anchor] = target.split('#');
        const full = file === '' ? page : path.join(path.dirname(page), file);
        const there = existsSync(path.join(root, full));
        if (!there || (anchor !== undefined && !(full.endsWith('.md') && anchors(read(full)).has(anchor))))
          missing.push(`${page}: ${target}`);
      }
    console.log(`${pages.length} pages, ${count} links`);
    expect(missing).toEqual([]);
    expect(count).toBeGreaterThan(40);
  });

  it('show commands and options that there are', async () => {
    const wrong: string[] = [];
    const onItsPage = [...read('docs/guide/command-line.md').matchAll(/^relayready ([a-z]+)/gm)].map(
      ([, name]) => name,
    );
    const shown = new Set<string>();
    let count = 0;
    for (const page of pages)
      for (const [, block = ''] of read(page).matchAll(FENCE))
        for (const [, line = ''] of block.matchAll(/(?:^|\s)relayready +([a-z].*)$/gm)) {
          const { name, rest } = splitCommand(wordsOf(line));
          count += 1;
          try {
            if (name === null || !commandNames().includes(name)) throw new Error('no such command');
            shown.add(name);
            readArguments(rest, await loadCommand(name));
          } catch (error) {
            wrong.push(`${page}: ${line} (${String(error)})`);
          }
        }
    console.log(`${count} command lines, ${shown.size} of ${commandNames().length} commands`);
    expect(wrong).toEqual([]);
    expect(onItsPage).toEqual(commandNames());
  });

  it('have light pictures', () => {
    const folder = path.join(root, 'docs', 'pictures');
    const heavy = readdirSync(folder).filter((file) => statSync(path.join(folder, file)).size > 150_000);
    expect(heavy).toEqual([]);
  });
});
