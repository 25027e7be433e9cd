/** Tells when this computer slept: a clock that ticks stood still, and the wall clock did not. */

/** How often it is looked. */
const TICK_MS = 15_000;
/** Away for longer, what was found may have changed: another network, another address. */
export const SLEPT_MS = 5 * 60_000;

/** @returns ends it */
export function noticeSleep(onWake: () => void): () => void {
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    const slept = now - last - TICK_MS > SLEPT_MS;
    last = now;
    if (slept) onWake();
  }, TICK_MS);
  return () => clearInterval(timer);
}
