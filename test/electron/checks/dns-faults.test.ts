/** What a person reads when the DNS fails, lies or is set up badly: every such fault, with its status and its words. */
import { describe } from 'vitest';
import { hold, type Row } from './fault-rows.ts';
import type { DnsFault, Zone } from '../../helpers/dns-server.ts';
import { HOST, ZONE, type WorldOptions } from './bench.ts';

const OFFICE = '203.0.113.7';
const everything = (fault: DnsFault | readonly DnsFault[]): WorldOptions => ({ faults: { 'contoso.com/MX': fault } });
const zone = (changes: Zone): WorldOptions => ({ records: { ...ZONE, ...changes } });
const spf = (...texts: readonly string[]): WorldOptions => zone({ 'contoso.com': { MX: `0 ${HOST}`, TXT: texts } });
/** TXT of contoso.com with RDLENGTH 0. */
const EMPTY_TXT = '00008180000100010000000007636f6e746f736f03636f6d0000100001c00c001000010000012c0000';

/** The office's resolver says `here`; the domain's own servers, on a port of their own, say `outside` – and the second `other`. */
const ownServers = (outside: string, here = 'v=spf1 -all', other = outside): WorldOptions => {
  const said = (text: string) => ({ ...ZONE['contoso.com'], TXT: text });
  return {
    records: {
      ...ZONE,
      'contoso.com': { ...said(here), NS: ['ns1.contoso.com', 'ns2.contoso.com'] },
      'ns1.contoso.com': { A: '127.0.0.1' },
      'ns2.contoso.com': { A: '127.0.0.2' },
    },
    ownNameServers: { '127.0.0.1': { 'contoso.com': said(outside) }, '127.0.0.2': { 'contoso.com': said(other) } },
  };
};

