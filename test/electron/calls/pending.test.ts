/** What was sent and never answered is looked up, kept, taken back or closed; never sent again. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Method, Params, Result } from '../../../core/contract.ts';
import type { Profile } from '../../../core/profile.ts';
import { english } from '../../../core/text.ts';
import { createApi, type Api } from '../../../electron/api.ts';
import { call } from '../../../electron/dispatch.ts';

const ADDRESS = '203.0.113.7';

describe('what was never answered', () => {
  let folder: string;
  let api: Api;
  let place: { readonly environment: string; readonly profile: Profile };
  const ask = <M extends Method>(method: M, params: Params<M>): Promise<Result<M>> =>
    call(api.engine, method, params, {
      signal: AbortSignal.timeout(60_000),
      onProgress: () => undefined,
      t: english,
    });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'relayready-test-'));
    api = createApi({ dataFolder: folder, openBrowser: async () => undefined });
    const world = await ask('practice.start', { scenario: 'all-well' });
    place = { environment: world.name, profile: { ...world.profile, publicIps: [ADDRESS] } };
  });
  afterEach(async () => {
    await api.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Ended between the sending and the answer: the journal has it, nobody knows what became of it. */
  const cutOff = async (tookEffect: boolean): Promise<string> => {
    const { tenant } = await ask('sign-in.start', place);
    const plan = await ask('plan.make', place);
    const [step] = plan.steps;
    if (!step) throw new Error('nothing to do');
    if (tookEffect) await ask('plan.apply', { ...place, plan });
    const { cmdlet, parameters, undo, why } = step;
    const key = {
      tenant: tenant.id,
      connector: 'RelayReady',
      command: JSON.stringify({ cmdlet, parameters }),
      undo: JSON.stringify(undo),
    };
    const intent = await api.journal.begin({ kind: 'apply', text: why, environment: place.environment, key });
    await intent.sent();
    // An hour ago: what was sent just now is looked for patiently, for more than a minute.
    const file = path.join(folder, 'journal.jsonl');
    const lines = await readFile(file, 'utf8');
    const earlier = new Date(Date.now() - 3_600_000).toISOString();
    await writeFile(file, lines.replaceAll(/"startedAt":"[^"]+"/g, `"startedAt":"${earlier}"`));
    return intent.id;
  };
  const left = async () => (await ask('pending.list', {})).length;

  it('that took effect is kept, and can be taken back later', async () => {
    const id = await cutOff(true);
    expect(await ask('pending.list', {})).toMatchObject([{ id, state: 'not-looked-up', canLook: true }]);
    expect(await ask('pending.look', { id })).toMatchObject({ state: 'took-effect' });
    expect(await ask('pending.adopt', { id })).toMatchObject({ status: 'done', steps: [{ status: 'done' }] });
    expect(await left()).toBe(0);
    expect(await ask('plan.undo', place)).toMatchObject({ status: 'done' });
    expect((await ask('plan.make', place)).steps).toHaveLength(1);
  });
  it('that took effect is taken back at once', async () => {
    const id = await cutOff(true);
    expect(await ask('pending.undo', { id })).toMatchObject({ status: 'done' });
    expect(await left()).toBe(0);
    expect((await ask('plan.make', place)).steps).toHaveLength(1);
  });
  it('that had no effect is said to have none, and closed', async () => {
    const id = await cutOff(false);
    expect(await ask('pending.look', { id })).toMatchObject({ state: 'no-effect' });
    await ask('pending.close', { id });
    expect(await left()).toBe(0);
    await expect(ask('pending.look', { id })).rejects.toMatchObject({ code: 'not-found' });
  });
  it('cannot be looked up while nobody, or somebody of another organisation, is signed in', async () => {
    const id = await cutOff(false);
    await ask('sign-in.forget', { environment: place.environment });
    expect(await ask('pending.list', {})).toMatchObject([{ canLook: false }]);
    await expect(ask('pending.look', { id })).rejects.toMatchObject({ code: 'sign-in-refused' });
    const other = await ask('practice.start', { scenario: 'all-well' });
    await ask('sign-in.start', { environment: other.name, profile: other.profile });
    for (const method of ['pending.look', 'pending.adopt', 'pending.undo'] as const)
      await expect(ask(method, { id }), method).rejects.toMatchObject({ code: 'wrong-tenant' });
    expect(await left()).toBe(1);
  });
  it('and was a message is asked of the trace, or settled by the person', async () => {
    await ask('sign-in.start', place);
    const key = { messageId: '<never-seen@contoso.com>', domain: 'contoso.com' };
    const about = { kind: 'message' as const, text: 'Send a test message.', environment: place.environment, key };
    const intent = await api.journal.begin(about);
    await intent.sent();
    // Not in the trace yet is not the same as not sent.
    expect(await ask('pending.look', { id: intent.id })).toMatchObject({ state: 'not-looked-up' });
    expect(await ask('pending.adopt', { id: intent.id })).toBeNull();
    expect(await left()).toBe(0);
  });
});
