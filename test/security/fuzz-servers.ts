/** What servers and devices send, fuzzed. */
import { EventEmitter, once } from 'node:events';
import type net from 'node:net';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import packet from 'dns-packet';
import fc from 'fast-check';
import { afterAll, beforeAll } from 'vitest';
import { CLOUDS, type Environment } from '../../core/environment.ts';
import { isAppError } from '../../core/errors.ts';
import { readClientHello } from '../../core/mail/client-hello.ts';
import { errorOf } from '../../electron/microsoft/exchange-error.ts';
import { parseBody, readPage } from '../../electron/microsoft/exchange-page.ts';
import { retryAfterMs } from '../../electron/microsoft/retry-after.ts';
import { readTokenClaims } from '../../electron/microsoft/token-claims.ts';
import { boundedBody } from '../../electron/net/bounded-body.ts';
import { decodeAnswer } from '../../electron/net/dns-message.ts';
import type { Dns } from '../../electron/net/dns.ts';
import { createHttp, type HttpResponse } from '../../electron/net/http.ts';
import { readReplies } from '../../electron/net/smtp-replies.ts';
import { createTestCa } from '../helpers/tls-certificates.ts';
import { damagedBytes, damagedText, fuzz, hostileText, OBEYED } from './fuzzing.ts';
import { onlyErrors } from './fuzzing.ts';

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
  status,
  headers,
  text,
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
          method: 'GET',
          url,
          maxBytes,
          deadlineMs: 3e3,
          signal: new AbortController().signal,
        });
        if (body.length > maxBytes) throw new Error('more than was asked for');
      },
      'network',
      'timeout',
      'unexpected-answer',
    );
  },
  { fewer: [40, 40] },
);

fuzz(
  'bodies as they come to the window, read no further than they may be',
  fc.tuple(fc.array(fc.nat(2000), { maxLength: 8 }), fc.nat(4000), fc.constantFrom('end', 'cut', 'endless')),
  async ([sizes, maxBytes, how]) => {
    let fetched = 0;
    let cancelled = false;
    const parts = [...sizes];
    const body = new ReadableStream<Uint8Array>({
      pull: (stream) => {
        const size = parts.shift() ?? (how === 'endless' ? 500 : null);
        if (size !== null) {
          fetched += size;
          stream.enqueue(new Uint8Array(size));
        } else if (how === 'cut') stream.error(Object.assign(new Error('cut'), { code: 'ECONNRESET' }));
        else stream.close();
      },
      cancel: () => void (cancelled = true),
    });
    const whole = sizes.reduce((sum, size) => sum + size, 0);
    const read = await boundedBody(new Response(body), maxBytes, 'contoso.com').catch((error: unknown) => error);
    // A chunk of the stream's own may wait beside the one that was too much.
    if (fetched > maxBytes + 4000) throw new Error(`${fetched} bytes were fetched`);
    if (read instanceof Uint8Array) {
      if (how !== 'end' || read.length !== whole || whole > maxBytes) throw new Error(`${read.length} of ${whole}`);
    } else if (isAppError(read)) {
      if (!cancelled || (whole <= maxBytes && how !== 'endless')) throw read;
    } else if (how !== 'cut') throw read;
  },
);
