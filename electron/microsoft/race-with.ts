/** Waits for a piece of work that cannot be cancelled itself, until a signal says that nobody wants it any more. */

/** @throws the signal's reason when aborted. Leaves no listener behind. */
export const raceWith = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  signal.throwIfAborted();
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  // The loser may still fail later; that is nobody's concern any more.
  work.catch(() => {});
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
};
