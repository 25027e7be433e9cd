/** Everything that comes in or goes out, fuzzed: bytes of servers, documents, tables, command lines, requests, names, and the escapers. */
import { EventEmitter, once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type net from 'node:net';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import packet from 'dns-packet';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Client } from '../../core/clients/client.ts';
import { clientsToCsv } from '../../core/clients/export.ts';
import { CLOUDS, type Environment } from '../../core/environment.ts';
import { isAppError, type ErrorCode } from '../../core/errors.ts';
import { explain } from '../../core/explain/explain.ts';
import { readClientHello } from '../../core/mail/client-hello.ts';
import { Profile } from '../../core/profile.ts';
import { redactAll } from '../../core/redact.ts';
import { html } from '../../core/report/html.ts';
import { plain, wrap } from '../../core/report/plain-text.ts';
import { readReview } from '../../core/report/read-review.ts';
import { mendRecord } from '../../core/spf/mend-record.ts';
import { parseRecord } from '../../core/spf/parse-record.ts';
import { english, say } from '../../core/text.ts';
import { dispatch, type Engine } from '../../electron/dispatch.ts';
import { linkToOpen } from '../../electron/open-link.ts';
import { errorOf } from '../../electron/microsoft/exchange-error.ts';
import { parseBody, readPage } from '../../electron/microsoft/exchange-page.ts';
import { retryAfterMs } from '../../electron/microsoft/retry-after.ts';
import { readTokenClaims } from '../../electron/microsoft/token-claims.ts';
import { cleanText } from '../../electron/net/clean-text.ts';
import { decodeAnswer } from '../../electron/net/dns-message.ts';
import type { Dns } from '../../electron/net/dns.ts';
import { createHttp, type HttpResponse } from '../../electron/net/http.ts';
import { readReplies } from '../../electron/net/smtp-replies.ts';
import { readEnvironment } from '../../electron/storage/read-document.ts';
import { readProfileText } from '../../electron/storage/read-profiles.ts';
import { openSetUps } from '../../electron/storage/set-ups.ts';
import { checkOutput } from '../../electron/storage/write-output.ts';
import { readArguments } from '../../electron/terminal/arguments.ts';
import type { Command } from '../../electron/terminal/command.ts';
import { createTestCa } from '../helpers/tls-certificates.ts';
import { attacked, type Attacked } from '../electron/serve-attacks.ts';
import { damagedBytes, damagedText, expectUntouched, fuzz, hostileText, OBEYED } from './fuzzing.ts';

/** Anything else thrown is a bug of ours. */
async function onlyErrors(work: () => unknown, ...codes: readonly ErrorCode[]): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isAppError(error) || !codes.includes(error.code)) throw error;
    if (error.message === '') throw new Error('an error without words', { cause: error });
  }
  expectUntouched();
}

let folder = '';
let serve: Attacked;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-fuzz-'));
  mkdirSync(path.join(folder, 'set-ups'), { recursive: true });
  serve = await attacked({ headersMs: 300, requestMs: 300, burst: 1e9 });
});
afterAll(async () => {
  await serve.host.close();
  rmSync(folder, { recursive: true, force: true });
});

// What servers send

fuzz(
  'SMTP replies',
  fc.tuple(
    damagedBytes(
      Buffer.from('220 mail.contoso.com ESMTP\r\n250-mail.contoso.com\r\n250-SIZE 157286400\r\n250 STARTTLS\r\n'),
      Buffer.from('550 5.7.64 TenantAttribution; Relay Access Denied\r\n'),
      Buffer.from(`${'250-x\r\n'.repeat(200)}250 end\r\n`),
    ),
    fc.array(fc.nat(400), { maxLength: 6 }),
  ),
  async ([bytes, cuts]) => {
    const socket = new EventEmitter();
    const reader = readReplies(socket as net.Socket);
    const heard = reader.next().then(
      ({ code, lines, raw }) => {
        if (code < 200 || code > 599 || lines.length > 129) throw new Error(`${code} in ${lines.length} lines`);
        for (const line of raw) if (OBEYED.test(line)) throw new Error('a control character was kept');
      },
      (error: Error) => {
        if (error.name !== 'NotSmtp' && error.message !== 'the connection was closed') throw error;
      },
    );
    let from = 0;
    for (const cut of [...cuts].sort((a, b) => a - b)) {
      socket.emit('data', bytes.subarray(from, cut));
      from = Math.max(from, cut);
    }
    socket.emit('data', bytes.subarray(from));
    socket.emit('close');
    await heard;
    if (reader.leftover() > 200_000) throw new Error('kept too much');
  },
);

