/** What each simulated world was judged to be is what its evidence says when it is judged again; a forged file is told. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../core/report/report.ts';
import type { Review } from '../../core/report/review.ts';
import { english } from '../../core/text.ts';
import { createApi } from '../../electron/api.ts';
import { call, type CallContext } from '../../electron/dispatch.ts';
import { listScenarios, startPractice } from '../../electron/practice/practice.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const context: CallContext = {
  signal: AbortSignal.timeout(300_000),
  onProgress: () => undefined,
  t: english,
};
let folder = '';
const reports = new Map<string, Report>();
const open = async (): Promise<ReturnType<typeof createApi>> =>
  createApi({ dataFolder: folder, openBrowser: () => Promise.reject(new Error('no browser here')) });
const scenarios = await listScenarios();

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const review = async (value: unknown): Promise<Review> => {
  // A program of its own, in which that world is over.
  const api = await open();
  try {
    return await call(api.engine, 'review.open', { text: JSON.stringify(value) }, context);
  } finally {
    await api.close();
  }
};

describe('judged again', () => {
  it.each(scenarios.map(({ id }) => id))('%s says the same', async (id) => {
    const api = await open();
    const practice = await startPractice({ scenario: id, signal: context.signal });
    try {
      await api.worlds.add({ environment: practice.environment });
      const report = await call(
        api.engine,
        'check.run',
        { environment: practice.environment.name, profile: practice.profile },
        context,
      );
      reports.set(id, report);
      const { judgement, practice: stamped } = await review(report);
      expect(stamped).toBe(true);
      expect(judgement.differing).toEqual([]);
      expect(judgement.verdict).toEqual({ said: report.verdict, judged: report.verdict });
      expect(judgement.judged + judgement.left.length).toBe(report.results.length);
      expect(judgement.judged).toBeGreaterThan(4);
    } finally {
      await practice.stop();
      await api.close();
    }
  });

  it('a result turned from red to green is told, whatever else the file claims', async () => {
    const report = reports.get('port-25-blocked');
    const results = report?.results.map((one) =>
      one.status === 'fail' ? { ...one, status: 'pass', essential: false } : one,
    );
    const { judgement } = await review({ ...report, results, verdict: 'ready' });
    expect(judgement.differing).toMatchObject([{ id: 'port-25', said: 'pass', judged: 'fail' }]);
    expect(judgement.verdict).toEqual({ said: 'ready', judged: 'action-needed' });
  });

  it('a world that is not known here is not guessed at', async () => {
    const report = reports.get('all-well');
    const { judgement } = await review({ ...report, practice: false, environment: 'somewhere' });
    expect(judgement).toMatchObject({ judged: 0, differing: [], verdict: null });
    expect(judgement.reason).toContain('“somewhere”');
  });

  it('evidence that is none is left, and said', async () => {
    const report = reports.get('all-well');
    const results = report?.results.map((one) => (one.id === 'spf' ? { ...one, evidence: { result: 'maybe' } } : one));
    const { judgement } = await review({ ...report, results });
    expect(judgement.left).toContain('SPF record');
  });
});
