/** Each kind of drift and of change, in words: what is so, whether it is bad, who acts, and whether one repair mends it. */
import { describe, expect, it } from 'vitest';
import { Client } from '../../../core/clients/client.ts';
import { describeChange } from '../../../core/clients/describe-change.ts';
import { findDrift } from '../../../core/clients/drift.ts';
import { dueFact, FactId, type Facts } from '../../../core/clients/facts.ts';
import { foldHistory, lookLine, type Change, type Folded, type Look } from '../../../core/clients/history.ts';
import { selectClients, summaryOf, ClientQuery } from '../../../core/clients/list-clients.ts';
import { english } from '../../../core/text.ts';

const client = Client.parse({
  id: '11111111-2222-4333-8444-555555555555',
  name: 'Contoso',
  tenantId: 'tenant',
  sites: [{ id: 'main', profile: { name: 'Head office', domain: 'contoso.com', publicIps: ['203.0.113.7'] } }],
  reminders: [
    { kind: 'certificate', what: 'scanner.contoso.com', dueOn: '2026-03-20' },
    { kind: 'firmware', what: 'Scanner', dueOn: '2026-03-20' },
  ],
  addedAt: '2026-01-01T00:00:00Z',
});
const WELL: Facts = {
  tenant: ['tenant'],
  addresses: ['203.0.113.7'],
  'port-25': ['open'],
  listed: [],
  spf: ['v=spf1 -all'],
  'spf-state': ['complete'],
  connector: ['on'],
  'connector-addresses': ['203.0.113.0/24'],
  due: [],
};
const look = (at: string, facts: Facts, known: Folded['known']): Look =>
  lookLine(
    {
      at,
      site: 'main',
      domain: 'contoso.com',
      place: 'office',
      verdict: 'ready',
      needs: [],
      facts,
      entered: ['203.0.113.7'],
    },
    known,
  );
const NONE: Folded = { known: new Map(), sites: new Map(), changes: [] };
const well = foldHistory([look('2026-03-01T00:00:00Z', WELL, new Map())], NONE);
const after = (facts: Facts): Folded =>
  foldHistory([look('2026-03-02T00:00:00Z', { ...WELL, ...facts }, well.known)], well);

describe('drift', () => {
  it('is none where all is well', () => expect(findDrift(client, well, english)).toEqual([]));
  it.each<[Facts, kind: string, who: string, repairable: boolean, text: RegExp]>([
    [{ addresses: ['198.51.100.9'] }, 'address', 'you', true, /198\.51\.100\.9, which the connector does not let in/],
    [{ addresses: ['203.0.113.8'] }, 'address', 'you', true, /203\.0\.113\.8, which is not entered/],
    [{ 'connector-addresses': ['198.51.100.9'] }, 'address', 'you', true, /which the connector does not let in/],
    [{ connector: ['off'] }, 'connector-off', 'microsoft-admin', true, /switched off/],
    [{ connector: ['gone'] }, 'connector-gone', 'microsoft-admin', true, /not there any more/],
    [{ spf: [], 'spf-state': ['none'] }, 'record', 'dns-host', true, /has no SPF record/],
    [{ 'spf-state': ['incomplete'] }, 'record', 'dns-host', true, /does not let everybody send/],
    [{ listed: ['zen.spamhaus.org 203.0.113.7'] }, 'listed', 'you', false, /zen\.spamhaus\.org/],
    [{ 'port-25': ['blocked'] }, 'port-25', 'internet-provider', false, /Port 25/],
    [{ tenant: ['other'] }, 'tenant', 'microsoft-admin', false, /another Microsoft 365 organisation/],
    [{ tenant: [] }, 'tenant', 'microsoft-admin', false, /does not know contoso\.com any more/],
    [{ due: ['firmware 2026-03-20 Scanner'] }, 'due', 'device-supplier', false, /firmware of Scanner .* 2026-03-20/],
    [{ due: ['certificate 2026-03-20 scanner.contoso.com'] }, 'due', 'you', false, /ends on 2026-03-20/],
  ])('%j', (facts, kind, who, repairable, text) => {
    const drift = findDrift(client, after(facts), english);
    expect(drift).toMatchObject([{ kind, who, repairable }]);
    expect(drift[0]?.text).toMatch(text);
    expect(drift[0]?.fix.length).toBeGreaterThan(0);
  });
  it('neither the connector nor the record: one finding says both', () => {
    const [first] = findDrift(client, after({ addresses: ['198.51.100.9'], 'spf-state': ['incomplete'] }), english);
    expect(first?.text).toMatch(/neither the connector nor the SPF record/);
  });
  it('reminders come in their time: a certificate thirty days before, firmware seven', () => {
    const on = (day: string) => dueFact(client.reminders, `${day}T06:00:00Z`).map((due) => due.split(' ')[0]);
    expect(on('2026-02-17')).toEqual([]);
    expect(on('2026-02-19')).toEqual(['certificate']);
    expect(on('2026-03-14')).toEqual(['certificate', 'firmware']);
    expect(on('2026-05-01')).toEqual(['certificate', 'firmware']);
  });
});

