/** The whole job in a simulated world, as a set-up that holds everything: what papers and reviewers are given. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Method, Params, Result } from '../../core/contract.ts';
import type { SetUp } from '../../core/set-up.ts';
import { english, type Translate } from '../../core/text.ts';
import { createApi } from '../../electron/api.ts';
import { call, type CallContext } from '../../electron/dispatch.ts';

export type Job = {
  readonly setUp: SetUp;
  /** Who signed in. */
  readonly username: string;
  readonly call: <M extends Method>(method: M, params: Params<M>, t?: Translate) => Promise<Result<M>>;
  readonly close: () => Promise<void>;
};

export async function wholeJob(scenario: string): Promise<Job> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
  const api = createApi({ dataFolder, openBrowser: () => Promise.reject(new Error('no browser here')) });
  const context: CallContext = {
    signal: AbortSignal.timeout(120_000),
    onProgress: () => undefined,
    t: english,
  };
  const ask: Job['call'] = (method, params, t = english) => call(api.engine, method, params, { ...context, t });
  const { name: environment, profile } = await ask('practice.start', { scenario });
  const place = { environment, profile };
  const { username } = await ask('sign-in.start', place);
  const plan = await ask('plan.make', place);
  const outcome = plan.steps.length > 0 ? await ask('plan.apply', { ...place, plan }) : null;
  const report = await ask('check.run', place);
  const ip = profile.publicIps[0] ?? String(report.results.find(({ id }) => id === 'public-ip')?.evidence['address']);
  const spf = await ask('spf.evaluate', { environment, ip, domain: profile.domain });
  const test = await ask('message.send', { ...place, ...profile.testRecipients });
  return {
    setUp: {
      schema: 'relayready/set-up@1',
      id: '00000000-0000-4000-8000-000000000001',
      profile,
      environment,
      step: 'done',
      skipped: ['sign-in'],
      finished: ['start', 'scanner', 'address', 'line', 'let-it-send'],
      report,
      spf,
      plan,
      outcome,
      test,
      ticks: { 'scanner.model': { at: report.startedAt, by: 'MK' } },
      savedAt: report.startedAt,
    },
    username,
    call: ask,
    close: async () => {
      await api.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
