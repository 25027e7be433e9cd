/** No probe and no test mail reaches a port this program listens on. */
import net from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, expect, it } from 'vitest';
import { CLOUDS } from '../../../core/environment.ts';
import { english } from '../../../core/text.ts';
import { connectTo } from '../../../electron/mail/connect.ts';
import { catchMail } from '../../../electron/mail/catcher.ts';
import { listenForSignIn } from '../../../electron/microsoft/sign-in-listener.ts';
import { createNet } from '../../../electron/net/net.ts';
import { isOurs, ownListeners } from '../../../electron/net/own-listeners.ts';
import { attacked } from '../serve-attacks.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
const signal = AbortSignal.timeout(30_000);
const [cloud] = CLOUDS;
if (!cloud) throw new Error('no cloud');
const probes = createNet({ ...cloud, loopback: true });

const LISTENERS: readonly (readonly [string, () => Promise<number>])[] = [
  [
    'the page',
    async () => {
      const { host } = await attacked();
      stops.push(() => host.close());
      return host.port;
    },
  ],
  [
    'the sign-in listener',
    async () => {
      const listener = await listenForSignIn('state', english);
      stops.push(() => listener.close());
      return Number(new URL(listener.redirectUri).port);
    },
  ],
  [
    'the catcher',
    async () => {
      const before = new Set(ownListeners());
      const stop = new AbortController();
      let told: () => void = () => undefined;
      const ready = new Promise<void>((resolve) => (told = resolve));
      const caught = catchMail({ port: 0, domain: null, signal: stop.signal, onProgress: () => told(), t: english });
      stops.push(() => {
        stop.abort();
        return caught.catch(() => undefined);
      });
      await ready;
      return Number(
        ownListeners()
          .find((one) => !before.has(one))
          ?.split(':')
          .at(-1),
      );
    },
  ],
];

it.each(LISTENERS)('%s is asked by no probe and sent no mail, and is forgotten once closed', async (_, listen) => {
  const port = await listen();
  expect(port).toBeGreaterThan(0);
  expect(await probes.smtp.probe('127.0.0.1', { port, signal })).toMatchObject({ outcome: 'forbidden' });
  expect(await probes.lan.port('127.0.0.1', port, { signal })).toBe('silent');
  await expect(
    connectTo('127.0.0.1', port, { dns: probes.dns, loopback: true, signal, connectMs: 2000 }),
  ).rejects.toMatchObject({ trouble: 'not-on-the-internet' });
  for (const stop of stops.splice(0)) await stop();
  expect(ownListeners().some((one) => one.endsWith(`:${port}`))).toBe(false);
});

it('a listener on every address is known under each of them', async () => {
  const server = net.createServer();
  await new Promise<void>((resolve) => void server.listen(0, '0.0.0.0', resolve));
  stops.push(() => server.close());
  isOurs(server);
  const { port } = server.address() as net.AddressInfo;
  const addresses = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
  expect(ownListeners()).toEqual(expect.arrayContaining(addresses.map((address) => `${address}:${port}`)));
});
