/** Politeness by measure: never more than the rate in any second, first come first served, each server by itself, and cancelled at once. */
import { describe, expect, it } from 'vitest';
import { manyMayWait } from '../../../electron/net/deadline.ts';
import { createPace } from '../../../electron/net/pace.ts';

const never = manyMayWait(new AbortController().signal);
const most = (times: readonly number[]): number =>
  Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 1000).length));

describe('a pace', () => {
  it.each([40, 200])('of %i lets no more through in any second, and not many fewer', async (rate) => {
    const pace = createPace({ dns: rate, https: 1, smtp: 1, stun: 1 });
    const times: number[] = [];
    const count = rate * 2;
    const begun = performance.now();
    await Promise.all(
      Array.from({ length: count }, async (_, at) => {
        await pace.turn('dns', '127.0.0.1:53', never);
        times.push(performance.now());
        // First come, first served.
        expect(times).toHaveLength(at + 1);
      }),
    );
    expect(most(times)).toBeLessThanOrEqual(rate);
    expect(performance.now() - begun).toBeGreaterThan(1700);
  });

  it('holds servers and services apart', async () => {
    const pace = createPace({ dns: 1, https: 1, smtp: 1, stun: 1 });
    const begun = performance.now();
    for (const service of ['dns', 'https', 'smtp', 'stun'] as const)
      for (const server of ['one', 'two']) await pace.turn(service, server, never);
    expect(performance.now() - begun).toBeLessThan(500);
    expect(pace.atOnce('dns', 'one')).toBe(false);
    expect(pace.atOnce('dns', 'three')).toBe(true);
  });

  it('whoever stops waiting leaves the line, and the line moves on', async () => {
    const pace = createPace({ dns: 4, https: 1, smtp: 1, stun: 1 });
    await pace.turn('dns', 'x', never);
    const stop = new AbortController();
    const leaving = pace.turn('dns', 'x', stop.signal);
    const staying = pace.turn('dns', 'x', never);
    expect(pace.longestWaitMs()).toBeGreaterThan(500);
    stop.abort(new Error('stopped'));
    await expect(leaving).rejects.toThrow('stopped');
    await staying;
    expect(pace.longestWaitMs()).toBe(0);
    await expect(pace.turn('dns', 'x', AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });
});
