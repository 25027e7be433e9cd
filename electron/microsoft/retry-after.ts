/** How long to wait before asking Microsoft again: reads Retry-After, never early. */

export const SHORTEST_MS = 1000;
export const LONGEST_MS = 15 * 60_000;

/**
 * RFC 9110 §10.2.3: seconds or a date. A date counts from the server's own `Date`, so that a wrong clock here does no harm.
 * @returns milliseconds, at least one second, or null when the header is missing or makes no sense
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, nowMs: number): number | null {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Math.max(SHORTEST_MS, Math.ceil(Number(value) * 1000));
  if (/^-\d+$/.test(value)) return SHORTEST_MS;
  const date = Date.parse(value);
  if (value === '' || Number.isNaN(date)) return null;
  const serverNow = Date.parse(headers['date'] ?? '');
  return Math.max(SHORTEST_MS, date - (Number.isNaN(serverNow) ? nowMs : serverNow));
}

/** A timer may fire a little early, and everybody waiting for the same second comes at once. */
const marginMs = (): number => 50 + Math.random() * 250;

export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** @throws the signal's reason when aborted */
export const waitAtLeast: Wait = async (ms, signal) => {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms + marginMs());
    signal.addEventListener('abort', stop, { once: true });
  });
};
