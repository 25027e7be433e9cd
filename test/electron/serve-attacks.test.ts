/** Attacks on the loopback host, over every route: each is refused, reaches nothing, and leaves the host serving. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attacked, request, type Attacked } from './serve-attacks.ts';

let it4: Attacked;
let token = '';
beforeAll(async () => {
  it4 = await attacked({ headersMs: 700, requestMs: 1200 });
  const { text } = await it4.raw(post('/session', { key: it4.key }, { Connection: 'close' }));
  token = /"token":"([^"]+)"/.exec(text)?.[1] ?? '';
});
const passed = new Set<string>();
/** Attacks that are tests of their own. */
const BESIDE = 1;
afterAll(async () => {
  console.log(`loopback attacks: ${passed.size}/${ATTACKS.length + BESIDE}`);
  await it4.host.close();
});

type Headers = Readonly<Record<string, string | undefined>>;
const own = () => `127.0.0.1:${it4.host.port}`;
const get = (target: string, headers: Headers = {}, more: readonly string[] = []) =>
  request(`GET ${target} HTTP/1.1`, { Host: own(), ...headers }, '', more);
const post = (target: string, value: unknown, headers: Headers = {}, more: readonly string[] = []) => {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  const base = { Host: own(), Origin: `http://${own()}`, 'Content-Type': 'application/json' };
  const signed = { ...base, 'X-RelayReady-Token': token || undefined, 'Content-Length': String(body.length) };
  return request(`POST ${target} HTTP/1.1`, { ...signed, ...headers }, body, more);
};
const CALL = { id: '1', method: 'set-up.list', params: {}, language: 'en' };
/** A call that would succeed but for what is attacked. */
const call = (headers: Headers = {}, more: readonly string[] = []) => post('/call', CALL, headers, more);

type Attack = readonly [name: string, bytes: () => string | readonly string[], statuses: readonly number[]];
const of = (name: string, bytes: () => string | readonly string[], ...statuses: number[]): Attack => [
  name,
  bytes,
  statuses,
];

const ROUTES = ['/session', '/call', '/cancel', '/here'];
/** Files that listen: this host, a sign-in’s answer, and the scanner’s mail. */
const LISTENING = ['mail/catcher.ts', 'microsoft/sign-in-listener.ts', 'serve.ts'];
const HOSTS = ['localhost', 'localhost.', 'evil.example', '127.1', '2130706433', '0x7f.1', '0.0.0.0', '127.0.0.1.'];
const MORE_HOSTS = ['[::ffff:127.0.0.1]', '127.0.0.1:1@evil.example', '127.0.0.2', '[::1%25lo]', '[0:0:0:0:0:0:0:1]'];
const ORIGINS = [
  'http://evil.example',
  'null',
  'http://localhost:1',
  'https://127.0.0.1',
  'http://127.0.0.1',
  'file://',
];
const TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; x',
];
const PATHS = ['/..%2fpackage.json', '/../package.json', '/%5c..%5cx', '/index.html%00', '//evil.example/', '/.env'];
const MORE_PATHS = ['/index.html::$DATA', '/%2e%2e/%2e%2e/etc/passwd', '/session', '/call', '/?k=1', '/constructor'];
const METHODS = ['OPTIONS', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'TRACE', 'PROPFIND'];