const answers = packet.encode({
  type: 'response',
  id: 7,
  flags: 0x8180,
  questions: [{ name: 'contoso.com', type: 'TXT' }],
  answers: [
    { name: 'contoso.com', type: 'CNAME', ttl: 60, data: 'www.contoso.com' },
    { name: 'www.contoso.com', type: 'TXT', ttl: 60, data: [Buffer.from('v=spf1 -all')] },
    { name: 'contoso.com', type: 'MX', ttl: 60, data: { preference: 10, exchange: 'mail.contoso.com' } },
  ],
});
fuzz(
  'DNS messages',
  fc.tuple(damagedBytes(answers), fc.constantFrom('TXT', 'MX', 'A', 'CNAME', 'NS')),
  ([bytes, type]) => {
    const read = decodeAnswer(bytes, 'contoso.com', type);
    for (const record of read?.records ?? [])
      if (record.type !== type || record.ttl < 0) throw new Error(JSON.stringify(record));
  },
);

const hello = Buffer.from(
  '16030100a5010000a10303000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f000008c02fc030009e009f01000070',
  'hex',
);
fuzz('the hello of a device that wants encryption', damagedBytes(hello), (bytes) => void readClientHello(bytes));

const response = (status: number, text: string, headers: Record<string, string> = {}): HttpResponse => ({
  ...{ status, headers, text },
  body: Buffer.from(text),
});
fuzz(
  'answers of Exchange',
  fc.tuple(
    fc.constantFrom(200, 204, 400, 401, 403, 404, 429, 500, 503),
    damagedText(
      '{"value":[{"Name":"RelayReady","Enabled":true}],"@odata.nextLink":"https://outlook.office365.com/x","@adminapi.warnings":["w"]}',
      '{"error":{"code":"x","message":"|Microsoft.Exchange.Management.Tasks.ValidationException|wrong","details":[{"message":"m"}],"innererror":{"internalexception":{"message":"m"}}}}',
      '<html><body>busy</body></html>',
    ),
    hostileText('120', 'Wed, 21 Oct 2026 07:28:00 GMT'),
    fc.boolean(),
  ),
  async ([status, text, after, write]) => {
    const heard = response(status, text, { 'retry-after': after });
    const body = parseBody(heard);
    await onlyErrors(() => {
      for (const warning of readPage(heard, body, write).warnings)
        if (OBEYED.test(warning)) throw new Error('a control character was kept');
    }, 'unexpected-answer');
    if (!isAppError(errorOf('Get-InboundConnector', heard, body))) throw new Error('not ours');
    const wait = retryAfterMs(heard.headers, Date.now());
    if (wait !== null && !(wait >= 0 && Number.isFinite(wait))) throw new Error(`waits ${wait}`);
  },
);

fuzz(
  'tokens',
  damagedText(
    `h.${Buffer.from('{"tid":"0b7c2c1e-5c0a-4b57-9a43-0d9b8f6f1a11","upn":"a@contoso.com","exp":1}').toString('base64url')}.s`,
  ),
  (token) => onlyErrors(() => readTokenClaims(token), 'unexpected-answer'),
);