describe('changes in words', () => {
  const change = (
    fact: FactId,
    before: readonly string[],
    now: readonly string[],
    complete: boolean | null = null,
  ): Change => ({
    fact,
    site: 'main',
    domain: 'contoso.com',
    before: [...before],
    after: [...now],
    at: '',
    lastSame: '',
    complete,
  });
  it('every fact has some, and they hold what is new', () => {
    for (const fact of FactId.options) {
      const told = describeChange(change(fact, ['old'], ['new one']), () => 'Head office', english);
      expect(told.text).toMatch(/[.:}e]/);
      expect(told.text).not.toContain('{');
    }
  });
  it.each<[FactId, string[], string[], boolean | null, string, string]>([
    ['spf', ['a'], ['b'], false, 'bad', 'dns-host'],
    ['spf', ['a'], ['b'], true, 'notice', 'nobody'],
    ['listed', [], ['zen 1'], null, 'bad', 'you'],
    ['listed', ['zen 1'], [], null, 'good', 'nobody'],
    ['port-25', ['blocked'], ['open'], null, 'good', 'nobody'],
    ['connector', ['on'], ['off'], null, 'bad', 'microsoft-admin'],
    ['connector', ['off'], ['on'], null, 'good', 'nobody'],
    ['connector-addresses', ['1'], ['1', '2'], null, 'notice', 'you'],
    ['connector-addresses', ['1', '2'], ['2'], null, 'bad', 'you'],
    ['failing', [], ['starttls'], null, 'bad', 'you'],
    ['due', ['firmware 2026 x'], [], null, 'good', 'nobody'],
  ])('%s %j → %j', (fact, before, now, complete, severity, who) => {
    expect(describeChange(change(fact, before, now, complete), () => 'Head office', english)).toMatchObject({
      severity,
      who,
    });
  });
});

describe('the list', () => {
  const rows = ['Zulu', 'alpha', 'Mike'].map((name, at) => {
    const one = { ...client, id: `0000000${at}-2222-4333-8444-555555555555`, name };
    return summaryOf(one, name === 'Mike' ? after({ connector: ['off'] }) : name === 'Zulu' ? NONE : well, english);
  });
  const select = (query: Partial<ClientQuery>) =>
    selectClients(rows, ClientQuery.parse(query)).clients.map(({ name }) => name);
  it('what needs somebody comes first, then by name', () => {
    expect(select({})).toEqual(['Mike', 'alpha', 'Zulu']);
    expect(select({ sort: 'name', descending: true })).toEqual(['Zulu', 'Mike', 'alpha']);
    expect(select({ who: 'microsoft-admin' })).toEqual(['Mike']);
    expect(select({ state: 'new' })).toEqual(['Zulu']);
    expect(select({ search: 'ALPHA' })).toEqual(['alpha']);
    expect(select({ search: 'contoso', limit: 1, offset: 1 })).toEqual(['alpha']);
    expect(selectClients(rows, ClientQuery.parse({ state: 'new' })).counts).toEqual({
      'action-needed': 1,
      'cannot-tell': 0,
      ready: 1,
      new: 1,
    });
  });
  it('says what is worst and what is new', () => {
    expect(rows[2]).toMatchObject({
      state: 'action-needed',
      repairable: true,
      unseenCount: 1,
      who: ['microsoft-admin'],
    });
    expect(rows[2]?.worst).toMatch(/switched off/);
  });
});
