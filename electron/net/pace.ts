/** Politeness: no server is asked more often than a stated rate, however many offices are looked at side by side. */

export type Service = 'dns' | 'https' | 'smtp' | 'stun';
/** Most questions or connections a second that begin at one server. */
export type Rates = Readonly<Record<Service, number>>;

/**
 * Gentle with a resolver of an office router and with Microsoft's front doors, and quick enough that this computer and not the
 * rate is the limit for a few hundred offices.
 */
export const POLITE: Rates = { dns: 500, https: 50, smtp: 20, stun: 2 };

export type Pace = {
  /** Resolves when it is this one's turn, first come first served. @throws the signal's reason when aborted */
  readonly turn: (service: Service, server: string, signal: AbortSignal) => Promise<void>;
  /** Takes a turn that is free right now; a repetition that is not is left out. */
  readonly atOnce: (service: Service, server: string) => boolean;
  /** Milliseconds the last in the longest line will wait. */
  readonly longestWaitMs: () => number;
};

/** Nobody is made to wait; for a single look. */
export const UNPACED: Pace = {
  turn: () => Promise.resolve(),
  atOnce: () => true,
  longestWaitMs: () => 0,
};

const BURST_SHARE = 20;
/** A server that nobody asks any more is forgotten after this. */
const IDLE_MS = 10_000;

type Waiting = { readonly go: () => void; readonly fail: () => void };

/**
 * A bucket of tokens for each server. Its burst and a second's refill together stay a tenth below the rate: what leaves here evenly
 * may still bunch up on the way.
 */
class Bucket {
  readonly #perMs: number;
  readonly #burst: number;
  readonly waiting: Waiting[] = [];
  #tokens: number;
  #at = performance.now();
  #timer: NodeJS.Timeout | null = null;

  constructor(rate: number) {
    this.#burst = Math.max(1, Math.floor(rate / BURST_SHARE));
    this.#perMs = Math.max(0.9 * rate - this.#burst, rate / 2) / 1000;
    this.#tokens = this.#burst;
  }
  get idle(): boolean {
    return this.waiting.length === 0 && performance.now() - this.#at > IDLE_MS;
  }
  get waitMs(): number {
    return this.waiting.length / this.#perMs;
  }
  take(): boolean {
    const now = performance.now();
    this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#at) * this.#perMs);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
  queue(waiting: Waiting): void {
    this.waiting.push(waiting);
    this.#serve();
  }
  #serve(): void {
    if (this.#timer !== null) return;
    while (this.waiting.length > 0 && this.take()) this.waiting.shift()?.go();
    if (this.waiting.length === 0) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        this.#serve();
      },
      Math.max(1, Math.ceil((1 - this.#tokens) / this.#perMs)),
    );
  }
}

export function createPace(rates: Rates): Pace {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (service: Service, server: string): Bucket => {
    const key = `${service} ${server}`;
    const known = buckets.get(key);
    if (known) return known;
    // Thousands of mail hosts come by, each for a moment.
    if (buckets.size > 1000) for (const [old, { idle }] of buckets) if (idle) buckets.delete(old);
    const bucket = new Bucket(rates[service]);
    buckets.set(key, bucket);
    return bucket;
  };
  return {
    turn: (service, server, signal) => {
      const bucket = bucketOf(service, server);
      if (bucket.waiting.length === 0 && bucket.take()) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const leave = (): void => signal.removeEventListener('abort', cut);
        const waiting: Waiting = {
          go: () => {
            leave();
            resolve();
          },
          fail: () => reject(signal.reason as Error),
        };
        const cut = (): void => {
          const at = bucket.waiting.indexOf(waiting);
          if (at >= 0) bucket.waiting.splice(at, 1);
          waiting.fail();
        };
        signal.addEventListener('abort', cut, { once: true });
        if (signal.aborted) return cut();
        bucket.queue(waiting);
      });
    },
    atOnce: (service, server) => {
      const bucket = bucketOf(service, server);
      return bucket.waiting.length === 0 && bucket.take();
    },
    longestWaitMs: () => Math.max(0, ...[...buckets.values()].map(({ waitMs }) => waitMs)),
  };
}