const ATTACKS: readonly Attack[] = [
  // Rebinding
  ...[...HOSTS, ...MORE_HOSTS].map((name) =>
    of(
      `rebinding: a call to Host ${name}`,
      () => {
        const host = `${name}:${it4.host.port}`;
        return call({ Host: host, Origin: `http://${host}` });
      },
      403,
      400,
    ),
  ),
  of('rebinding: the page under a foreign name', () => get('/', { Host: 'evil.example' }), 403),
  of('rebinding: the right Host without its port', () => get('/', { Host: '127.0.0.1' }), 403),
  of('no Host', () => call({ Host: undefined }), 400),
  of('an empty Host', () => call({ Host: '' }), 403),
  of('two Hosts, the wrong one last', () => call({}, ['Host: evil.example']), 400, 403),
  of('two Hosts, both right', () => call({}, [`Host: ${own()}`]), 400, 403),
  of('an address in place of a path', () => get(`http://${own()}/`), 403),
  of('a foreign address in place of a path', () => get('http://evil.example/'), 403),
  of('HTTP/1.0', () => call().replace('HTTP/1.1', 'HTTP/1.0'), 403),
  of('HTTP/0.9', () => 'GET /\r\n\r\n', 400, 403),
  of('HTTP/2 at once', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 505),
  of('the Host of IPv6 with the Origin of IPv4', () => call({ Host: `[::1]:${it4.host.port}` }), 403),
  // Other pages
  ...ORIGINS.map((origin) => of(`a call of the origin ${origin}`, () => call({ Origin: origin }), 403)),
  ...ROUTES.map((route) => of(`no Origin at ${route}`, () => post(route, CALL, { Origin: undefined }), 403)),
  of('two Origins', () => call({}, [`Origin: http://${own()}`]), 400),
  ...['cross-site', 'same-site', 'none', 'same-origin, cross-site'].map((site) =>
    of(`Sec-Fetch-Site ${site} at a call`, () => call({ 'Sec-Fetch-Site': site }), 403),
  ),
  of('an image of another page', () => get('/', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Dest': 'image' }), 403),
  of('a frame of a neighbour', () => get('/', { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Dest': 'iframe' }), 403),
  ...ROUTES.flatMap((route) =>
    TYPES.map((type) => of(`a form of ${type} at ${route}`, () => post(route, CALL, { 'Content-Type': type }), 415)),
  ),
  of('no type at all', () => call({ 'Content-Type': undefined }), 415),
  ...ROUTES.map((route) =>
    of(
      `a preflight at ${route}`,
      () =>
        request(`OPTIONS ${route} HTTP/1.1`, {
          Host: own(),
          Origin: 'http://evil.example',
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Private-Network': 'true',
        }),
      405,
    ),
  ),
  ...METHODS.map((method) => of(`${method} a call`, () => call().replace('POST', method), 405)),
  of('an unknown method', () => call().replace('POST', 'STEAL'), 400),
  of('a tunnel', () => `CONNECT ${own()} HTTP/1.1\r\nHost: ${own()}\r\n\r\n`, 0),
  ...['/', '/call', '/here'].map((route) =>
    of(
      `a WebSocket at ${route}`,
      () => {
        const upgrade = { Upgrade: 'websocket', Connection: 'Upgrade', 'Sec-WebSocket-Version': '13' };
        return get(route, { ...upgrade, 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', Origin: `http://${own()}` });
      },
      403,
    ),
  ),
  of('an upgrade to HTTP/2', () => get('/', { Upgrade: 'h2c', Connection: 'Upgrade, HTTP2-Settings' }), 403),
  of('an event stream of calls', () => get('/call', { Accept: 'text/event-stream' }), 404),
  // Each of these at every route: none is reached around the guard
  ...ROUTES.flatMap((route) => [
    of(`rebinding at ${route}`, () => post(route, CALL, { Host: 'evil.example', Origin: 'http://evil.example' }), 403),
    of(`a form of another page at ${route}`, () => post(route, CALL, { Origin: 'http://evil.example' }), 403),
    of(`a fetch of a neighbour at ${route}`, () => post(route, CALL, { 'Sec-Fetch-Site': 'same-site' }), 403),
    of(`HTTP/1.0 at ${route}`, () => post(route, CALL).replace('HTTP/1.1', 'HTTP/1.0'), 403),
    of(
      `chunks at ${route}`,
      () => post(route, '', { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' }),
      411,
    ),
    of(`a body too large at ${route}`, () => post(route, CALL, { 'Content-Length': '99999999999' }), 413),
    of(`a page that is asked for by GET at ${route}`, () => get(route), 404),
    of(`a body that never comes at ${route}`, () => post(route, CALL).replace(/\r\n\r\n.*$/s, '\r\n\r\n'), 408),
  ]),
  // Without the token
  ...['/call', '/cancel', '/here', '/anything'].flatMap((route) => [
    of(`no token at ${route}`, () => post(route, CALL, { 'X-RelayReady-Token': undefined }), 403),
    of(`a guessed token at ${route}`, () => post(route, CALL, { 'X-RelayReady-Token': 'x'.repeat(43) }), 403),
    of(
      `the token as a cookie at ${route}`,
      () => post(route, CALL, { 'X-RelayReady-Token': undefined, Cookie: `token=${token}; relayready.token=${token}` }),
      403,
    ),
  ]),
  of('the token in the address', () => post(`/call?token=${token}`, CALL, { 'X-RelayReady-Token': undefined }), 403),
  of('the token as a bearer', () => call({ 'X-RelayReady-Token': undefined, Authorization: `Bearer ${token}` }), 403),
  of('half of the token', () => call({ 'X-RelayReady-Token': token.slice(0, 20) }), 403),
  of('the token in capital letters', () => call({ 'X-RelayReady-Token': token.toUpperCase() }), 403),
  of('two tokens', () => call({}, ['X-RelayReady-Token: x']), 400),
  of('the key once more', () => post('/session', { key: it4.key }), 403),
  of('the key in place of the token', () => call({ 'X-RelayReady-Token': it4.key }), 403),
  of('the token in place of the key', () => post('/session', { key: token }), 403),
  // Smuggling
  of('a length and chunks', () => call({ 'Transfer-Encoding': 'chunked' }), 400, 411),
  of(
    'chunks alone',
    () =>
      request(
        'POST /call HTTP/1.1',
        {
          Host: own(),
          Origin: `http://${own()}`,
          'Content-Type': 'application/json',
          'X-RelayReady-Token': token,
          'Transfer-Encoding': 'chunked',
        },
        '2\r\n{}\r\n0\r\n\r\n',
      ),
    411,
  ),
  of(
    'chunks in a strange hand',
    () => call({ 'Transfer-Encoding': 'xchunked', 'Content-Length': undefined }),
    400,
    411,
  ),
  of('two lengths that differ', () => call({}, ['Content-Length: 5']), 400),
  of('two lengths that agree', () => call({}, [`Content-Length: ${JSON.stringify(CALL).length}`]), 400),
  of('a length below nothing', () => call({ 'Content-Length': '-1' }), 400),
  of('a length in hexadecimal', () => call({ 'Content-Length': '0x10' }), 400),
  of('a length beyond counting', () => call({ 'Content-Length': '99999999999999999999999' }), 400, 413),
  of('no length', () => call({ 'Content-Length': undefined }), 411),
  of('a page request with a body', () => get('/', { 'Content-Length': '5' }) + 'abcde', 400),
  of('a folded header', () => call({ 'X-More': 'a\r\n b' }), 400),
  of('a bare line feed between headers', () => call().replace('\r\nOrigin', '\nOrigin'), 400),
  of('a bare return in a header', () => call({ 'X-More': 'a\rb' }), 400),
  of('NUL in a header', () => call({ 'X-More': 'a\0b' }), 400),
  of('a blank before the colon', () => call().replace('Origin:', 'Origin :'), 400),
  of('a header without a name', () => call({}, [': x']), 400),
  of('an expectation', () => call({ Expect: '100-continue' }), 417),
  of('another expectation', () => call({ Expect: 'a miracle' }), 417),
  // Paths
  ...[...PATHS, ...MORE_PATHS].map((path) => of(`the file ${path}`, () => get(path), 404)),
  of('a path that is a star', () => get('*'), 400, 403),
  of('a path without a slash', () => get('call'), 400, 403),
  of('a route that is not there', () => post('/call/', CALL), 404),
  of('a route of the prototype', () => post('/__proto__', CALL), 404),
  // Bodies
  of('a body that is no JSON', () => post('/call', '{'), 400),
  of('a body of nothing', () => post('/call', ''), 400),
  of('a body 100 000 deep', () => post('/call', '['.repeat(100_000) + ']'.repeat(100_000)), 400),
  of(
    'parameters 1 000 deep',
    () => post('/call', JSON.stringify(CALL).replace('{}', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`)),
    400,
  ),
  of('a key __proto__', () => post('/call', '{"__proto__":{"id":"1"},"method":"set-up.list"}'), 400),
  of(
    'a key __proto__, hidden',
    () => post('/call', JSON.stringify(CALL).replace('{}', '{"\\u005f_proto__":{"polluted":1}}')),
    400,
  ),
  of('unknown keys', () => post('/call', { ...CALL, constructor: { prototype: {} } }), 400),
  of('a number as id', () => post('/call', { ...CALL, id: 5 }), 400),
  of('an endless id', () => post('/call', { ...CALL, id: 'x'.repeat(101) }), 400),
  of('an announced gigabyte', () => call({ 'Content-Length': '1073741824' }), 413),
  of('a long key', () => post('/session', { key: 'x'.repeat(5000) }), 413),
  of('a large name to cancel', () => post('/cancel', { id: 'x'.repeat(5000) }), 413),
  of('headers of 20 kilobytes', () => call({ 'X-More': 'x'.repeat(20_000) }), 431),
  of(
    'two thousand headers',
    () =>
      call(
        {},
        Array.from({ length: 2500 }, (_, n) => `X-${n}: 1`),
      ),
    431,
    400,
  ),
  of('a path of 20 kilobytes', () => get(`/${'x'.repeat(20_000)}`), 431, 414),
  of('bytes that are no request', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'.repeat(20), 400),
  of('mail in place of a page', () => 'EHLO scanner\r\nMAIL FROM:<a@contoso.com>\r\n', 400),
  // Slow
  of('headers that never end', () => `GET / HTTP/1.1\r\nHost: ${own()}\r\nX-Slow: `, 408),
  of('not one byte of the body', () => call().replace(/\r\n\r\n.*$/s, '\r\n\r\n'), 408),
  of('half of the body', () => call().slice(0, -10), 408),
];

describe('attacks', () => {
  it.each(ATTACKS.map((attack) => [attack[0], attack] as const))('%s', async (name, [, bytes, statuses]) => {
    const before = it4.ran();
    const heard = await it4.raw(bytes(), 8000);
    expect(statuses, heard.text).toContain(heard.status);
    expect(heard.closed).toBe(true);
    expect(heard.text.toLowerCase()).not.toContain('access-control-');
    expect(heard.text).not.toContain(token);
    expect(it4.ran()).toBe(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(await it4.serves()).toBe(true);
    passed.add(name);
  });

  it('are at least a hundred, each with a name of its own', () => {
    expect(new Set(ATTACKS.map(([name]) => name)).size).toBe(ATTACKS.length);
    expect(ATTACKS.length).toBeGreaterThanOrEqual(100);
  });

  it('cover every route there is, and every server of ours is known', () => {
    const source = (file: string) => readFileSync(new URL(`../../electron/${file}`, import.meta.url), 'utf8');
    // Whoever adds a route adds it to the list above, and every attack is tried on it.
    const named = [...source('serve.ts').matchAll(/'(\/[^'/ ][^']*)'/g)].map(([, route]) => route);
    expect(new Set(named)).toEqual(new Set(ROUTES));
    const folder = new URL('../../electron/', import.meta.url);
    const listening = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('practice'))
      .filter((file) => /\bcreateServer\(/.test(source(file)));
    expect(listening.sort()).toEqual(LISTENING);
  });

  it('aim at a call that otherwise works', async () => {
    const before = it4.ran();
    const { status, text } = await it4.raw(call({ Connection: 'close' }));
    expect([status, text.includes('{"reply":{"ok":true,"value":[]}}')]).toEqual([200, true]);
    expect(it4.ran()).toBe(before + 1);
  });

  it('behind a good request on the same line is still refused', async () => {
    const before = it4.ran();
    const heard = await it4.raw([get('/'), call({ Origin: 'http://evil.example' })]);
    expect(heard.text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 403']);
    expect(it4.ran()).toBe(before);
    passed.add('pipelined');
  });
});
