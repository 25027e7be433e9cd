import { domainToASCII } from 'node:url';
import { describe, expect, it } from 'vitest';
import { addressKind, isPublicIpv4, parseDomain, parseIpv4, parseIpv6, parseMailAddress } from '../../core/address.ts';

describe('parseIpv4', () => {
  it.each(['203.0.113.7', '0.0.0.0', '255.255.255.255', ' 198.51.100.4 '])('takes %s', (text) =>
    expect(parseIpv4(text)).toBe(text.trim()),
  );
  it.each([
    '203.0.113.007',
    '0xcb.0.113.7',
    '3405803783',
    '203.0.113',
    '203.0.113.256',
    '203.0.113.7/32',
    '1.2.3.4.5',
    '',
    '::1',
  ])('refuses %s', (text) => expect(parseIpv4(text)).toBeNull());
});

describe('parseIpv6', () => {
  it('gives the canonical form', () => expect(parseIpv6('2001:DB8:0:0::1')).toBe('2001:db8::1'));
  it.each(['fe80::1%eth0', '203.0.113.7', ':::', ''])('refuses %s', (text) => expect(parseIpv6(text)).toBeNull());
});

describe('addressKind', () => {
  it.each([
    ['8.8.8.8', 'public'],
    ['10.1.2.3', 'private'],
    ['172.31.0.1', 'private'],
    ['192.168.1.5', 'private'],
    ['100.64.0.1', 'shared'],
    ['127.0.0.1', 'loopback'],
    ['169.254.3.3', 'link-local'],
    ['203.0.113.7', 'documentation'],
    ['224.0.0.1', 'reserved'],
    ['240.0.0.1', 'reserved'],
    ['0.0.0.0', 'reserved'],
    ['255.255.255.255', 'reserved'],
    ['2001:db8::1', 'documentation'],
    ['::1', 'loopback'],
    ['fc00::1', 'private'],
  ] as const)('%s is %s', (address, kind) => expect(addressKind(address)).toBe(kind));
});

describe('isPublicIpv4', () => {
  it('takes a public address anywhere', () => expect(isPublicIpv4('8.8.8.8', { loopback: false })).toBe(true));
  it('takes a documentation address only in a loopback world', () => {
    expect(isPublicIpv4('203.0.113.7', { loopback: true })).toBe(true);
    expect(isPublicIpv4('203.0.113.7', { loopback: false })).toBe(false);
  });
  it.each(['10.0.0.1', '100.64.1.1', '192.168.0.1', '169.254.1.1', '127.0.0.1', '0.0.0.0', '<html>', '2001:db8::1'])(
    'never takes %s',
    (text) => expect(isPublicIpv4(text, { loopback: true })).toBe(false),
  );
});

describe('parseDomain', () => {
  it.each([
    ['Contoso.COM', 'contoso.com'],
    ['contoso.com.', 'contoso.com'],
    ['münchen.example', 'xn--mnchen-3ya.example'],
  ])('%s becomes %s', (text, domain) => expect(parseDomain(text, domainToASCII)).toBe(domain));
  it.each([
    'contoso',
    'con toso.com',
    '-a.com',
    'a-.com',
    'a..com',
    'http://contoso.com',
    '203.0.113.7',
    `${'a'.repeat(64)}.com`,
    '',
  ])('refuses %s', (text) => expect(parseDomain(text, domainToASCII)).toBeNull());
});

describe('parseMailAddress', () => {
  it('keeps the local part and lowers the domain', () =>
    expect(parseMailAddress('Scanner.One@Contoso.com')).toBe('Scanner.One@contoso.com'));
  it.each([
    'a@x.test\r\nRCPT TO:<evil@x.test>',
    'a b@x.test',
    '"quoted"@contoso.com',
    'a@b@contoso.com',
    'a,b@contoso.com',
    '<a@contoso.com>',
    '.a@contoso.com',
    'a..b@contoso.com',
    '@contoso.com',
    'scanner',
    'a\u2028b@contoso.com',
    `${'a'.repeat(65)}@contoso.com`,
  ])('refuses %j', (text) => expect(parseMailAddress(text)).toBeNull());
});
