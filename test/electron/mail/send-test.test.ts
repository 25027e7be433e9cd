/** The test message against servers that accept, refuse, stall, cut and lie: the outcome is always the true one. */
import { afterEach, describe, expect, it } from 'vitest';
import { CLOUDS, type Environment } from '../../../core/environment.ts';
import type { TestMessage } from '../../../core/mail/test-document.ts';
import { Profile } from '../../../core/profile.ts';
import { english } from '../../../core/text.ts';
import { sendTestMessages } from '../../../electron/mail/send-test.ts';
import { createNet } from '../../../electron/net/net.ts';
import { startDnsServer, type DnsServer } from '../../helpers/dns-server.ts';
import { createTestCa } from '../../helpers/tls-certificates.ts';
import { memoryJournal, type MemoryJournal } from '../microsoft/memory-journal.ts';
import { startRawServer, type RawServer, type Script } from './raw-server.ts';

const HOST = 'contoso-com.mail.protection.outlook.com';
const ca = await createTestCa();
const good = await ca.issue({ names: [HOST] });
const stranger = await (await createTestCa('Somebody Else')).issue({ names: [HOST] });
const otherName = await ca.issue({ names: ['firewall.contoso.com'] });

let server: RawServer | null = null;
let dns: DnsServer | null = null;
afterEach(async () => {
  await Promise.all([server?.close(), dns?.close()]);
  server = null;
  dns = null;
});

type Options = {
  readonly requireTls?: boolean;
  readonly signal?: AbortSignal;
  readonly loopback?: boolean;
  readonly external?: string | null;
  readonly internal?: string | null;
  readonly sender?: string;
  readonly journal?: MemoryJournal;
};

async function send(script: Script | null, options: Options = {}) {
  const told: string[] = [];
  server = script && (await startRawServer({ certificate: good, ...script }));
  dns = await startDnsServer({ records: { [HOST]: { A: '127.0.0.1' } } });
  const journal = options.journal ?? memoryJournal();
  const base = CLOUDS[0] as Environment;
  const environment: Environment = {
    ...base,
    dns: { servers: [`127.0.0.1:${dns.port}`], doh: [] },
    relay: { ...base.relay, smtpPort: server?.port ?? 1 },
    loopback: options.loopback ?? true,
    ca: [ca.cert],
  };
  const profile = Profile.parse({ domain: 'contoso.com', connector: { requireTls: options.requireTls ?? false } });
  const document = await sendTestMessages({
    environment,
    net: createNet(environment),
    host: HOST,
    profile,
    sender: options.sender ?? 'scanner@contoso.com',
    internal: options.internal ?? null,
    external: options.external === undefined ? 'mailbox@example.net' : options.external,
    journal,
    signal: options.signal ?? new AbortController().signal,
    onProgress: ({ message }) => told.push(message),
    t: english,
  });
  return { document, told, message: document.messages[0] as TestMessage, journal };
}

describe('a message that arrives', () => {
  it('is accepted, encrypted, with the whole conversation', async () => {
    const { document, message, journal } = await send({});
    expect(document.verdict).toBe('ready');
    expect(message).toMatchObject({ outcome: 'accepted', reply: { code: 250, enhanced: '2.6.0' }, explanation: null });
    const lines = message.transcript.map(({ from, line }) => `${from}: ${line}`);
    expect(lines).toContain('client: STARTTLS');
    expect(lines).toContain('client: MAIL FROM:<scanner@contoso.com>');
    expect(lines.some((line) => line.startsWith('server: 250 2.6.0'))).toBe(true);
    expect(await journal.pending()).toEqual([]);
    const [mail = ''] = server?.messages ?? [];
    expect(mail).toContain(`Message-ID: ${message.messageId}`);
    expect(mail).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(message.messageId).toMatch(/@contoso\.com>$/);
  });
  it('inside alone proves nothing', async () => {
    const { document } = await send({}, { external: null, internal: 'office@contoso.com' });
    expect(document.messages).toMatchObject([{ kind: 'internal', outcome: 'accepted' }]);
    expect(document.verdict).toBe('cannot-tell');
  });
  it('goes inside and outside over connections of their own', async () => {
    const { document, journal } = await send({}, { internal: 'office@contoso.com' });
    expect(document.messages.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['internal', 'accepted'],
      ['external', 'accepted'],
    ]);
    expect(server?.log.filter((line) => line.startsWith('RCPT'))).toHaveLength(2);
    expect(server?.connections()).toBe(2);
    expect(journal.lines.filter((line) => line === 'sent')).toHaveLength(2);
  });
  it('is told step by step, and the server is bid goodbye', async () => {
    const { told } = await send({});
    expect(told.join('\n')).toMatch(/waiting for .* to say hello\n[^]*waiting for the answer/);
    expect(server?.log.at(-1)).toBe('QUIT');
    const hellos = server?.log.filter((line) => line.startsWith('EHLO')) ?? [];
    expect(hellos).toHaveLength(2);
    expect(hellos.join()).not.toContain('localhost');
  });
  it('goes without encryption where none is offered and none is asked for', async () => {
    const { message, document } = await send({ offersTls: false });
    expect(message.outcome).toBe('accepted');
    expect(document.summary).toContain('went without encryption');
    expect(message.transcript.map(({ line }) => line).join('\n')).toContain('STARTTLS is not offered');
  });
});

