/** `relayready test` as a program of its own: floods do not swell it, drips do not hold it, a kill sends nothing twice. */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDocument } from '../../../core/mail/test-document.ts';
import { startDnsServer, type DnsServer } from '../../helpers/dns-server.ts';
import { RELAY_HOST, writeMailWorld } from '../../helpers/mail-world.ts';
import { watchMemory } from '../../helpers/peak-memory.ts';
import { createTestCa } from '../../helpers/tls-certificates.ts';
import { dripBytes, flood, startFaultServer, type Faults, type FaultServer } from '../mail/fault-server.ts';
import { relayready, type Ran } from './command-line.ts';

const MOST_MEGABYTES = 200;
const ca = await createTestCa();
const certificate = await ca.issue({ names: [RELAY_HOST] });
let dns: DnsServer;
beforeAll(async () => {
  dns = await startDnsServer({ records: { [RELAY_HOST]: { A: '127.0.0.1' } } });
});
afterAll(() => dns.close());

type Tested = Ran & { readonly document: TestDocument; readonly peak: number; readonly ms: number };
type Office = {
  readonly server: FaultServer;
  readonly folder: string;
  readonly test: (onStart?: (child: ChildProcess) => void, ...args: readonly string[]) => Promise<Tested>;
};

const fields = (values: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);

async function inOffice(faults: Faults, work: (office: Office) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'relayready-mail-'));
  const server = await startFaultServer(faults, certificate);
  const environment = writeMailWorld(folder, { smtpPort: server.port, dnsPort: dns.port, ca: ca.cert });
  const test: Office['test'] = async (onStart, ...args) => {
    const begun = performance.now();
    let peak = (): number => 0;
    const ran = await relayready(
      [
        'test',
        '--json',
        ...fields({
          environment,
          domain: 'contoso.com',
          sender: 'scanner@contoso.com',
          external: 'mailbox@example.net',
        }),
        ...args,
      ],
      {
        dataFolder: path.join(folder, 'data'),
        onStart: (child) => {
          peak = watchMemory(child);
          onStart?.(child);
        },
      },
    );
    const document = JSON.parse(ran.stdout === '' ? '{}' : ran.stdout) as TestDocument;
    return { ...ran, document, peak: peak(), ms: performance.now() - begun };
  };
  try {
    await work({ server, folder, test });
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const journal = (folder: string): readonly string[] =>
  readFileSync(path.join(folder, 'data/journal.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { event: string }).event);

describe('the program', () => {
  it.each<[string, Faults, TestDocument['messages'][number]['outcome'], number]>([
    ['in a greeting of one endless line', { greeting: flood('220-x') }, 'not-sent', 4],
    ['in an answer of endless lines', { EHLO2: flood('250-X\r\n') }, 'not-sent', 4],
    ['after the dot', { '.': flood('250-more\r\n') }, 'unknown', 5],
  ])('stays small under a flood %s', async (_, faults, outcome, exit) => {
    await inOffice(faults, async ({ test }) => {
      const { code, document, peak, stderr } = await test();
      expect(code, stderr).toBe(exit);
      expect(document.messages[0]?.outcome).toBe(outcome);
      if (process.platform === 'linux') expect(peak).toBeGreaterThan(20);
      expect(peak).toBeLessThan(MOST_MEGABYTES);
    });
  });

  it('is not held past its deadline by a server that drips', async () => {
    await inOffice({ greeting: dripBytes }, async ({ test }) => {
      const { code, ms } = await test(undefined, '--deadline', '2');
      expect(code).toBe(4);
      expect(ms).toBeLessThan(8000);
    });
  });

  it('killed between the dot and the answer: the journal knows, and nothing is sent again by itself', async () => {
    let child: ChildProcess | null = null;
    await inOffice({ '.': () => void child?.kill('SIGKILL') }, async ({ server, folder, test }) => {
      const killed = await test((started) => (child = started));
      expect(killed.code).toBeNull();
      expect(server.count.messages).toBe(1);
      expect(journal(folder)).toEqual(['intent', 'sent']);
      // Any other command of the program leaves the message alone.
      child = null;
      const environment = path.join(folder, 'environment.json');
      const other = await relayready(
        ['check', '--only', 'dmarc', '--domain', 'contoso.com', '--environment', environment],
        {
          dataFolder: path.join(folder, 'data'),
        },
      );
      expect(other.code, other.stderr).not.toBe(1);
      expect(server.count).toMatchObject({ calls: 1, messages: 1 });
    });
  });

  it('killed before the dot: nothing had left, and the journal says so', async () => {
    let child: ChildProcess | null = null;
    await inOffice({ RCPT: () => void child?.kill('SIGKILL') }, async ({ server, folder, test }) => {
      expect((await test((started) => (child = started))).code).toBeNull();
      expect(server.count.messages).toBe(0);
      expect(journal(folder)).toEqual(['intent']);
    });
  });
});

it('tries again for a while when asked to, and prints no address when asked not to', async () => {
  let asked = 0;
  const RCPT: Faults['RCPT'] = (socket) =>
    socket.write(asked++ === 0 ? '550 5.7.606 Access denied, banned sending IP [203.0.113.7]\r\n' : '250 OK\r\n');
  await inOffice({ RCPT }, async ({ test }) => {
    // No waiting mends this one.
    const refused = await test(undefined, '--wait', '5', '--masked');
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain('203.0.x.x');
    expect(refused.stdout).not.toMatch(/mailbox@|scanner@|203\.0\.113/);
    const wrong = await test(undefined, '--wait', 'soon');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr + wrong.stdout).toContain('--wait');
  });
});
