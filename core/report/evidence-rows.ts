/** Evidence as lines of label and value that people can read: no braces, no quotes, no field names. */
import type { Translate } from '../text.ts';
import { FIELD_WORDS, VALUE_WORDS, YES_NO_WORDS } from './evidence-words.ts';

export type EvidenceRow = { readonly label: string; readonly value: string };

/** How an SPF record was read; shown as a tree of its own. */
const DRAWN_ELSEWHERE = new Set(['tree']);
/** Deeper than any evidence is. */
const MOST_LEVELS = 4;
const MOST_ITEMS = 60;
const NOTHING = '–';

/** A date as people of the language write it; anything else as it stands. */
export const when = (iso: string, t: Translate, style: 'long' | 'medium' = 'long'): string =>
  Number.isNaN(Date.parse(iso))
    ? iso
    : new Intl.DateTimeFormat(t.language, { dateStyle: style, timeStyle: 'short' }).format(new Date(iso));

/** `submissionOpen` → “submission open”: for fields that are newer than these words. */
const spelled = (field: string): string => field.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

function labelOf(field: string, value: unknown, t: Translate): string {
  const words = typeof value === 'boolean' && Object.hasOwn(YES_NO_WORDS, field) ? YES_NO_WORDS : FIELD_WORDS;
  return Object.hasOwn(words, field) && words[field] ? t(words[field]) : spelled(field);
}

/** Several lines where there are several things. */
function valueOf(field: string, value: unknown, t: Translate, level: number): string {
  if (value === null || value === undefined || value === '') return NOTHING;
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (typeof value === 'number')
    return /port|seconds/i.test(field) ? String(value) : new Intl.NumberFormat(t.language).format(value);
  if (typeof value === 'string') {
    const words = Object.hasOwn(VALUE_WORDS, field) ? VALUE_WORDS[field] : undefined;
    const word = words && Object.hasOwn(words, value) ? words[value] : undefined;
    if (word) return t(word);
    return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? when(value, t, 'medium') : value;
  }
  if (typeof value !== 'object' || level >= MOST_LEVELS) return NOTHING;
  if (Array.isArray(value)) {
    if (value.length === 0) return t('none');
    const items = value.slice(0, MOST_ITEMS).map((item: unknown) => valueOf(field, item, t, level + 1));
    const left = value.length - items.length;
    const plain = value.every((item: unknown) => typeof item !== 'object') && items.every((item) => item.length < 40);
    return [
      items.join(plain ? ', ' : '\n'),
      ...(left > 0 ? [t('and {count, number} more', { count: left })] : []),
    ].join('\n');
  }
  const parts = Object.entries(value)
    .filter(([name, inner]) => !DRAWN_ELSEWHERE.has(name) && inner !== null && inner !== '')
    .map(([name, inner]) => {
      const written = valueOf(name, inner, t, level + 1);
      return { written, whole: t('{label}: {value}', { label: labelOf(name, inner, t), value: written }) };
    });
  // In a list each thing begins with its own name.
  const [first, ...rest] = parts;
  if (level > 0 && first)
    return [first.written, rest.map(({ whole }) => whole).join(' · ')].filter(Boolean).join(' – ');
  return parts.map(({ whole }) => whole).join(' · ');
}

/** @param evidence as a check left it. Values hold a line break between several things. */
export const evidenceRows = (evidence: Readonly<Record<string, unknown>>, t: Translate): readonly EvidenceRow[] =>
  Object.entries(evidence)
    .filter(([field]) => !DRAWN_ELSEWHERE.has(field))
    .map(([field, value]) => ({ label: labelOf(field, value, t), value: valueOf(field, value, t, 0) }));
