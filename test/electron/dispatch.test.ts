/** The one way in: parsing, values for trouble, bugs named as such. */
import { describe, expect, it } from 'vitest';
import { AppError } from '../../core/errors.ts';
import { english, say } from '../../core/text.ts';
import { call, dispatch, type Engine } from '../../electron/dispatch.ts';

const engine = (parts: Partial<Engine>): Engine => parts as Engine;
const context = { signal: new AbortController().signal, onProgress: () => undefined, t: english };
const onBug = async () => '/tmp/log.txt';
const go = (parts: Partial<Engine>, method: string, params: unknown, signal = context.signal) =>
  dispatch(engine(parts), method, params, { ...context, signal }, onBug);

describe('dispatch', () => {
  it('hands parsed parameters over and checks what comes back', async () => {
    const parts: Partial<Engine> = { 'set-up.list': async () => [] };
    expect(await go(parts, 'set-up.list', {})).toEqual({ ok: true, value: [] });
  });
  it.each(['nothing', 'constructor', '__proto__', 'toString', ''])('knows no call “%s”', async (method) => {
    expect(await go({}, method, {})).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  });
  it('names the field of a wrong parameter', async () => {
    expect(await go({}, 'set-up.load', { id: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'bad-input', field: 'id' },
    });
    expect(await go({}, 'set-up.list', { more: 1 })).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  });
  it('passes on what could not be done', async () => {
    const fail = async () =>
      Promise.reject(new AppError('busy', say('Busy.'), { remedy: say('Wait.'), who: 'microsoft' }));
    expect(await go({ 'set-up.list': fail }, 'set-up.list', {})).toMatchObject({
      ok: false,
      error: { schema: 'relayready/error@1', code: 'busy', message: 'Busy.', remedy: 'Wait.', who: 'microsoft' },
    });
  });
  it('calls a bug a bug, without its words', async () => {
    const fail = async () => Promise.reject(new TypeError('secret stuff'));
    const reply = await go({ 'set-up.list': fail }, 'set-up.list', {});
    expect(reply).toMatchObject({ ok: false, error: { code: 'bug' } });
    expect(JSON.stringify(reply)).not.toContain('secret stuff');
  });
  it('calls an answer of the wrong shape a bug', async () => {
    expect(await go({ 'set-up.list': async () => 'x' as never }, 'set-up.list', {})).toMatchObject({
      error: { code: 'bug' },
    });
  });
  it('says stopped when it was stopped, whatever broke', async () => {
    const controller = new AbortController();
    controller.abort();
    const fail = async () => Promise.reject(new Error('socket gone'));
    await expect(
      call(engine({ 'set-up.list': fail }), 'set-up.list', {}, { ...context, signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});
