/** Names a mistyped domain may have meant, likeliest first; whether they exist is asked elsewhere. */

const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  con: ['com'],
  cmo: ['com'],
  ocm: ['com'],
  comm: ['com'],
  vom: ['com'],
  cm: ['com'],
  co: ['com'],
  om: ['com'],
  nte: ['net'],
  ent: ['net'],
  ner: ['net'],
  og: ['org'],
  ogr: ['org'],
  rog: ['org'],
  or: ['org'],
  ed: ['de'],
  d: ['de'],
  ku: ['uk'],
};
const MOST = 8;

/** @param domain as `parseDomain` gives it. @returns at most eight other names */
export function nearDomains(domain: string): readonly string[] {
  const labels = domain.split('.');
  const end = labels.at(-1) ?? '';
  const stem = labels.slice(0, -1);
  const name = stem.at(-1) ?? '';
  const put = (changed: string) => [...stem.slice(0, -1), changed, end].join('.');
  const endings = (ENDINGS[end] ?? []).map((other) => [...stem, other].join('.'));
  const doubled = name
    .split('')
    .flatMap((letter, at) => (letter === name[at + 1] ? [put(name.slice(0, at) + name.slice(at + 1))] : []));
  const swapped = name
    .split('')
    .slice(1)
    .map((letter, at) => put(name.slice(0, at) + letter + name.charAt(at) + name.slice(at + 2)));
  return [...new Set([...endings, ...doubled, ...swapped])].filter((other) => other !== domain).slice(0, MOST);
}
