/** Deadlines that hold although nobody keeps the signal itself. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { joinSignals, withDeadline } from '../../../electron/net/deadline.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const fired = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason), { once: true }));

describe('a deadline', () => {
  it('comes although the garbage is collected meanwhile', async () => {
    const waits = Array.from({ length: 100 }, () => fired(withDeadline(new AbortController().signal, 200)));
    const timer = setInterval(collect, 10);
    const reasons = await Promise.all(waits);
    clearInterval(timer);
    expect(reasons.every((reason) => (reason as Error).name === 'TimeoutError')).toBe(true);
  });
  it('gives way to a stop, for its reason', async () => {
    const controller = new AbortController();
    const signal = withDeadline(controller.signal, 10_000);
    const reason = fired(signal);
    controller.abort('enough');
    expect(await reason).toBe('enough');
    expect(withDeadline(controller.signal, 10_000).aborted).toBe(true);
  });
});

describe('joined signals', () => {
  it('fire with the first of them', async () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const reason = fired(joinSignals(one.signal, other.signal));
    collect();
    other.abort('other');
    expect(await reason).toBe('other');
    expect(joinSignals(one.signal, other.signal).reason).toBe('other');
  });
});
