/** Abort signals that really fire: Node 20 lets `AbortSignal.any` be collected while somebody still listens (nodejs/node 54614). */
import { setMaxListeners } from 'node:events';

/** Many waits may hang on one signal; Node takes more than ten for a leak and says so on standard error. */
export const manyMayWait = <S extends AbortSignal>(signal: S): S => {
  setMaxListeners(0, signal);
  return signal;
};

/** Aborts with the first of the signals, for its reason. */
export function joinSignals(...signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  manyMayWait(controller.signal);
  for (const signal of signals)
    if (signal.aborted) controller.abort(signal.reason);
    else signal.addEventListener('abort', () => controller.abort(signal.reason), { signal: controller.signal });
  return controller.signal;
}

const ends = new WeakMap<AbortSignal, () => void>();
/** The work is done before its deadline: nothing it held is kept until then. */
export const endDeadline = (signal: AbortSignal): void => ends.get(signal)?.();

/** Aborts with `signal`, or after `ms` of wall clock with a TimeoutError. Keeps no process alive. */
export function withDeadline(signal: AbortSignal, ms: number): AbortSignal {
  const controller = new AbortController();
  manyMayWait(controller.signal);
  const timer = setTimeout(() => controller.abort(new DOMException('out of time', 'TimeoutError')), ms);
  timer.unref();
  const relay = (): void => controller.abort(signal.reason);
  const end = (): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', relay);
  };
  ends.set(controller.signal, end);
  controller.signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) relay();
  else signal.addEventListener('abort', relay, { once: true });
  return controller.signal;
}
