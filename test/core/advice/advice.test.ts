/** The decision table: for each office, the way that is named first, what it needs beforehand, and what is ruled out. */
import { describe, expect, it } from 'vitest';
import { advise, NOTHING_KNOWN, reasonsAgainst, type OfficeFacts } from '../../../core/advice/advice.ts';
import { METHODS, type Method } from '../../../core/advice/methods.ts';
import { english } from '../../../core/text.ts';

type Row = readonly [office: string, facts: Partial<OfficeFacts>, best: Method, needsFirst: RegExp | null];

const TABLE: readonly Row[] = [
  ['fixed address, port 25 open', { address: 'fixed', port25: 'open' }, 'relay-by-address', null],
  [
    'the same, whatever else it has',
    { address: 'fixed', port25: 'open', oauth: true, certificate: true, recipients: 'inside' },
    'relay-by-address',
    null,
  ],
  ['nothing known', {}, 'relay-by-address', null],
  ['changing address', { address: 'changing', port25: 'open' }, 'relay-by-address', /fixed public IPv4/],
  ['shared address', { address: 'shared', port25: 'open' }, 'relay-by-address', /fixed public IPv4/],
  [
    'changing address, device with a certificate',
    { address: 'changing', certificate: true, oauth: true },
    'relay-by-certificate',
    null,
  ],
  ['shared address, device with OAuth', { address: 'shared', oauth: true }, 'oauth', null],
  ['changing address, inside only', { address: 'changing', recipients: 'inside' }, 'high-volume-email', null],
  ['port 25 closed', { address: 'fixed', port25: 'closed' }, 'relay-by-address', /port 25/],
  ['port 25 closed, device with OAuth', { port25: 'closed', oauth: true, certificate: true }, 'oauth', null],
  ['port 25 closed, inside only', { port25: 'closed', recipients: 'inside' }, 'high-volume-email', null],
  [
    'port 25 closed, old device, to anyone',
    { port25: 'closed', oauth: false, recipients: 'anyone' },
    'relay-by-address',
    /port 25/,
  ],
  [
    'connectors blocked',
    { address: 'fixed', port25: 'open', connectorsBlocked: true },
    'relay-by-address',
    /Microsoft’s support/,
  ],
  [
    'connectors blocked, a certificate does not help',
    { connectorsBlocked: true, certificate: true },
    'relay-by-address',
    /Microsoft’s support/,
  ],
  ['connectors blocked, inside only', { connectorsBlocked: true, recipients: 'inside' }, 'direct-send', null],
  [
    'connectors blocked, inside only, Direct Send refused',
    { connectorsBlocked: true, recipients: 'inside', directSendRefused: true },
    'high-volume-email',
    null,
  ],
];

/** Every combination of facts there is. */
function* everyOffice(): Generator<OfficeFacts> {
  const maybe = [true, false, null] as const;
  for (const address of ['fixed', 'changing', 'shared', 'unknown'] as const)
    for (const port25 of ['open', 'closed', 'unknown'] as const)
      for (const recipients of ['inside', 'anyone', 'unknown'] as const)
        for (const oauth of maybe)
          for (const certificate of maybe)
            for (const connectorsBlocked of maybe)
              for (const directSendRefused of maybe)
                for (const licensedMailbox of [true, false] as const)
                  for (const recipientsPerDay of [null, 20_000])
                    for (const today of ['2026-11-24', '2027-01-02'])
                      yield {
                        address,
                        port25,
                        recipients,
                        oauth,
                        certificate,
                        connectorsBlocked,
                        directSendRefused,
                        licensedMailbox,
                        recipientsPerDay,
                        today,
                      };
}
const offices = [...everyOffice()];

describe('advise', () => {
  it.each(TABLE)('%s', (_, facts, best, needsFirst) => {
    const advice = advise({ ...NOTHING_KNOWN, ...facts }, english);
    expect(advice.method).toBe(best);
    expect(advice.first.join(' ')).toMatch(needsFirst ?? /^$/);
  });

  it('names every way exactly once, as fitting or as ruled out with a reason', () => {
    const all = Object.keys(METHODS).sort();
    for (const facts of offices) {
      const advice = advise(facts, english);
      const named = [advice, ...advice.others, ...advice.ruledOut];
      expect(named.map(({ method }) => method).sort()).toEqual(all);
      expect(named.every(({ why, title }) => why !== '' && title !== '')).toBe(true);
    }
  });

  it('never lets a closed port, a foreign address or an outside recipient slip through', () => {
    const broken = offices.filter((facts) => {
      const { method, first, others } = advise(facts, english);
      const ready = [{ method, first }, ...others].filter((way) => way.first.length === 0).map((way) => way.method);
      const has = (...methods: readonly Method[]) => methods.some((way) => ready.includes(way));
      return (
        (facts.port25 === 'closed' && has('relay-by-address', 'relay-by-certificate', 'direct-send')) ||
        ((facts.address === 'changing' || facts.address === 'shared') && has('relay-by-address')) ||
        (facts.recipients === 'anyone' && has('high-volume-email', 'direct-send')) ||
        (facts.connectorsBlocked === true && has('relay-by-address', 'relay-by-certificate')) ||
        (facts.directSendRefused === true && has('direct-send')) ||
        (facts.oauth === false && has('oauth')) ||
        (facts.licensedMailbox === false && has('oauth', 'password')) ||
        ((facts.recipientsPerDay ?? 0) > 10_000 && has('oauth', 'password')) ||
        (facts.today > '2026-12-31' && has('password'))
      );
    });
    expect(broken).toEqual([]);
  });

  it('keeps the usual way exactly when nothing speaks against it', () => {
    for (const facts of offices.filter((office) => reasonsAgainst(office).length === 0))
      expect(advise(facts, english)).toMatchObject({ method: 'relay-by-address', first: [] });
  });
});

describe('the end of passwords', () => {
  const password = (today: string) => {
    const { others, ruledOut } = advise({ ...NOTHING_KNOWN, today }, english);
    return [...others, ...ruledOut].find(({ method }) => method === 'password')?.why ?? '';
  };
  it('is named with its day before it, and with what is still possible after it', () => {
    expect(password('2026-12-31')).toContain('at the end of December 2026 Microsoft switches it off by default');
    expect(password('2027-01-01')).toContain('has switched it off by default since the end of December 2026');
    expect(password('2027-01-01')).toContain('second half of 2027');
  });
  it('is never the first way', () => {
    for (const facts of offices) expect(advise(facts, english).method).not.toBe('password');
  });
});

describe('reasonsAgainst', () => {
  it('has none when nothing is known, and one for each trouble', () => {
    expect(reasonsAgainst(NOTHING_KNOWN)).toEqual([]);
    expect(
      reasonsAgainst({ ...NOTHING_KNOWN, address: 'shared', port25: 'closed', connectorsBlocked: true }),
    ).toHaveLength(3);
    expect(reasonsAgainst({ ...NOTHING_KNOWN, address: 'changing' })).toHaveLength(1);
  });
});
