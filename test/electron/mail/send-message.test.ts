/** One message against servers that stall, flood, lie and cut: the outcome is true, in time, and nothing stays open. */
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../core/errors.ts';
import { say } from '../../../core/text.ts';
import { sendMessage, type SendOptions } from '../../../electron/mail/send-message.ts';
import type { Dns } from '../../../electron/net/dns.ts';
import { createTestCa } from '../../helpers/tls-certificates.ts';
import { startRawServer, type RawServer, type Script } from './raw-server.ts';

const ca = await createTestCa();
const certificate = await ca.issue({ names: ['relay.contoso.com'] });
const dns = {
  servers: [],
  query: async () => ({ status: 'ok', records: [{ data: '127.0.0.1' }] }),
} as unknown as Dns;

const SHORT = { greeting: 500, reply: 500, handshake: 500, data: 500, message: 500 };

let server: RawServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function send(script: Script, options: Partial<SendOptions> = {}) {
  server = await startRawServer({ certificate, ...script });
  return sendMessage({
    host: 'relay.contoso.com',
    port: server.port,
    ca: [ca.cert],
    loopback: true,
    requireTls: false,
    from: 'scanner@contoso.com',
    to: 'mailbox@example.net',
    message: Buffer.from('Subject: Test\r\n\r\nHello\r\n'),
    dns,
    signal: new AbortController().signal,
    beforeDot: async () => undefined,
    ...options,
  });
}
const nothingOpen = async () => {
  for (let tries = 0; tries < 20 && (server?.open() ?? 0) > 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 25));
  expect(server?.open()).toBe(0);
};

describe('deadline', () => {
  it.each<[string, Script, string, string]>([
    ['no greeting', { greeting: null }, 'not-sent', 'greeting'],
    ['no answer to EHLO', { replies: { EHLO: 'silence' } }, 'not-sent', 'ehlo'],
    ['an answer without end', { replies: { EHLO: 'drip' } }, 'not-sent', 'ehlo'],
    ['no answer to STARTTLS', { replies: { STARTTLS: 'silence' } }, 'not-sent', 'starttls'],
    ['yes to STARTTLS, then silence', { replies: { STARTTLS: '220 go' } }, 'not-sent', 'starttls'],
    ['no answer to RCPT', { replies: { RCPT: 'silence' } }, 'not-sent', 'rcpt'],
    ['no answer to the dot', { replies: { '.': 'silence' } }, 'unknown', 'message'],
    ['dripping after the dot', { replies: { '.': 'drip' } }, 'unknown', 'message'],
  ])('%s', async (_, script, outcome, phase) => {
    const begun = performance.now();
    const sent = await send(script, { limits: SHORT });
    expect(sent).toMatchObject({ outcome, phase, reply: null });
    expect(sent.error).toContain('ETIMEDOUT');
    expect(performance.now() - begun).toBeLessThan(1500);
    await nothingOpen();
  });
});

describe('a server that misbehaves', () => {
  it.each<[string, Script, object]>([
    ['answers in drops', { replies: { '.': 'drops 250 2.6.0 Queued' } }, { outcome: 'accepted', reply: { code: 250 } }],
    ['closes at once', { greeting: '421 4.3.2 closing' }, { outcome: 'deferred', reply: { code: 421 } }],
    ['answers DATA with 250', { replies: { DATA: '250 go' } }, { outcome: 'not-sent', trouble: 'garbled' }],
    [
      'refuses after the dot in several lines',
      { replies: { '.': '550-5.7.1 first 100%s\r\n550 5.7.1 second' } },
      { outcome: 'refused', reply: { code: 550, enhanced: '5.7.1', text: 'first 100%s second' } },
    ],
    ['floods', { replies: { RCPT: `250-${'x'.repeat(200_000)}` } }, { outcome: 'not-sent', reply: null }],
    ['floods after the dot', { replies: { '.': `250-${'x'.repeat(200_000)}` } }, { outcome: 'unknown', reply: null }],
    ['speaks garbage', { replies: { MAIL: '\u0000\u0001\u0002' } }, { outcome: 'not-sent', reply: null }],
    ['closes while refusing', { replies: { RCPT: '421 4.7.0 busy' } }, { outcome: 'deferred', phase: 'rcpt' }],
    ['puts STARTTLS off', { replies: { STARTTLS: '454 4.7.0 not now' } }, { outcome: 'not-sent', phase: 'starttls' }],
  ])('%s', async (_, script, expected) => {
    expect(await send(script, { limits: { whole: 3000 } })).toMatchObject(expected);
    await nothingOpen();
  });
  it('slips text in after its yes to STARTTLS: nothing is sent', async () => {
    const sent = await send({ replies: { STARTTLS: '220 go\r\n250 injected' } });
    expect(sent).toMatchObject({ outcome: 'not-sent', trouble: 'injected', phase: 'starttls' });
    expect(server?.log.some((line) => line.startsWith('MAIL'))).toBe(false);
    await nothingOpen();
  });
  it('sends control and direction characters: none is kept', async () => {
    const sent = await send({ replies: { RCPT: '550 5.1.1 \u001B[31mred\u202E\u0085' } });
    expect(sent.reply?.text).toMatch(/red/);
    // oxlint-disable-next-line no-control-regex
    expect(JSON.stringify([sent.reply, sent.transcript])).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202E]|\\u001b/);
  });
  it('keeps the transcript short', async () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `250-line ${index}`).join('\r\n');
    const sent = await send({ replies: { RCPT: `${lines}\r\n250 ok` } });
    expect(sent.outcome).toBe('accepted');
    expect(sent.transcript.length).toBeLessThan(250);
  });
});

describe('stop', () => {
  it.each([
    ['connected, before the greeting', { greeting: null }],
    ['in the envelope', { replies: { MAIL: 'silence' } }],
    ['in the handshake', { replies: { STARTTLS: '220 go' } }],
  ])('%s: at once, and nothing stays open', async (_, script) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const begun = performance.now();
    await expect(send(script, { signal: controller.signal })).rejects.toThrow(/abort/);
    expect(performance.now() - begun).toBeLessThan(1200);
    await nothingOpen();
  });
  it('before it began: no connection', async () => {
    await expect(send({}, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
    expect(server?.connections()).toBe(0);
  });
  it('a journal that cannot be written: the final dot is never sent', async () => {
    const full = async () => {
      throw new AppError('storage', say('The disk is full.'));
    };
    await expect(send({}, { beforeDot: full })).rejects.toMatchObject({ code: 'storage' });
    expect(server?.messages).toEqual([]);
    await nothingOpen();
  });
});
