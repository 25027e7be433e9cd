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

/** Aborts with `signal`, or after `ms` of wall clock with a TimeoutError. Keeps no process alive. */
export function withDeadline(signal: AbortSignal, ms: number): AbortSignal {
  const controller = new AbortController();
  manyMayWait(controller.signal);
  const timer = setTimeout(() => controller.abort(new DOMException('out of time', 'TimeoutError')), ms);
  timer.unref();
  controller.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  if (signal.aborted) controller.abort(signal.reason);
  else signal.addEventListener('abort', () => controller.abort(signal.reason), { signal: controller.signal });
  return controller.signal;
}
