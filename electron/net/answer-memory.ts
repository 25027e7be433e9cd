/** What is remembered of a name server's answers: for one look all of them, for a whole fleet each for as long as it holds. */
import type { DnsAnswer } from './dns.ts';

export type AnswerMemory = {
  readonly get: (key: string) => Promise<DnsAnswer> | undefined;
  readonly set: (key: string, asked: Promise<DnsAnswer>) => void;
  /** Questions run on for whoever else waits, until this ends; null: each runs for its asker. */
  readonly life: AbortSignal | null;
};

export function memoryOfOneLook(): AnswerMemory {
  const known = new Map<string, Promise<DnsAnswer>>();
  return {
    life: null,
    get: (key) => known.get(key),
    set: (key, asked) => {
      known.set(key, asked);
      // What was cut short is no answer for the next one who asks.
      asked.catch(() => known.delete(key));
    },
  };
}

/** An answer is held between these, whatever its time to live says: a look takes seconds, a run may take hours. */
const LEAST_S = 5;
const MOST_S = 3600;
/** Negative answers seldom say how long they hold (RFC 2308 §5 asks for no more than hours). */
const NOTHING_S = 60;
/** Trouble passes. */
const TROUBLE_S = 2;
const MOST_ANSWERS = 4000;

const secondsOf = ({ status, records }: DnsAnswer): number => {
  if (status === 'ok' && records.length > 0)
    return Math.min(MOST_S, Math.max(LEAST_S, Math.min(...records.map(({ ttl }) => ttl))));
  return ['ok', 'no-data', 'no-such-name'].includes(status) ? NOTHING_S : TROUBLE_S;
};

/** @param life of the run; with it all questions end */
export function sharedMemory(life: AbortSignal): AnswerMemory {
  const known = new Map<string, { readonly asked: Promise<DnsAnswer>; until: number }>();
  return {
    life,
    get: (key) => {
      const entry = known.get(key);
      known.delete(key);
      if (!entry || entry.until <= performance.now()) return undefined;
      // What was asked for lately is the last to go.
      known.set(key, entry);
      return entry.asked;
    },
    set: (key, asked) => {
      const entry = { asked, until: Infinity };
      known.set(key, entry);
      asked.then(
        (answer) => (entry.until = performance.now() + secondsOf(answer) * 1000),
        () => known.get(key) === entry && known.delete(key),
      );
      if (known.size <= MOST_ANSWERS) return;
      for (const old of known.keys()) {
        known.delete(old);
        if (known.size <= MOST_ANSWERS * 0.9) break;
      }
    },
  };
}
