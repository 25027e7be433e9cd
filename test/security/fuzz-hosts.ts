/** What a page, another program or another page asks of us, fuzzed. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { english } from '../../core/text.ts';
import { dispatch, type Engine } from '../../electron/dispatch.ts';
import { linkToOpen } from '../../electron/open-link.ts';
import { attacked, type Attacked } from '../electron/serve-attacks.ts';
import { damagedBytes, expectUntouched, fuzz, hostileText } from './fuzzing.ts';

let serve: Attacked;
beforeAll(async () => {
  serve = await attacked({ headersMs: 300, requestMs: 300, burst: 1e9 });
});
afterAll(() => serve.host.close());

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
  { fewer: [40, 10] },
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
