/** The style sheets and the page speak of the same classes, in both directions, and every colour and distance has a name. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (folder: string, ending: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith(ending) && !file.endsWith('.d.ts'))
      .map((file) => [file, readFileSync(path.join(root, folder, file), 'utf8')]),
  );
const sheets = read('renderer/styles', '.css');
const pages = read('renderer', '.tsx');
const bare = (css: string): string => css.replaceAll(/\/\*[\s\S]*?\*\//g, '');

/** Class names that rules are written for. */
const styled = new Set(
  Object.values(sheets).flatMap((css) =>
    [...bare(css).matchAll(/([^{}]*)\{/g)].flatMap(([, selector = '']) =>
      [...selector.matchAll(/\.([a-z][a-z0-9-]*)/g)].map(([, name = '']) => name),
    ),
  ),
);

/** What stands in a className: whole names, and beginnings that a value completes (`state-${…}`). */
function classesIn(source: string) {
  const whole = new Set<string>();
  const begun = new Set<string>();
  for (const [, found = ''] of source.matchAll(/className=(\{(?:[^{}]|\{[^{}]*\})*\}|"[^"]*")/g))
    for (const [, double, single, template] of found
      .replaceAll(/[!=]== '[^']*'/g, '')
      .matchAll(/"([^"]*)"|'([^']*)'|`([^`]*)`/g)) {
      for (const name of (double ?? single ?? '').split(/\s+/)) if (name !== '') whole.add(name);
      const text = (template ?? '').replaceAll(/\$\{[^}]*\?[^}]*\}/g, ' ');
      for (const name of text.split(/\s+/)) {
        const beginning = name.indexOf('${');
        if (beginning > 0) begun.add(name.slice(0, beginning));
        else if (beginning < 0 && name !== '') whole.add(name);
      }
    }
  return { whole, begun };
}

const used = Object.values(pages).map(classesIn);
const whole = new Set(used.flatMap((one) => [...one.whole]));
const begun = [...new Set(used.flatMap((one) => [...one.begun]))];
/** Names that reach a className through a variable. */
const anyString = (name: string): boolean =>
  Object.values(pages).some((source) => new RegExp(`['" ]${name}['" ]`).test(source));

describe('classes', () => {
  it('are found in the page by this test', () => {
    expect(whole.size).toBeGreaterThan(60);
    expect(begun).toContain('state-');
    expect(styled.size).toBeGreaterThan(100);
  });

  it('that have a rule are used', () => {
    const idle = [...styled].filter(
      (name) => !whole.has(name) && !begun.some((beginning) => name.startsWith(beginning)) && !anyString(name),
    );
    expect(idle).toEqual([]);
  });

  it('that are used have a rule', () => {
    expect([...whole].filter((name) => !styled.has(name))).toEqual([]);
    expect(begun.filter((beginning) => ![...styled].some((name) => name.startsWith(beginning)))).toEqual([]);
  });
});

describe('style sheets', () => {
  it('stay within 300 lines', () => {
    expect(Object.entries(sheets).filter(([, css]) => css.split('\n').length > 301)).toEqual([]);
  });

  it('are all on the page', () => {
    const main = pages['main.tsx'] ?? '';
    expect(Object.keys(sheets).filter((file) => !main.includes(`./styles/${file}`))).toEqual([]);
  });

  it('name no colour but in the tokens, on paper and behind a dialog', () => {
    const loose = Object.entries(sheets)
      .filter(([file]) => !file.endsWith('tokens.css') && !file.endsWith('paper.css'))
      .flatMap(([file, css]) =>
        [...bare(css).matchAll(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)\([^)]*\)/g)].map(([colour]) => `${file}: ${colour}`),
      );
    expect(loose).toEqual(['controls.css: rgb(0 0 0 / 40%)']);
  });

  it('use only the names that the tokens or they themselves set', () => {
    const all = Object.values(sheets).map(bare).join('\n');
    const set = new Set([...all.matchAll(/(--[a-z0-9-]+)\s*:/g)].map(([, name]) => name));
    const asked = new Set([...all.matchAll(/var\((--[a-z0-9-]+)/g)].map(([, name]) => name));
    expect([...asked].filter((name) => !set.has(name))).toEqual([]);
    expect([...set].filter((name) => !asked.has(name))).toEqual([]);
  });
});
