/** One message over STARTTLS to Postfix on loopback: our test message beside plain nodemailer and swaks, in turns. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { expect, it } from 'vitest';
import { CLOUDS, type Environment } from '../../core/environment.ts';
import { Profile } from '../../core/profile.ts';
import { english } from '../../core/text.ts';
import { sendTestMessages } from '../../electron/mail/send-test.ts';
import { createNet } from '../../electron/net/net.ts';
import { openJournal } from '../../electron/storage/journal.ts';
import { startDnsServer } from '../helpers/dns-server.ts';
import { RELAY_HOST } from '../helpers/mail-world.ts';
import { createTestCa } from '../helpers/tls-certificates.ts';
import { serversFolder, serversMissing } from '../servers/debian.ts';
import { startPostfix } from '../servers/postfix.ts';

const RUNS = 25;
const MOST_OVERHEAD_MS = 15;
const NAME = 'BN1PEPF0001.mail.protection.outlook.com';
const FROM = 'scanner@contoso.com';
const TO = 'mailbox@example.net';

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;

function swaks(port: number): Promise<number | null> {
  const root = serversFolder ?? '';
  const libraries = path.join(
    root,
    'usr/lib',
    readdirSync(path.join(root, 'usr/lib')).find((name) => name.endsWith('-linux-gnu')) ?? '',
  );
  const perl = readdirSync(path.join(libraries, 'perl5')).map((version) => path.join(libraries, 'perl5', version));
  const child = spawn(
    path.join(root, 'usr/bin/swaks'),
    [
      '--server',
      '127.0.0.1',
      '--port',
      String(port),
      '--tls',
      '--ehlo',
      'office.contoso.com',
      '--from',
      FROM,
      '--to',
      TO,
    ],
    {
      env: {
        ...process.env,
        PERL5LIB: [path.join(root, 'usr/share/perl5'), ...perl].join(':'),
        LD_LIBRARY_PATH: libraries,
      },
      stdio: 'ignore',
    },
  );
  return new Promise((resolve) => child.once('close', resolve));
}

it.skipIf(serversFolder === null)(
  `costs at most ${MOST_OVERHEAD_MS} ms more than nodemailer, and less than swaks${serversMissing === '' ? '' : ` (skipped: ${serversMissing})`}`,
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'relayready-bench-'));
    const ca = await createTestCa();
    const dns = await startDnsServer({ records: { [RELAY_HOST]: { A: '127.0.0.1' } } });
    const postfix = await startPostfix({
      hostName: NAME,
      domain: 'contoso.com',
      certificate: await ca.issue({ names: [RELAY_HOST, NAME] }),
      atRecipient: { 'nobody@example.net': '550 5.1.1 User unknown' },
      afterDot: { 'nobody@example.net': '550 5.1.1 User unknown' },
    });
    const base = CLOUDS[0] as Environment;
    const environment: Environment = {
      ...base,
      dns: { servers: [`127.0.0.1:${dns.port}`], doh: [] },
      relay: { ...base.relay, smtpPort: postfix.port },
      loopback: true,
      ca: [ca.cert],
    };
    const net = createNet(environment);
    const journal = openJournal(folder);
    const ours = async (): Promise<void> => {
      const { messages } = await sendTestMessages({
        environment,
        net,
        host: RELAY_HOST,
        profile: Profile.parse({ domain: 'contoso.com', connector: { requireTls: true } }),
        sender: FROM,
        internal: null,
        external: TO,
        journal,
        signal: new AbortController().signal,
        onProgress: () => undefined,
        t: english,
      });
      expect(messages[0]?.outcome, JSON.stringify(messages[0]?.transcript)).toBe('accepted');
    };
    const nodemailer = async (): Promise<void> => {
      const transport = createTransport({
        host: '127.0.0.1',
        port: postfix.port,
        requireTLS: true,
        tls: { ca: [ca.cert], servername: RELAY_HOST },
      });
      const { accepted } = await transport.sendMail({ from: FROM, to: TO, subject: 'Test', text: 'Test' });
      transport.close();
      expect(accepted).toEqual([TO]);
    };
    const bySwaks = async (): Promise<void> => expect(await swaks(postfix.port)).toBe(0);
    const times = { ours: [] as number[], nodemailer: [] as number[], swaks: [] as number[] };
    const senders = { ours, nodemailer, swaks: bySwaks } as const;
    try {
      // The first turn loads what later ones have at hand; it is not measured.
      for (let run = 0; run <= RUNS; run += 1)
        for (const name of ['ours', 'nodemailer', 'swaks'] as const) {
          const begun = performance.now();
          await senders[name]();
          if (run > 0) times[name].push(performance.now() - begun);
        }
    } finally {
      await Promise.all([postfix.stop(), dns.close()]);
      rmSync(folder, { recursive: true, force: true });
    }
    const medians = { ours: median(times.ours), nodemailer: median(times.nodemailer), swaks: median(times.swaks) };
    console.table(Object.entries(medians).map(([sender, ms]) => ({ sender, 'median ms': ms.toFixed(1), runs: RUNS })));
    const overhead = medians.ours - medians.nodemailer;
    console.log(
      `${overhead.toFixed(1)} ms more than nodemailer (at most ${MOST_OVERHEAD_MS}), with journal, judged certificate and transcript`,
    );
    expect(overhead).toBeLessThanOrEqual(MOST_OVERHEAD_MS);
    expect(medians.ours).toBeLessThan(medians.swaks);
  },
);
