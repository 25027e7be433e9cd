/** A DNS world written down: answers SPF questions from it, aliases followed. */
import type { SpfAnswer, SpfQuery } from '../../core/spf/spf-question.ts';

type Names<T> = Readonly<Record<string, T>>;
export type ZoneEntry = {
  /** A text, or its strings as published; `TIMEOUT` when the name server is silent. */
  readonly TXT?: readonly (string | readonly string[])[] | 'TIMEOUT';
  readonly A?: readonly string[];
  readonly AAAA?: readonly string[];
  readonly MX?: readonly string[];
  readonly PTR?: readonly string[];
  readonly CNAME?: string;
};
export type SpfZone = Names<ZoneEntry>;

const plainName = (name: string): string => name.replace(/\.$/, '').toLowerCase();

export function answerFromZone(zone: SpfZone): (query: SpfQuery) => SpfAnswer {
  const byName = new Map(Object.entries(zone).map(([name, entry]) => [plainName(name), entry]));
  const answer = ({ name, type }: SpfQuery, aliases: readonly string[]): SpfAnswer => {
    const entry = byName.get(plainName(name));
    if (entry === undefined) return { status: 'none', noSuchName: true };
    if (entry.CNAME !== undefined)
      return aliases.includes(entry.CNAME)
        ? { status: 'failed', trouble: 'alias-loop' }
        : answer({ name: entry.CNAME, type }, [...aliases, entry.CNAME]);
    const found = entry[type];
    if (found === 'TIMEOUT') return { status: 'failed', trouble: 'timeout' };
    if (found === undefined || found.length === 0) return { status: 'none', noSuchName: false };
    const records = found.map((one) => (typeof one === 'string' ? one : one.join('')));
    return { status: 'found', records, aliases };
  };
  return (query) => answer(query, []);
}
