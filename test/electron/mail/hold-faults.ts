/** Sends a test message to a spoiled server and holds what every fault has to keep: true, in time, told, and never twice. */
import { expect } from 'vitest';
import { CLOUDS, type Environment } from '../../../core/environment.ts';
import type { TestDocument, TestMessage } from '../../../core/mail/test-document.ts';
import { Profile } from '../../../core/profile.ts';
import { english } from '../../../core/text.ts';
import type { Limits } from '../../../electron/mail/line.ts';
import { sendTestMessages, type SendTestOptions } from '../../../electron/mail/send-test.ts';
import type { Net } from '../../../electron/net/net.ts';
import { createTestCa } from '../../helpers/tls-certificates.ts';
import { memoryJournal, type MemoryJournal } from '../microsoft/memory-journal.ts';
import { startFaultServer, type Faults, type FaultServer } from './fault-server.ts';

export const HOST = 'contoso-com.mail.protection.outlook.com';
export const ca = await createTestCa();
const certificate = await ca.issue({ names: [HOST] });
const PHASE_MS = 250;
/** All phases of one conversation wait no longer than this, whatever the server does. */
const WHOLE_MS = 1500;
const LIMITS: Partial<Limits> = {
  connect: PHASE_MS,
  greeting: PHASE_MS,
  reply: PHASE_MS,
  handshake: PHASE_MS * 2,
  data: PHASE_MS,
  body: PHASE_MS,
  message: PHASE_MS,
  whole: WHOLE_MS,
  slow: 100,
};
/** Time the rest may take: start, composing, goodbye, a loaded computer. */
const SLACK_MS = 2500;

export type Row = readonly [
  title: string,
  faults: Faults,
  outcome: TestMessage['outcome'],
  /** Found in what a person reads: summary, explanation, reply. */
  words: readonly (string | RegExp)[],
  options?: { readonly requireTls?: boolean },
];

export type Sending = {
  readonly document: TestDocument;
  readonly message: TestMessage;
  readonly journal: MemoryJournal;
  readonly told: readonly string[];
  readonly server: FaultServer;
  readonly ms: number;
};

export const dnsTo = (...addresses: readonly string[]): Net =>
  ({
    dns: { servers: [], query: async () => ({ status: 'ok', records: addresses.map((data) => ({ data })) }) },
  }) as unknown as Net;

export async function sendAgainst(
  faults: Faults,
  options: Partial<SendTestOptions> & { readonly requireTls?: boolean } = {},
  send: (options: SendTestOptions) => Promise<TestDocument> = sendTestMessages,
): Promise<Sending> {
  const server = await startFaultServer(faults, certificate);
  const told: string[] = [];
  const kept = memoryJournal();
  // What happens in the message happens before its end: the journal, written in between, waits for it.
  const journal: MemoryJournal = faults.body === undefined ? kept : waitingJournal(kept, server.bodyDone);
  const base = CLOUDS[0] as Environment;
  const begun = performance.now();
  try {
    const document = await send({
      environment: {
        ...base,
        // Each server is a world of its own.
        name: `faults ${server.port}`,
        relay: { ...base.relay, smtpPort: server.port },
        loopback: true,
        ca: [ca.cert],
      },
      net: dnsTo('127.0.0.1'),
      host: HOST,
      profile: Profile.parse({ domain: 'contoso.com', connector: { requireTls: options.requireTls ?? true } }),
      sender: 'scanner@contoso.com',
      internal: null,
      external: 'mailbox@example.net',
      journal,
      signal: new AbortController().signal,
      onProgress: ({ message }) => told.push(message),
      t: english,
      limits: LIMITS,
      ...options,
    });
    const ms = performance.now() - begun;
    await nothingOpen(server);
    return { document, message: document.messages[0] as TestMessage, journal, told, server, ms };
  } finally {
    await server.close();
  }
}

const waitingJournal = (journal: MemoryJournal, until: Promise<void>): MemoryJournal => ({
  ...journal,
  begin: async (intent) => {
    const begun = await journal.begin(intent);
    const sent = async () => {
      await until;
      // Loopback carries at once; our side reads in its next turns.
      for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await begun.sent();
    };
    return { ...begun, sent };
  },
});

/** Our side lets go; the server hears of it a moment later. */
async function nothingOpen(server: FaultServer): Promise<void> {
  const end = performance.now() + 1000;
  while (server.count.open > 0 && performance.now() < end) await new Promise((resolve) => setImmediate(resolve));
  expect(server.count.open, 'connections left open').toBe(0);
}

/** What a person reads of it. */
export const words = ({ document, message }: Sending): string =>
  [
    document.summary,
    message.reply && `${message.reply.code} ${message.reply.enhanced ?? ''} ${message.reply.text}`,
    message.explanation && [message.explanation.title, message.explanation.cause, ...message.explanation.fix].join(' '),
  ]
    .filter(Boolean)
    .join(' ');

export async function holdFault([, faults, outcome, wanted, options]: Row): Promise<Sending> {
  const sending = await sendAgainst(faults, options);
  const { document, message, journal, server, ms } = sending;
  const transcript = message.transcript.map(({ from, line }) => `${from}: ${line}`).join('\n');
  expect(message.outcome, transcript).toBe(outcome);
  for (const part of wanted)
    if (typeof part === 'string') expect(words(sending)).toContain(part);
    else expect(words(sending)).toMatch(part);
  if (outcome === 'accepted') expect(message.explanation).toBeNull();
  else {
    expect(message.explanation?.title.length).toBeGreaterThan(10);
    expect(message.explanation?.fix.length).toBeGreaterThan(0);
  }
  expect(ms).toBeLessThan(WHOLE_MS + SLACK_MS);
  // Never a second message, never a second call.
  expect(server.count.calls).toBe(1);
  expect(server.count.data).toBeLessThanOrEqual(1);
  expect(server.count.messages).toBeLessThanOrEqual(outcome === 'not-sent' ? 0 : 1);
  // Known or not known: the journal says the same.
  expect((await journal.pending()).length).toBe(outcome === 'unknown' ? 1 : 0);
  expect(message.transcript.length).toBeLessThan(250);
  // oxlint-disable-next-line no-control-regex
  expect(JSON.stringify(document)).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E]|\\u00[01]/);
  return sending;
}

/** Growth of this process since the file began, in MB. */
const before = process.memoryUsage().rss;
export const grownMegabytes = (): number => (process.memoryUsage().rss - before) / 2 ** 20;
export const MOST_GROWTH_MEGABYTES = 200;
