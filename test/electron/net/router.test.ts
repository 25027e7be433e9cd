/** What a router says of its outside address, and what is not believed. */
import { afterEach, describe, expect, it } from 'vitest';
import { CLOUDS, type Environment } from '../../../core/environment.ts';
import { createRouter } from '../../../electron/net/router.ts';
import { startRouter, type FakeRouter, type RouterOptions } from '../../helpers/router.ts';

let router: FakeRouter | null = null;
afterEach(async () => {
  await router?.close();
  router = null;
});
const guard = { loopback: true, ownListeners: () => [] };
const never = new AbortController().signal;
async function ask(options: RouterOptions, deadlineMs = 1500, signal: AbortSignal = never) {
  router = await startRouter(options);
  const environment: Environment = { ...(CLOUDS[0] as Environment), router: router.environment, loopback: true };
  return createRouter(environment, guard).ask({ signal, deadlineMs });
}
const only = (way: 'natPmp' | 'upnp', kind: string): RouterOptions => ({
  natPmp: 'silent',
  upnp: 'silent',
  [way]: kind,
});

describe('the router', () => {
  it('tells its outside address both ways', async () => {
    expect(await ask({ outside: '203.0.113.7' })).toEqual([
      { way: 'nat-pmp', router: '127.0.0.1', outside: '203.0.113.7' },
      { way: 'upnp', router: '127.0.0.1', outside: '203.0.113.7' },
    ]);
    // Nothing is opened or changed: the address is read and no more.
    expect(router?.asked().filter((line) => line.startsWith('nat-pmp'))).toEqual(['nat-pmp 0000']);
  });
  it.each<[string, RouterOptions]>([
    ['says nothing', only('upnp', 'silent')],
    ['has no outside address (NAT-PMP)', only('natPmp', 'error')],
    ['sends half an answer', only('natPmp', 'short')],
    ['speaks PCP only', only('natPmp', 'wrong-version')],
    ['names another host for its description', only('upnp', 'elsewhere')],
    ['names another host for its control', only('upnp', 'control-elsewhere')],
    ['sends a page', only('upnp', 'not-xml')],
    ['sends a flood', only('upnp', 'flood')],
    ['redirects', only('upnp', 'redirect')],
    ['stalls', only('upnp', 'stalls')],
    ['has an address that is none', only('upnp', 'nonsense-address')],
  ])('that %s tells nothing, in time', async (_, options) => {
    const begun = performance.now();
    expect(await ask(options, 900)).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(1800);
  });
  it('is let go within a second', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const begun = performance.now();
    await expect(ask(only('upnp', 'stalls'), 60_000, controller.signal)).rejects.toThrow(/abort/);
    expect(performance.now() - begun).toBeLessThan(1200);
  });
  it('is not asked outside a loopback world when it is this computer, nor when none is set', async () => {
    router = await startRouter();
    const base = CLOUDS[0] as Environment;
    const strict = createRouter({ ...base, router: router.environment }, { ...guard, loopback: false });
    expect(await strict.ask({ signal: never, deadlineMs: 400 })).toEqual([]);
    const { router: _none, ...without } = base;
    expect(await createRouter(without, guard).ask({ signal: never })).toEqual([]);
    expect(router.asked().filter((line) => !line.startsWith('M-SEARCH'))).toEqual([]);
  });
});