const ROWS: readonly Row[] = [
  ['no answer', 'relay-host', everything('timeout'), 'unknown', ['No name server answered in time', 'contoso.com']],
  ['an answer after some seconds', 'relay-host', everything({ delayMs: 3200 }), 'pass', ['answers slowly']],
  ['SERVFAIL once', 'relay-host', everything(['servfail']), 'pass', [HOST]],
  ['SERVFAIL always', 'relay-host', everything('servfail'), 'unknown', ['SERVFAIL', 'DNSSEC']],
  [
    'SERVFAIL always for the SPF record',
    'spf',
    { faults: { 'contoso.com/TXT': 'servfail' } },
    'unknown',
    ['could not be read'],
  ],
  ['REFUSED', 'relay-host', everything('refused'), 'unknown', ['refused to look up contoso.com']],
  ['no understanding of EDNS', 'relay-host', everything('no-edns'), 'pass', [HOST]],
  ['FORMERR to everything', 'relay-host', everything('formerr'), 'unknown', ['could not look up']],
  [
    'a domain that does not exist',
    'relay-host',
    { records: { 'cnotoso.com': { MX: '0 mx.cnotoso.com' } } },
    'fail',
    ['does not exist', 'Did you mean cnotoso.com'],
  ],
  [
    'made-up addresses for every name',
    'relay-host',
    { records: {}, dns: { handler: ({ type }) => (type === 'A' ? { A: '198.51.100.99' } : {}) } },
    'unknown',
    ['makes answers up', 'made-up answers'],
  ],
  [
    'no record of the type',
    'relay-host',
    zone({ 'contoso.com': { TXT: 'v=spf1 -all' }, [HOST]: { A: '127.0.0.1' } }),
    'warn',
    ['names no mail server', 'likely'],
  ],
  ['an answer cut off that comes whole over TCP', 'relay-host', everything('truncate'), 'pass', [HOST]],
  [
    'an answer cut off and no TCP',
    'spf',
    { faults: { 'contoso.com/TXT': 'truncate-no-tcp' } },
    'unknown',
    ['could not be read'],
  ],
  [
    'an answer cut off and no TCP, for MX',
    'relay-host',
    everything('truncate-no-tcp'),
    'unknown',
    ['cut off', 'TCP port 53'],
  ],
  ['a flood of wrong ids', 'relay-host', everything('wrong-id-then-right'), 'pass', [HOST]],
  ['answers to another question', 'relay-host', everything('wrong-question-then-right'), 'pass', [HOST]],
  ['answers about another name', 'relay-host', everything('wrong-owner'), 'unknown', ['belongs to another name']],
  [
    'aliases in a circle',
    'relay-host',
    zone({ 'contoso.com': { CNAME: 'a.contoso.com' }, 'a.contoso.com': { CNAME: 'contoso.com' } }),
    'unknown',
    ['lead in a circle'],
  ],
  [
    'seventeen aliases in a row',
    'relay-host',
    zone({
      'contoso.com': { CNAME: 'c1.contoso.com' },
      ...Object.fromEntries(
        Array.from({ length: 17 }, (_, at) => [
          `c${at + 1}.contoso.com`,
          at === 16 ? { MX: `0 ${HOST}` } : { CNAME: `c${at + 2}.contoso.com` },
        ]),
      ),
    }),
    'unknown',
    ['without end'],
  ],
  [
    'an alias at the top of the domain',
    'relay-host',
    zone({ 'contoso.com': { CNAME: 'web.contoso.com' }, 'web.contoso.com': { MX: `0 ${HOST}` } }),
    'pass',
    ['only another name (CNAME)'],
  ],
  ['an empty TXT', 'spf', spf(''), 'fail', ['has no SPF record']],
  [
    'a TXT of no bytes at all',
    'spf',
    {
      faults: {
        'contoso.com/TXT': { bytes: Buffer.from(EMPTY_TXT, 'hex') },
      },
    },
    'fail',
    ['has no SPF record'],
  ],
  [
    'a TXT of forty strings',
    'spf',
    zone({
      'contoso.com': {
        MX: `0 ${HOST}`,
        TXT: [[...('v=spf1 ip4:203.0.113.7 include:spf.protection.outlook.com -all'.match(/.{1,2}/g) ?? [])]],
      },
    }),
    'pass',
    ['lets'],
  ],
  [
    'a TXT that is no text',
    'spf',
    zone({
      'contoso.com': {
        MX: `0 ${HOST}`,
        TXT: [[Buffer.from([0xff, 0xfe, 0, 1])], 'v=spf1 ip4:203.0.113.7 include:spf.protection.outlook.com -all'],
      },
    }),
    'pass',
    ['lets'],
  ],
  [
    'a TXT of 64 kilobytes',
    'spf',
    spf('x'.repeat(60_000), 'v=spf1 ip4:203.0.113.7 include:spf.protection.outlook.com -all'),
    'pass',
    ['lets'],
  ],
  [
    'two SPF records',
    'spf',
    spf(`v=spf1 ip4:${OFFICE} -all`, 'v=spf1 include:spf.protection.outlook.com -all'),
    'fail',
    ['2 SPF records', 'use none of them', /v=spf1 [^"]*include:spf\.protection\.outlook\.com/, 'ip4:203.0.113.7'],
  ],
  [
    'an include that includes itself',
    'spf',
    spf('v=spf1 include:contoso.com -all'),
    'fail',
    ['broken', 'round in a circle'],
  ],
  [
    'eleven look-ups',
    'spf',
    {
      records: {
        ...ZONE,
        'contoso.com': {
          MX: `0 ${HOST}`,
          TXT: `v=spf1 ${Array.from({ length: 11 }, (_, at) => `include:i${at}.contoso.com`).join(' ')} -all`,
        },
        ...Object.fromEntries(
          Array.from({ length: 11 }, (_, at) => [`i${at}.contoso.com`, { TXT: 'v=spf1 ip4:192.0.2.1 -all' }]),
        ),
      },
    },
    'fail',
    ['more than 10 look-ups', 'include:i10.contoso.com'],
  ],
  [
    'three void look-ups',
    'spf',
    spf('v=spf1 a:n1.contoso.com a:n2.contoso.com a:n3.contoso.com include:spf.protection.outlook.com -all'),
    'fail',
    ['More than 2 look-ups of the record found nothing', 'a:n3.contoso.com'],
  ],
  [
    'a macro bomb',
    'spf',
    spf(`v=spf1 ${'exists:%{l}%{l}%{l}%{l}%{l}.%{ir}.contoso.com '.repeat(30)}-all`),
    'fail',
    ['found nothing', 'replace the SPF record'],
  ],
  [
    'typographic quotes',
    'spf',
    spf('“v=spf1 include:spf.protection.outlook.com -all”'),
    'fail',
    ['no SPF record that receivers can read', '“v=spf1', 'Quotation marks were taken out'],
  ],
  ['capital letters', 'spf', spf('V=SPF1 IP4:203.0.113.7 INCLUDE:spf.protection.outlook.com -ALL'), 'pass', ['lets']],
  [
    'a tab in the record',
    'spf',
    spf('v=spf1\tip4:203.0.113.7 include:spf.protection.outlook.com -all'),
    'fail',
    ['no SPF record that receivers can read', 'v=spf1 ip4:203.0.113.7 include:spf.protection.outlook.com -all'],
  ],
  [
    'its first word split over two strings',
    'spf',
    zone({
      'contoso.com': { MX: `0 ${HOST}`, TXT: [['v=sp', 'f1 ip4:203.0.113.7 include:spf.protection.outlook.com -all']] },
    }),
    'pass',
    ['lets'],
  ],
  ['a null MX', 'relay-host', zone({ 'contoso.com': { MX: '0 .' } }), 'warn', ['no mail']],
  ['an address as MX', 'relay-host', zone({ 'contoso.com': { MX: '0 127.0.0.1' } }), 'warn', ['127.0.0.1']],
  [
    'an MX that is an alias',
    'relay-host',
    zone({ 'contoso.com': { MX: '0 mail.contoso.com' }, 'mail.contoso.com': { CNAME: HOST } }),
    'pass',
    ['only another name (CNAME) for Microsoft'],
  ],
  [
    'a mail server at a private address',
    'port-25',
    { records: { ...ZONE, [HOST]: { A: '192.168.1.10' } } },
    'unknown',
    ['192.168.1.10'],
  ],
  [
    'another record inside than outside',
    'spf',
    ownServers(`v=spf1 ip4:${OFFICE} include:spf.protection.outlook.com -all`),
    'warn',
    ['not everybody knows it yet', 'up to 5 minutes', 'inside the office only', 'own name servers', 'v=spf1 -all'],
  ],
  [
    'a better record inside than outside',
    'spf',
    ownServers('v=spf1 -all', `v=spf1 ip4:${OFFICE} include:spf.protection.outlook.com -all`),
    'fail',
    ['does not let 203.0.113.7 send', 'own name servers'],
  ],
  [
    'name servers of the domain that do not agree',
    'spf',
    ownServers('v=spf1 -all', 'v=spf1 -all', 'v=spf1 ~all'),
    'unknown',
    ['do not agree', 'ns1.contoso.com', 'v=spf1 ~all', 'DNS host'],
  ],
  ['time to live of zero', 'relay-host', { dns: { ttl: 0 } }, 'pass', [HOST]],
  ['a negative time to live', 'relay-host', { dns: { ttl: 0x8000_0001 } }, 'pass', [HOST]],
  [
    'a mail server with an IPv6 address only',
    'relay-host',
    zone({ [HOST]: { AAAA: '2001:db8::25' } }),
    'fail',
    ['over IPv6 only', 'IPv4'],
  ],
  [
    'no server in reach',
    'relay-host',
    { environment: (base) => ({ ...base, dns: { servers: ['127.0.0.1:1'], doh: [] } }) },
    'unknown',
    ['No name server could be reached'],
  ],
  [
    'a name with umlauts',
    'relay-host',
    { records: { 'xn--mller-kva.example': { MX: `0 ${HOST}` }, [HOST]: { A: '127.0.0.1' } } },
    'pass',
    [HOST],
    { domain: 'xn--mller-kva.example' },
  ],
];

describe('Name look-ups that meet', () => {
  hold(ROWS);
});
