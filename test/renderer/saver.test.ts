/** Answers reach the disk while somebody types on, in order, and after a disk that was full for a moment. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WireError } from '../../core/contract.ts';
import type { SetUp } from '../../core/set-up.ts';
import { ClientError } from '../../renderer/client.ts';
import { createSaver, SAVE_DELAY_MS } from '../../renderer/saver.ts';

const setUp = (id: string, step: string): SetUp => ({ id, step }) as unknown as SetUp;

describe('the saver', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('saves while somebody types without a pause', async () => {
    const saved: string[] = [];
    const saver = createSaver(
      async ({ step }) => void saved.push(step),
      () => undefined,
      () => undefined,
    );
    for (let key = 1; key <= 20; key += 1) {
      saver.later(setUp('one', String(key)));
      await vi.advanceTimersByTimeAsync(40);
    }
    expect(saved.length).toBeGreaterThanOrEqual(4);
    await vi.advanceTimersByTimeAsync(SAVE_DELAY_MS);
    expect(saved.at(-1)).toBe('20');
  });

  it('never lets an older state overwrite a newer one, and tries again what could not be written', async () => {
    const saved: string[] = [];
    const states: string[] = [];
    let full = true;
    const saver = createSaver(
      async ({ id, step }) => {
        if (full && id === 'one') throw new Error('ENOSPC');
        saved.push(`${id} ${step}`);
      },
      (state) => states.push(state),
      () => undefined,
    );
    saver.later(setUp('one', 'a'));
    await saver.flush();
    expect(states.at(-1)).toBe('failed');
    saver.later(setUp('two', 'b'));
    await saver.flush();
    full = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(saved.sort()).toEqual(['one a', 'two b']);
    expect(states.at(-1)).toBe('saved');
  });

  it('says which generation it takes the place of, also after an answer was lost', async () => {
    const asked: (readonly string[])[] = [];
    let lost = true;
    const saver = createSaver(
      async (_, replaces) => {
        asked.push(replaces);
        if (lost) throw new Error('the answer was lost');
      },
      () => undefined,
      () => undefined,
    );
    saver.opened({ id: 'one', savedAt: 'opened' } as SetUp);
    saver.later(setUp('one', 'a'));
    await saver.flush();
    lost = false;
    await vi.advanceTimersByTimeAsync(5000);
    saver.later(setUp('one', 'b'));
    await saver.flush();
    expect(asked[0]).toEqual(['opened']);
    // The lost one may lie on disk.
    expect(asked[1]).toHaveLength(2);
    expect(asked[2]).toHaveLength(1);
    expect(asked[1]).not.toContain(asked[2]?.[0]);
  });

  it('stops at what another window saved, and says so', async () => {
    const meanwhile: string[] = [];
    let calls = 0;
    const saver = createSaver(
      async () => {
        calls += 1;
        throw new ClientError({ code: 'changed-meanwhile', message: '' } as WireError);
      },
      () => undefined,
      (id) => meanwhile.push(id),
    );
    saver.later(setUp('one', 'a'));
    await saver.flush();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([meanwhile, calls]).toEqual([['one'], 1]);
  });

  it('forgets what was deleted', async () => {
    const saved: string[] = [];
    const saver = createSaver(
      async ({ id }) => void saved.push(id),
      () => undefined,
      () => undefined,
    );
    saver.later(setUp('one', 'a'));
    await saver.drop('one');
    await vi.advanceTimersByTimeAsync(1000);
    expect(saved).toEqual([]);
  });
});
