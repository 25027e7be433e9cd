/** What the pure SPF code asks of DNS and is told; whoever runs it answers, from the network or from memory. */

export type SpfQuery = { readonly name: string; readonly type: 'TXT' | 'A' | 'AAAA' | 'MX' | 'PTR' };

/** Why DNS could not say whether there is a record. */
export type SpfTrouble =
  'timeout' | 'server-failed' | 'refused' | 'incomplete' | 'alias-loop' | 'malformed' | 'unreachable';

export type SpfAnswer =
  | {
      readonly status: 'found';
      /** TXT: strings joined without spaces (RFC 7208 §3.3). MX: exchanges, most preferred first. Else addresses or names. */
      readonly records: readonly string[];
      /** Alias targets followed on the way. */
      readonly aliases?: readonly string[];
    }
  /** There is no such record, or no such name: a void look-up (RFC 7208 §4.6.4). */
  | { readonly status: 'none'; readonly noSuchName: boolean }
  | { readonly status: 'failed'; readonly trouble: SpfTrouble };

/** Pure work that asks DNS questions on its way. */
export type SpfSteps<T> = Generator<SpfQuery, T, SpfAnswer>;

/** Runs `steps` as if `record` were the only text published at `domain`; every other question goes out as it is. */
export function* withPublished<T>(steps: SpfSteps<T>, domain: string, record: string): SpfSteps<T> {
  let step = steps.next();
  while (step.done !== true) {
    const { name, type } = step.value;
    const replaced = type === 'TXT' && sameName(name, domain);
    step = steps.next(replaced ? { status: 'found', records: [record] } : yield step.value);
  }
  return step.value;
}

/** DNS names compare without regard to case and a trailing dot (RFC 4343). */
export const sameName = (one: string, other: string): boolean => plainName(one) === plainName(other);

export const plainName = (name: string): string => name.replace(/\.$/, '').toLowerCase();
