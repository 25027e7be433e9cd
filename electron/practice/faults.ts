/** What goes wrong in a simulated Microsoft 365, drawn from a seed: the same seed breaks the same calls in the same way. */

export type Fault =
  /** Not carried out; early returns make it longer. */
  | {
      readonly kind: 'busy';
      readonly status: 429 | 503;
      readonly retryAfter: 'seconds' | 'date' | 'none';
      readonly s: number;
    }
  /** `after`: it was carried out all the same. */
  | { readonly kind: 'error'; readonly status: number; readonly after: boolean }
  | { readonly kind: 'cut'; readonly after: boolean; readonly midway: boolean }
  | { readonly kind: 'hang'; readonly after: boolean }
  | { readonly kind: 'odd'; readonly body: string; readonly after: boolean }
  | { readonly kind: 'expired'; readonly claims: boolean };

export type Faults = {
  /** @param nth how often this cmdlet was called before */
  readonly fault: (cmdlet: string, nth: number) => Fault | null;
  /** How old the picture is that a read shows, in milliseconds. */
  readonly staleMs: (cmdlet: string, nth: number) => number;
  readonly latencyMs: (cmdlet: string, nth: number) => number;
  /** A colleague works in the same tenant at this moment; the number says what at. */
  readonly colleague: (cmdlet: string, nth: number) => number | null;
};

export const calm: Faults = {
  fault: () => null,
  staleMs: () => 0,
  latencyMs: () => 0,
  colleague: () => null,
};

/** Mulberry32: small, seeded, good enough to choose faults. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** FNV-1a. Draws hang on the call and not on the order in which calls made side by side arrive. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
};

/** Shares of calls that go wrong. */
export type Rates = Readonly<
  Record<'busy' | 'error' | 'cut' | 'hang' | 'odd' | 'expired' | 'stale' | 'colleague', number>
>;

/** About every fifth call, which is rougher than any day at Microsoft. */
export const ROUGH: Rates = {
  busy: 0.07,
  error: 0.06,
  cut: 0.04,
  hang: 0.01,
  odd: 0.02,
  expired: 0.01,
  stale: 0.2,
  colleague: 0.05,
};

const LONGEST_STALE_MS = 60_000;
const ODD = ['<html><body>Sign in to the guest network</body></html>', '', '{}', '[]', '{"value":'];

const between = (least: number, most: number, share: number): number => least + Math.floor(share * (most - least + 1));
const oneOf = <T>(choices: readonly [T, ...T[]], share: number): T =>
  choices[Math.floor(share * choices.length)] ?? choices[0];

function draw(rates: Rates, next: () => number): Fault | null {
  let dice = next();
  const is = (kind: keyof Rates): boolean => {
    dice -= rates[kind];
    return dice < 0;
  };
  const after = next() < 0.5;
  if (is('busy'))
    return {
      kind: 'busy',
      status: oneOf([429, 429, 503], next()),
      retryAfter: oneOf(['seconds', 'date', 'none'], next()),
      s: between(1, 40, next()),
    };
  if (is('error')) return { kind: 'error', status: oneOf([500, 502, 503, 504], next()), after };
  if (is('cut')) return { kind: 'cut', after, midway: next() < 0.5 };
  if (is('hang')) return { kind: 'hang', after };
  if (is('odd')) return { kind: 'odd', body: oneOf(['', ...ODD], next()), after };
  if (is('expired')) return { kind: 'expired', claims: next() < 0.5 };
  return null;
}

export function seededFaults(seed: number, rates: Rates = ROUGH): Faults {
  const dice = (what: string, cmdlet: string, nth: number): (() => number) =>
    randomFrom(hash(`${seed}/${what}/${cmdlet}/${nth}`));
  return {
    fault: (cmdlet, nth) => draw(rates, dice('fault', cmdlet, nth)),
    staleMs: (cmdlet, nth) => {
      const next = dice('stale', cmdlet, nth);
      return next() < rates.stale ? next() * LONGEST_STALE_MS : 0;
    },
    latencyMs: (cmdlet, nth) => {
      const next = dice('latency', cmdlet, nth);
      // Log-normal around 300 ms (Box and Muller).
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return Math.min(20_000, 300 * Math.exp(normal));
    },
    colleague: (cmdlet, nth) => {
      const next = dice('colleague', cmdlet, nth);
      return next() < rates.colleague ? Math.floor(next() * 1000) : null;
    },
  };
}
