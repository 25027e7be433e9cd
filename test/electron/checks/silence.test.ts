/** A world that says nothing: every check still ends, in its time or when it is told to, and leaves no connection behind. */
import { describe, expect, it } from 'vitest';
import { loadChecks } from '../../../electron/run-checks.ts';
import { within, ZONE, type WorldOptions } from './bench.ts';

/** Names are known; nobody behind them speaks. */
const MUTE: WorldOptions = {
  smtp: { greeting: null },
  pages: {
    '/ip': () => undefined,
    '/contoso.com/v2.0/.well-known/openid-configuration': () => undefined,
  },
};
const NO_NAMES: WorldOptions = { ...MUTE, faults: { '*': 'timeout' } };
/** What is open in this process towards somebody else or as a server. */
const open = (): string[] =>
  process.getActiveResourcesInfo().filter((kind) => /^(?:TCP|UDP|TLS|GetAddrInfo)/.test(kind));

/** Milliseconds a check may take in all: what it waits for, and its own time. */
async function longest(id: string): Promise<number> {
  const checks = await loadChecks();
  const own = (name: string): number => {
    const check = checks.get(name);
    if (!check) throw new Error(`no check ${name}`);
    const needs = [...checks]
      .filter(([, other]) => Object.values(check.needs).includes(other))
      .map(([need]) => own(need));
    return check.deadlineMs + Math.max(0, ...needs);
  };
  return own(id);
}

describe('In a silent world', () => {
  it.concurrent.each([
    ['without name look-ups', NO_NAMES],
    ['with name look-ups', MUTE],
  ])(
    '%s every check ends in its time, and none is red or green for it',
    async (_, options) => {
      const { results } = await within(options, ({ run }) => run({ profile: { publicIps: ['203.0.113.7'] } }));
      for (const { id, durationMs, status, fix } of results) {
        expect(durationMs, id).toBeLessThan((await longest(id)) + 500);
        if (options === NO_NAMES) expect([id, status]).toEqual([id, status === 'skipped' ? 'skipped' : 'unknown']);
        if (status === 'unknown') expect([id, fix.length > 0]).toEqual([id, true]);
      }
      const relayHost = results.find(({ id }) => id === 'relay-host');
      expect(relayHost?.durationMs).toBeLessThan(options === NO_NAMES ? 8500 : 1000);
      const port = results.find(({ id }) => id === 'port-25');
      expect(port?.durationMs).toBeLessThan(21_500);
    },
    90_000,
  );
});

describe('A stop', () => {
  it.each([
    ['among name look-ups', { ...NO_NAMES, faults: { '*': 'timeout' as const } }],
    ['among connections', MUTE],
    [
      'in the middle of a handshake',
      { records: ZONE, smtp: { startTls: 'stalled' as const }, pages: MUTE.pages ?? {} },
    ],
  ])('%s takes less than a second and leaves nothing open', async (_, options) => {
    await within(options, async ({ run, dns, smtp }) => {
      const before = open();
      const stop = new AbortController();
      const running = run({ signal: stop.signal }).then(
        () => 'finished',
        (error: { code?: string }) => error.code,
      );
      // Wait until it is really in the middle of things.
      const underWay = () => (options === MUTE ? (smtp?.connections() ?? 0) > 0 : dns.log.length > 0);
      while (!underWay()) await new Promise((resolve) => setTimeout(resolve, 5));
      const begun = performance.now();
      stop.abort();
      expect(await running).toBe('cancelled');
      expect(performance.now() - begun).toBeLessThan(1000);
      while (open().length > before.length && performance.now() - begun < 1000)
        await new Promise((resolve) => setTimeout(resolve, 5));
      expect(open().sort()).toEqual(before.sort());
    });
  });
});
