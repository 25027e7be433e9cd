/** A computer that slept is noticed, so that what was found before is marked as old; a slow one, or a clock set back, is not. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { noticeSleep, SLEPT_MS } from '../../renderer/notice-sleep.ts';

let woke = 0;
let end: () => void = () => undefined;
beforeEach(() => {
  vi.useFakeTimers();
  woke = 0;
  end = noticeSleep(() => (woke += 1));
});
afterEach(() => {
  end();
  vi.useRealTimers();
});
/** The wall clock moves, the timers do not. */
const jump = (ms: number) => vi.setSystemTime(Date.now() + ms);

it.each([SLEPT_MS + 60_000, 12 * 3_600_000])('a sleep of %d ms is told once, after it', async (ms) => {
  await vi.advanceTimersByTimeAsync(60_000);
  jump(ms);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(woke).toBe(1);
});

it.each([60_000, 0, -3_600_000])('a jump of %d ms is no sleep', async (ms) => {
  await vi.advanceTimersByTimeAsync(60_000);
  jump(ms);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(woke).toBe(0);
});

it('a day awake is none', async () => {
  await vi.advanceTimersByTimeAsync(86_400_000);
  expect(woke).toBe(0);
});