const ca = await createTestCa();
const web = tls.createServer(await ca.issue({ names: ['localhost'] }));
/** What it says to the next who asks. */
let said: Uint8Array = Buffer.alloc(0);
web.on('secureConnection', (socket) => {
  socket.on('error', () => undefined);
  socket.once('data', () => socket.end(said));
});
beforeAll(async () => {
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
});
afterAll(() => web.close());
fuzz(
  'answers of web servers, read no further than they may be',
  fc.tuple(
    damagedBytes(
      Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n\r\n203.0.113.7\n'),
      Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5;x=y\r\nworld\r\n0\r\n\r\n'),
      Buffer.from(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(5000)}`),
    ),
    fc.nat(3000),
  ),
  async ([bytes, maxBytes]) => {
    said = bytes;
    const environment = { ...(CLOUDS[0] as Environment), dns: { servers: [], doh: [] }, ca: [ca.cert], loopback: true };
    const { port } = web.address() as AddressInfo;
    const url = `https://localhost:${port}/`;
    await onlyErrors(
      async () => {
        const { body } = await createHttp(environment, {} as Dns).send({
          ...{ method: 'GET', url, maxBytes, deadlineMs: 3000 },
          signal: new AbortController().signal,
        });
        if (body.length > maxBytes) throw new Error('more than was asked for');
      },
      'network',
      'timeout',
      'unexpected-answer',
    );
  },
  { slower: 40 },
);

// What people and other programs hand over

fuzz(
  'SPF records',
  fc.oneof(
    damagedText(
      'v=spf1 ip4:203.0.113.7 ip4:198.51.100.0/24 include:spf.protection.outlook.com a:mail.contoso.com mx -all',
      'v=spf1 exists:%{ir}.%{v}._spf.%{d2} ?ptr redirect=_spf.contoso.com exp=why.contoso.com',
    ),
    hostileText('v=spf1', ' include:', ' ip6:2001:db8::/32', ' a/24//64', '%{l1r+}', ' ~all', ' redirect='),
  ),
  (text) => {
    const { terms } = parseRecord(text);
    for (const { offset, text: word } of terms)
      if (text.slice(offset, offset + word.length) !== word) throw new Error('a term stands elsewhere');
    void mendRecord(text);
  },
);

const profile = JSON.stringify({
  ...{ schema: 'relayready/profile@1', name: 'Contoso', domain: 'contoso.com', sender: 'scanner@contoso.com' },
  ...{
    devices: [{ name: 'Hall', address: '192.168.1.50', brand: 'Ricoh', model: 'IM C3000' }],
    publicIps: ['203.0.113.7'],
  },
  ...{ connector: { name: 'RelayReady', authentication: 'ip', certificateName: null, requireTls: true }, notes: 'x' },
});
async function rowsOf(name: string, text: string, cut: number): Promise<void> {
  const bytes = Buffer.from(text);
  async function* source(): AsyncGenerator<Buffer> {
    yield bytes.subarray(0, cut);
    yield await Promise.resolve(bytes.subarray(cut));
  }
  for await (const row of readProfileText(name, source())) {
    if (!row.where.startsWith(`${name}:`)) throw new Error(`no place: ${row.where}`);
    if ('profile' in row) Profile.parse(row.profile);
    else if ('problem' in row && english(row.problem) === '') throw new Error('no words');
  }
}
fuzz('profiles, one a line', fc.tuple(damagedText(profile, `${profile}\n${profile}\r\n`), fc.nat(400)), ([text, cut]) =>
  onlyErrors(() => rowsOf('x.jsonl', text, cut), 'bad-option'),
);
fuzz(
  'tables',
  fc.tuple(
    fc.oneof(
      damagedText(
        'client,name,domain,device,publicIps\r\nContoso,Front,contoso.com,192.168.1.50,203.0.113.7\r\n"Fabrikam, Inc","a ""b""\r\nc",fabrikam.com,,"198.51.100.1;198.51.100.2"\r\n',
        'name;domain;password\nA;contoso.com;secret\n',
      ),
      hostileText('domain', ',', ';', '"', '\r\n', 'contoso.com'),
    ),
    fc.nat(300),
  ),
  ([text, cut]) => onlyErrors(() => rowsOf('x.csv', text, cut), 'bad-option'),
);

const report = `{"schema":"relayready/report@1","profile":${profile},"environment":"public","practice":false,"startedAt":"2026-11-25T10:00:00.000Z","durationMs":5,"verdict":"ready","results":[]}`;
const setUp = `{"schema":"relayready/set-up@1","id":"0b7c2c1e-5c0a-4b57-9a43-0d9b8f6f1a11","profile":${profile},"environment":"public","step":"line","skipped":[],"finished":[],"report":${report},"spf":null,"plan":null,"outcome":null,"test":null,"savedAt":"2026-11-25T10:00:00.000Z"}`;
fuzz('reports and set-ups of others', damagedText(report, setUp), (text) =>
  onlyErrors(() => readReview(text, () => 'id'), 'bad-input'),
);
fuzz(
  'saved set-ups',
  damagedText(setUp),
  async (text) => {
    const file = path.join(folder, 'set-ups', '0b7c2c1e-5c0a-4b57-9a43-0d9b8f6f1a11.json');
    writeFileSync(file, text);
    const store = openSetUps(folder);
    await onlyErrors(() => store.load('0b7c2c1e-5c0a-4b57-9a43-0d9b8f6f1a11'), 'not-found', 'storage');
    // Never gone: it is where it was, or set aside.
    if (readdirSync(path.join(folder, 'set-ups')).length === 0) throw new Error('a file is gone');
    for (const name of readdirSync(path.join(folder, 'set-ups')))
      rmSync(path.join(folder, 'set-ups', name), { recursive: true });
  },
  { slower: 4 },
);
fuzz(
  'environment files',
  damagedText(
    '{"schema":"relayready/environment@1","name":"lab","login":{"authority":"https://login.contoso.com","clientId":null,"scopes":["x"]},"exchange":{"url":"https://outlook.contoso.com"},"relay":{"smtpPort":25,"spfInclude":"spf.contoso.com"},"dns":{"servers":["127.0.0.1:5353"]}}',
  ),
  async (text) => {
    const file = path.join(folder, 'environment.json');
    writeFileSync(file, text);
    await onlyErrors(() => readEnvironment(file), 'bad-environment');
  },
  { slower: 2 },
);

const command: Command = {
  ...{ summary: say('x'), usage: '', positionals: 1, run: () => Promise.resolve(0) },
  options: { out: { type: 'string', value: 'FILE', help: say('x') }, yes: { type: 'boolean', help: say('x') } },
};
fuzz(
  'command lines',
  fc.array(
    fc.oneof(
      hostileText('--', '-', '=', 'domain', 'out', 'json', 'yes'),
      fc.constantFrom('--json', '--out', '--domain=contoso.com', '--', '--yes=1', '-h'),
    ),
    { maxLength: 6 },
  ),
  (argv) => onlyErrors(() => readArguments(argv, command), 'bad-option'),
);
fuzz('names of files to write', hostileText('report', '.pdf', '.html', '/', 'CON', 'NUL.txt', ' '), (name) =>
  onlyErrors(() => checkOutput(name, ['.pdf', '.html']), 'bad-option'),
);
fuzz(
  'names of damaged files',
  hostileText('0b7c2c1e-5c0a-4b57-9a43-0d9b8f6f1a11', '.json', '.damaged-', '1', '../', '/etc/passwd'),
  async (name) => {
    await onlyErrors(() => openSetUps(folder).takeNote(name), 'not-found', 'storage');
    if (readdirSync(folder).some((one) => !['set-ups', 'environment.json'].includes(one))) throw new Error('outside');
  },
  { slower: 2 },
);

fuzz(
  'calls of a page',
  fc.tuple(
    hostileText('set-up.list', 'set-up.load', 'explain.text', 'app.info', '__proto__', 'constructor'),
    fc.oneof(
      fc.anything({ maxDepth: 3 }),
      fc.json().map((text): unknown => JSON.parse(text)),
    ),
  ),
  async ([method, params]) => {
    const engine = new Proxy({}, { get: () => () => Promise.resolve([]) }) as Engine;
    const signal = new AbortController().signal;
    const context = { signal, onProgress: () => undefined, t: english };
    // An engine that answers nonsense is a bug and told as one; no call may throw.
    const reply = await dispatch(engine, method, params, context, () => Promise.resolve('log'));
    if (!reply.ok && reply.error.message === '') throw new Error('no words');
    expectUntouched();
  },
);
fuzz(
  'requests to the loopback host',
  damagedBytes(
    Buffer.from('GET / HTTP/1.1\r\nHost: 127.0.0.1:80\r\nSec-Fetch-Site: none\r\n\r\n'),
    Buffer.from(
      'POST /call HTTP/1.1\r\nHost: 127.0.0.1:80\r\nOrigin: http://127.0.0.1:80\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
    ),
  ),
  async (bytes) => {
    const before = serve.ran();
    const { text } = await serve.raw(
      bytes.toString('latin1').replaceAll('127.0.0.1:80', `127.0.0.1:${serve.host.port}`),
      40,
    );
    if (serve.ran() !== before) throw new Error('it reached the engine');
    if (/HTTP\/1\.1 5/.test(text)) throw new Error(text);
  },
  { slower: 40 },
);
it('after all that, the loopback host serves', async () => expect(await serve.serves()).toBe(true));

fuzz(
  'links to open',
  hostileText('https://', 'http://', 'javascript:', 'contoso.com', '192.168.1.50', '@', '/'),
  (text) => {
    const link = linkToOpen(text);
    if (link !== null && !/^(https:\/\/[^/@\\\s]+|http:\/\/(10|172|192|169)\.[\d.]+(:\d+)?)(\/|$)/.test(link))
      throw new Error(link);
  },
);

// What goes out

fuzz(
  'texts of strangers, explained',
  hostileText('550 5.7.64', 'AADSTS50126', 'smtp;', ' Relay Access Denied ', '\n'),
  (text) => {
    const { cause, detail } = explain(text, english) as { readonly cause?: string; readonly detail?: string };
    if (OBEYED.test(`${cause ?? ''}`) || `${detail ?? ''}`.length > 1_100_000) throw new Error('obeyed');
  },
);
fuzz('HTML', hostileText('<b>', 'onerror=', 'javascript:', '{{', '${'), (text) => {
  const { html: made } = html`<p title="${text}">${text}</p>`;
  const inside = made.slice('<p title="'.length, -'</p>'.length).replace('">', '');
  if (/[<>"']/.test(inside) || OBEYED.test(made)) throw new Error(made);
  if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(inside)) throw new Error(`not escaped: ${made}`);
});
fuzz('the terminal', hostileText('\u001b]0;title\u0007', '\u001b[31m', 'a b c '), (text) => {
  for (const shown of [plain(text), wrap(text, '  '), cleanText(text)])
    if (OBEYED.test(shown.replaceAll('\n', ''))) throw new Error(JSON.stringify(shown));
});
fuzz(
  'CSV, and back',
  fc.array(hostileText('=', '+', '-', '@', '"', ',', ';', "'", ' '), { minLength: 3, maxLength: 3 }),
  ([name = '', device = '', connector = '']) => {
    const made = Client.safeParse({
      ...{ id: '0b7c2c1e-5c0a-4b57-9a43-0d9b8f6f1a11', name: name.slice(0, 90), addedAt: '2026-11-25T10:00:00.000Z' },
      sites: [
        {
          id: 'main',
          profile: {
            domain: 'contoso.com',
            devices: [{ name: device.slice(0, 90) }],
            connector: { name: connector.slice(0, 60) },
          },
        },
      ],
    });
    if (!made.success) return;
    const [, row = []] = parse(clientsToCsv([made.data]), { bom: true, relax_column_count: false }) as string[][];
    const wrong = row.filter((cell) => /^[=+\-@\t\r]/.test(cell));
    if (wrong.length > 0) throw new Error(`a formula: ${JSON.stringify(wrong)}`);
    if (row[0]?.replace(/^'(?='*[=+\-@])/, '') !== Buffer.from(made.data.name).toString())
      throw new Error(`${JSON.stringify(row[0])} is not the name`);
  },
  { examples: [["'=", '', ' ']] },
);
fuzz(
  'the report of a problem',
  hostileText('scanner@contoso.com', ' 203.0.113.7 ', 'eyJhbGciOi.eyJhbGciOi.x', '/home/user/'),
  (text) => {
    const told = redactAll(text);
    if (/scanner@contoso\.com|203\.0\.113\.7/.test(told)) throw new Error(told);
  },
);
