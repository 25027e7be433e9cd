/** What a person reads when the internet line, a guest network, a VPN or a proxy spoils the checks. */
import { describe } from 'vitest';
import { type Pages, type WorldOptions } from './bench.ts';
import { hold, type Row } from './fault-rows.ts';

const TENANT_PAGE = '/contoso.com/v2.0/.well-known/openid-configuration';
const voices = (pages: Pages): WorldOptions => ({
  pages,
  environment: (base, { https }) => ({
    ...base,
    publicIp: Object.keys(pages).map((path) => ({ kind: 'https' as const, url: `${https}${path}` })),
  }),
});
const clock = (aheadMs: number): WorldOptions => ({
  pages: {
    [TENANT_PAGE]: {
      headers: { date: new Date(Date.now() - aheadMs).toUTCString() },
      body: JSON.stringify({ issuer: 'https://localhost/11111111-2222-3333-4444-555555555555/v2.0' }),
    },
  },
});
const good = { body: '203.0.113.7' };

const ROWS: readonly Row[] = [
  // The line and the web.
  [
    'offline',
    'public-ip',
    { environment: (base) => ({ ...base, publicIp: [{ kind: 'https', url: 'https://localhost:1/ip' }] }) },
    'unknown',
    ['seems to be offline', 'cable'],
  ],
  [
    'a sign-in page instead, by redirect',
    'public-ip',
    voices({ '/a': { status: 302, headers: { location: 'https://wifi.example/' }, body: '' } }),
    'unknown',
    ['sign-in page', 'Guest'],
  ],
  [
    'a sign-in page instead, as a page',
    'public-ip',
    voices({ '/a': { body: '<!doctype html><title>Wi-Fi</title>203.0.113.7' } }),
    'unknown',
    ['sign-in page', 'not your office’s address'],
  ],
  [
    'a sign-in page instead, by status 511',
    'public-ip',
    voices({ '/a': { status: 511, body: '203.0.113.7' } }),
    'unknown',
    ['sign-in page'],
  ],
  [
    'an address service that answers in HTML, beside two good ones',
    'public-ip',
    voices({ '/a': { body: '<html>198.51.100.1</html>' }, '/b': good, '/c': good }),
    'pass',
    ['203.0.113.7', 'a sign-in page answered instead'],
  ],
  [
    'an address service that floods',
    'public-ip',
    voices({ '/a': { body: '7'.repeat(10_000_000) }, '/b': good, '/c': good }),
    'pass',
    ['203.0.113.7', 'answered, but with no address'],
  ],
  [
    'an address service that sends a compressed bomb',
    'public-ip',
    voices({
      '/a': { headers: { 'content-encoding': 'gzip' }, body: Buffer.from('1f8b0800000000000003edc101', 'hex') },
      '/b': good,
      '/c': good,
    }),
    'pass',
    ['203.0.113.7', 'answered, but with no address'],
  ],
  [
    'an address service that never ends',
    'public-ip',
    voices({ '/a': (_, response) => void response.write('203.'), '/b': good, '/c': good }),
    'pass',
    ['203.0.113.7', 'did not answer in time'],
  ],
  [
    'a body that is cut short',
    'public-ip',
    voices({
      '/a': (_, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('203.0.113.7');
        setImmediate(() => response.destroy());
      },
    }),
    'unknown',
    ['None of the services', 'broke off'],
  ],
  [
    'a private address from a service',
    'public-ip',
    voices({ '/a': { body: '10.1.2.3' } }),
    'unknown',
    ['a private address, not used'],
  ],
  [
    'IPv4 and IPv6 by different ways',
    'public-ip',
    voices({ '/a': good, '/b': { body: '2001:db8::7' }, '/c': good }),
    'pass',
    ['203.0.113.7', '2001:db8::7', 'IPv4 addresses only'],
  ],
  [
    'two lines used in turn',
    'seen-ip',
    { smtp: { sees: ['203.0.113.7', '198.51.100.7'] } },
    'warn',
    ['several addresses', '198.51.100.7, 203.0.113.7', 'more than one internet line'],
  ],
  [
    'a VPN for web pages',
    'seen-ip',
    { smtp: { sees: ['198.51.100.7'] } },
    'warn',
    ['Microsoft sees 198.51.100.7, but web services see 203.0.113.7', 'VPN'],
  ],
  [
    'a VPN while the office’s address is entered',
    'seen-ip',
    { smtp: { sees: ['198.51.100.7'] } },
    'warn',
    ['entered was 203.0.113.7', 'VPN'],
    { publicIps: ['203.0.113.7'] },
  ],
  [
    'HTTPS opened by an authority that is not trusted',
    'tenant',
    { untrusted: true },
    'unknown',
    ['certificate of localhost', 'not trusted', 'security product'],
  ],
  [
    'a proxy’s page with status 200',
    'tenant',
    { pages: { [TENANT_PAGE]: { body: '<html>Access denied by policy</html>' } } },
    'unknown',
    ['could not be read'],
  ],
  ['a clock eleven minutes ahead', 'tenant', clock(11 * 60_000), 'warn', ['clock', '11 minutes ahead']],
  ['a clock a day behind', 'tenant', clock(-86_400_000), 'warn', ['clock', '24 hours behind']],
  ['a clock of 1970', 'tenant', clock(-1.7e12), 'warn', ['clock', /1\d,\d{3} days behind/]],
];

describe('A line with', () => {
  hold(ROWS);
});