describe('a message that is refused', () => {
  it.each([
    ['at RCPT', { RCPT: '550 5.7.64 TenantAttribution; Relay Access Denied [x]' }, 'refused', '5.7.64'],
    ['at MAIL', { MAIL: '550 5.7.511 Access denied, banned sender' }, 'refused', '5.7.511'],
    [
      'after the dot',
      { '.': '550 5.7.509 Access denied, sending domain does not pass DMARC verification' },
      'refused',
      '5.7.509',
    ],
    ['for now', { RCPT: '451 4.7.500 Server busy. Please try again later' }, 'deferred', '4.7.500'],
    ['for now, closing', { MAIL: '421 4.3.2 Service not available' }, 'deferred', '4.3.2'],
    ['without a code of its own', { RCPT: '550 no' }, 'refused', null],
    ['with a code of another class', { RCPT: '550 2.1.5 odd' }, 'refused', null],
  ])('%s', async (_, replies, outcome, enhanced) => {
    const { message, journal } = await send({ replies });
    expect(message).toMatchObject({ outcome, reply: { enhanced } });
    expect(message.explanation?.fix.length).toBeGreaterThan(0);
    expect(await journal.pending()).toEqual([]);
  });
  it('by one of two recipients: each has its own verdict, and the other goes', async () => {
    const { document } = await send(
      { replies: { 'RCPT TO:<mailbox@example.net>': '550 5.7.64 TenantAttribution; Relay Access Denied [x]' } },
      { internal: 'office@contoso.com' },
    );
    expect(document.messages.map(({ to, outcome }) => [to, outcome])).toEqual([
      ['office@contoso.com', 'accepted'],
      ['mailbox@example.net', 'refused'],
    ]);
    expect(document.verdict).toBe('action-needed');
    expect(server?.messages).toHaveLength(1);
  });
  it('by the greeting', async () => {
    expect((await send({ greeting: '554 5.7.1 banned' })).message).toMatchObject({
      outcome: 'refused',
      reply: { code: 554 },
    });
  });
});

describe('a message nobody knows about', () => {
  it.each([
    ['the line is cut after the dot', { '.': 'cut' }],
    ['nonsense follows the dot', { '.': 'HTTP/1.1 200 OK' }],
  ])('when %s', async (_, replies) => {
    const { document, message, journal } = await send({ replies });
    expect(message).toMatchObject({ outcome: 'unknown', reply: null, explanation: { id: 'outcome-unknown' } });
    expect(document.verdict).toBe('cannot-tell');
    expect(await journal.pending()).toMatchObject([{ kind: 'message', key: { messageId: message.messageId } }]);
  });
  it('when stopped between dot and answer: said, not hidden', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 600);
    await expect(
      send({ replies: { '.': 'silence' } }, { signal: controller.signal, internal: 'office@contoso.com' }),
    ).rejects.toMatchObject({ code: 'outcome-unknown' });
  });
  it('is not hidden by another that was stopped before it left', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 600);
    const replies = { '.': 'silence', 'RCPT TO:<office@contoso.com>': 'silence' };
    await expect(
      send({ replies }, { signal: controller.signal, internal: 'office@contoso.com' }),
    ).rejects.toMatchObject({ code: 'outcome-unknown' });
  });
});

describe('a message that is not sent', () => {
  it.each<[string, Script | null, Options]>([
    ['nothing listens', null, {}],
    ['the greeting is cut', { greeting: 'cut' }, {}],
    ['the line is cut before the message', { replies: { RCPT: 'cut' } }, {}],
    ['the certificate is a stranger’s', { certificate: stranger }, {}],
    ['the certificate has another name', { certificate: otherName }, {}],
    ['encryption is asked for and not offered', { offersTls: false }, { requireTls: true }],
    ['the peer is this computer, outside a loopback world', {}, { loopback: false }],
    ['a web server answers', { greeting: 'HTTP/1.1 400 Bad Request' }, {}],
  ])('when %s', async (_, script, options) => {
    const { document, message, journal } = await send(script, options);
    expect(message).toMatchObject({ outcome: 'not-sent', reply: null });
    expect(message.explanation).not.toBeNull();
    expect(document.verdict).toBe('cannot-tell');
    expect(await journal.pending()).toEqual([]);
    expect(server?.messages ?? []).toEqual([]);
  });
  it('when stopped before the message left: nothing stays pending', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 400);
    const journal = memoryJournal();
    await expect(send({ replies: { RCPT: 'silence' } }, { signal: controller.signal, journal })).rejects.toThrow(
      /abort/,
    );
    expect(journal.lines).not.toContain('sent');
    expect(journal.lines).toContain('done not-sent');
    expect(await journal.pending()).toEqual([]);
  });
  it('when stopped: within a second, and no connection stays open', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const begun = performance.now();
    await expect(send({ replies: { EHLO: 'drip' } }, { signal: controller.signal })).rejects.toThrow(/abort/);
    expect(performance.now() - begun).toBeLessThan(1300);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server?.open()).toBe(0);
  });
  it.each(['a@x.test\r\nRCPT TO:<evil@x.test>', 'a b@x.test', '"a"@x.test', 'a@x.test,b@x.test', '<a@x.test>', ''])(
    'to %j',
    async (external) => {
      await expect(send({}, { external })).rejects.toMatchObject({ code: 'bad-input', field: '--external' });
      expect(server?.log).toEqual([]);
    },
  );
});
