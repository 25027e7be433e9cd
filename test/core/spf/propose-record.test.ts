/** The record to publish: by table, and by properties that hold for any record. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateSpf } from '../../../core/spf/evaluate.ts';
import { proposeRecord } from '../../../core/spf/propose-record.ts';
import { withPublished, type SpfAnswer, type SpfQuery } from '../../../core/spf/spf-question.ts';
import { english } from '../../../core/text.ts';
import { run } from '../../helpers/spf-run.ts';

const IP = '203.0.113.7';
const INCLUDE = 'spf.protection.outlook.com';
const DOMAIN = 'contoso.com';
const WANTED = { ips: [IP], include: INCLUDE };
const OTHERS: Readonly<Record<string, string>> = {
  [INCLUDE]: 'v=spf1 ip4:40.92.0.0/15 -all',
  '_spf.mailer.example': 'v=spf1 ip4:192.0.2.0/24 ~all',
  '_spf.microsoft-inside.example': `v=spf1 include:${INCLUDE} -all`,
  ...Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`s${at}.example`, 'v=spf1 ip4:198.51.100.0/24 ~all'])),
};
const input = (ip = IP) => ({ ip, domain: DOMAIN, sender: `scanner@${DOMAIN}`, helo: DOMAIN });
const zone =
  (texts: readonly string[]) =>
  ({ name, type }: SpfQuery): SpfAnswer => {
    if (type === 'A' && name === DOMAIN) return { status: 'found', records: ['198.51.100.30'] };
    if (type !== 'TXT') return { status: 'none', noSuchName: false };
    const found = name === DOMAIN ? texts : OTHERS[name] === undefined ? [] : [OTHERS[name]];
    return found.length === 0 ? { status: 'none', noSuchName: name !== DOMAIN } : { status: 'found', records: found };
  };
const propose = (texts: readonly string[], wanted = WANTED) =>
  run(
    (function* () {
      return yield* proposeRecord(input(), yield* evaluateSpf(input()), wanted);
    })(),
    zone(texts),
  );
const resultOf = (record: string, ip: string) =>
  run(withPublished(evaluateSpf(input(ip)), DOMAIN, record), zone([])).result;

describe('the record to publish', () => {
  it.each<[string, readonly string[], string | null]>([
    ['nothing there', [], `v=spf1 ip4:${IP} include:${INCLUDE} -all`],
    ['other texts only', ['google-site-verification=1'], `v=spf1 ip4:${IP} include:${INCLUDE} -all`],
    ['already right', [`v=spf1 ip4:${IP} include:${INCLUDE} -all`], null],
    ['already right, by range', [`v=spf1 ip4:203.0.113.0/24 include:${INCLUDE} ~all`], null],
    ['already right, include further down', [`v=spf1 ip4:${IP} include:_spf.microsoft-inside.example -all`], null],
    ['the address is missing', [`v=spf1 include:${INCLUDE} -all`], `v=spf1 ip4:${IP} include:${INCLUDE} -all`],
    ['the include is missing', [`v=spf1 ip4:${IP} ~all`], `v=spf1 ip4:${IP} include:${INCLUDE} ~all`],
    [
      'others are kept',
      ['v=spf1 a include:_spf.mailer.example ?all'],
      `v=spf1 ip4:${IP} a include:_spf.mailer.example include:${INCLUDE} ?all`,
    ],
    ['no ending', ['v=spf1 a'], `v=spf1 ip4:${IP} a include:${INCLUDE}`],
    [
      'redirect stays last',
      ['v=spf1 redirect=_spf.mailer.example'],
      `v=spf1 ip4:${IP} include:${INCLUDE} redirect=_spf.mailer.example`,
    ],
    [
      'refused before: put in front',
      [`v=spf1 -ip4:203.0.113.0/24 include:${INCLUDE} -all`],
      `v=spf1 ip4:${IP} -ip4:203.0.113.0/24 include:${INCLUDE} -all`,
    ],
    ['two records', ['v=spf1 a -all', `v=spf1 include:${INCLUDE} ~all`], null],
    ['a typing error', [`v=spf1 inclde:${INCLUDE} -all`], `v=spf1 ip4:${IP} include:${INCLUDE} -all`],
    ['behind the ending', [`v=spf1 -all include:${INCLUDE}`], `v=spf1 ip4:${IP} include:${INCLUDE} -all`],
    ['upper case', [`V=SPF1 INCLUDE:${INCLUDE.toUpperCase()} -ALL`], null],
  ])('%s', (title, texts, record) => {
    const proposal = propose(texts);
    if (title === 'two records') {
      expect(proposal.record).toMatch(/^v=spf1 /);
      expect(proposal.record?.match(/all/g)).toHaveLength(1);
    } else if (title === 'upper case')
      expect(proposal.record?.toLowerCase()).toBe(`v=spf1 ip4:${IP} include:${INCLUDE} -all`);
    else expect(proposal.record).toBe(record);
    if (proposal.record === null) return;
    expect(resultOf(proposal.record, IP)).toBe('pass');
    expect(proposal.result).toBe('pass');
  });

  it('takes all wanted addresses, IPv6 too', () => {
    const wanted = { ips: [IP, '198.51.100.7', '2001:db8::7'], include: INCLUDE };
    const { record } = propose(['v=spf1 -all'], wanted);
    expect(record).toBe(`v=spf1 ip4:${IP} ip4:198.51.100.7 ip6:2001:db8::7 include:${INCLUDE} -all`);
  });
  it('proposes nothing over ten look-ups and says what could go', () => {
    const many = `v=spf1 ${Array.from({ length: 12 }, (_, at) => `include:s${at}.example`).join(' ')} -all`;
    const { record, notes } = propose([many]);
    expect(record).toBeNull();
    const words = notes.map((note) => english(note)).join(' ');
    expect(words).toMatch(/13 look-ups/);
    expect(words).toMatch(/Take out “include:s\d+\.example”/);
  });
  it('warns of +all and changes nothing by itself', () => {
    const { record, notes } = propose(['v=spf1 +all']);
    expect(record).toBeNull();
    expect(notes.map((note) => english(note)).join(' ')).toMatch(/everybody/);
  });
  it('says that a long record comes in pieces', () => {
    const long = `v=spf1 ${Array.from({ length: 20 }, (_, at) => `ip4:198.51.100.${at}`).join(' ')} -all`;
    expect(
      propose([long])
        .notes.map((note) => english(note))
        .join(' '),
    ).toMatch(/pieces/);
  });
  it('proposes nothing when the record could not be read', () => {
    const silent = (): SpfAnswer => ({ status: 'failed', trouble: 'timeout' });
    const proposal = run(
      (function* () {
        return yield* proposeRecord(input(), yield* evaluateSpf(input()), WANTED);
      })(),
      silent,
    );
    expect(proposal.record).toBeNull();
    expect(proposal.notes.length).toBeGreaterThan(0);
  });
});

describe('any record', () => {
  const term = fc.constantFrom(
    'a',
    'mx',
    'ip4:198.51.100.0/24',
    '-ip4:203.0.113.0/25',
    'include:_spf.mailer.example',
    `include:${INCLUDE}`,
    '~ip4:192.0.2.1',
    'exists:%{i}.example',
    '?a:mail.example',
    'inclde:x.example',
    'ip4:1.2.3',
    'ptr',
  );
  const ending = fc.constantFrom('-all', '~all', '?all', '', 'redirect=_spf.mailer.example');
  const record = fc
    .tuple(fc.array(term, { maxLength: 6 }), ending)
    .map(([terms, end]) => ['v=spf1', ...terms, end].filter(Boolean).join(' '));
  const SENDERS = ['198.51.100.9', '192.0.2.200', '40.92.1.1', '203.0.113.200', '8.8.8.8'];

  it('becomes one that passes, is left alone the second time, and shuts nobody out', () => {
    fc.assert(
      fc.property(record, (published) => {
        const proposal = propose([published]);
        const now = proposal.record ?? published;
        if (proposal.record === null && resultOf(published, IP) !== 'pass') return;
        expect(resultOf(now, IP)).toBe('pass');
        expect(propose([now]).record).toBeNull();
        for (const sender of SENDERS)
          if (resultOf(published, sender) === 'pass') expect(resultOf(now, sender)).toBe('pass');
      }),
      { numRuns: 500 },
    );
  });
});
