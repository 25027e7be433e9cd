/** A year of an organisation, day by day: every change is raised once, none that is none, and the repair leaves nothing to do. */
import { describe, expect, it } from 'vitest';
import { Client } from '../../../core/clients/client.ts';
import { findDrift, lineOf } from '../../../core/clients/drift.ts';
import type { FactId } from '../../../core/clients/facts.ts';
import { foldHistory, Look, type Change, type Folded } from '../../../core/clients/history.ts';
import { repairAddresses, repairProfile, withoutAddresses } from '../../../core/clients/repair.ts';
import { MOST_LOOKS, thinHistory } from '../../../core/clients/thin-history.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import { english } from '../../../core/text.ts';
import { randomOf, type Random } from '../../helpers/random.ts';
import { factsOf as tenantFacts, ours, perform, TENANT } from '../plan/tenant-model.ts';
import { DOMAIN, lookAtModel, spfOf, type Conditions, type Office } from './office-model.ts';

const DAY_MS = 86_400_000;
const START = Date.parse('2026-01-01T06:00:00Z');
const dayAt = (day: number): string => new Date(START + day * DAY_MS).toISOString();
const NONE: Folded = { known: new Map(), sites: new Map(), changes: [] };

let taken = 0;
/** A provider does not give the same one twice in a year. */
const anAddress = (): string => `203.0.${110 + Math.floor((taken += 1) / 250)}.${(taken % 250) + 1}`;

type World = { office: Office; client: Client };

function startingWorld(): World {
  const lines = { main: [anAddress()], branch: [anAddress(), '198.51.100.77'] };
  const all = [...new Set([...lines.main, ...lines.branch])];
  const site = (id: 'main' | 'branch') => ({
    id,
    profile: { name: id, domain: DOMAIN, sender: `scanner@${DOMAIN}`, publicIps: lines[id] },
  });
  return {
    office: {
      lines,
      txt: [`v=spf1 ${all.map((one) => `ip4:${one}`).join(' ')} include:spf.protection.outlook.com -all`],
      connectors: [ours({ SenderIPAddresses: all })],
      listed: new Set(),
      port25: { main: 'open', branch: 'open' },
      tenant: TENANT.id,
    },
    client: Client.parse({
      id: '11111111-2222-4333-8444-555555555555',
      name: 'Contoso',
      tenantId: TENANT.id,
      sites: [site('main'), site('branch')],
      reminders: [{ kind: 'firmware', what: 'Scanner', dueOn: '2026-06-15' }],
      addedAt: dayAt(0),
    }),
  };
}

/** What may happen to an organisation from one day to the next. */
const EVENTS: Readonly<Record<string, (world: World, random: Random) => void>> = {
  'address moves': ({ office }) => {
    office.lines = { ...office.lines, main: [anAddress()] };
  },
  'record edited': ({ office }, random) => {
    const [record = 'v=spf1 -all'] = office.txt;
    office.txt = random.pick([
      [record.replace(/ ip4:203\.0\.\d+\.\d+/, '')],
      [
        record.includes('news.example')
          ? record.replace(' include:news.example', '')
          : record.replace(' -all', ' include:news.example -all'),
      ],
      [],
      ['v=spf1 include:spf.protection.outlook.com -all'],
      [record, 'v=spf1 include:news.example -all'],
    ]);
  },
  'connector switched off or on': ({ office }) => {
    office.connectors = office.connectors.map((one) => ({ ...one, Enabled: one['Enabled'] !== true }));
  },
  'connector taken away': ({ office }) => {
    office.connectors = [];
  },
  'connector edited': ({ office }) => {
    office.connectors = office.connectors.map((one) => ({
      ...one,
      SenderIPAddresses: ['198.51.100.77', anAddress()],
    }));
  },
  'listed or delisted': ({ office }) => {
    const [address = ''] = office.lines['main'] ?? [];
    office.listed = office.listed.has(address) ? new Set() : new Set([address]);
  },
  'port 25 closed or opened': ({ office }) => {
    office.port25 = { ...office.port25, branch: office.port25['branch'] === 'open' ? 'blocked' : 'open' };
  },
};

/** What is so, whatever anybody saw of it; the addresses of the connector count only while it is there. */
function truthOf({ office, client }: World, folded: Folded): Readonly<Record<string, string>> {
  const { wanted } = repairAddresses(client, DOMAIN, folded, []);
  const { evaluation, proposal } = spfOf(office, wanted);
  const [connector] = office.connectors;
  const words = (values: Iterable<unknown>): string => [...values].map(String).sort().join(' ');
  return {
    'main addresses': words(office.lines['main'] ?? []),
    'branch addresses': words(office.lines['branch'] ?? []),
    spf: words(evaluation.root.records),
    'spf-state':
      evaluation.result === 'pass' && proposal.record === null
        ? 'complete'
        : evaluation.root.records.length === 0
          ? 'none'
          : 'incomplete',
    connector: connector === undefined ? 'gone' : connector['Enabled'] === true ? 'on' : 'off',
    'connector-addresses': connector === undefined ? '-' : words(connector['SenderIPAddresses'] as readonly string[]),
    // Only as long as the address is the office's own.
    listed: words([...office.listed].filter((one) => mainAddresses(client, folded).includes(one))),
    'main port-25': office.port25['main'] ?? '',
    'branch port-25': office.port25['branch'] ?? '',
  };
}

const mainAddresses = ({ sites }: Client, folded: Folded): readonly string[] =>
  sites.slice(0, 1).flatMap((site) => [...site.profile.publicIps, ...lineOf(site, folded)]);

const nameOf = ({ fact, site }: Pick<Change, 'fact' | 'site'>): string =>
  site !== null && (fact === 'addresses' || fact === 'port-25') ? `${site} ${fact}` : fact;

/** One change that mends all of it, as a consultant reviews and applies it. */
function repair(world: World, folded: Folded, takeAway: boolean): void {
  const { office, client } = world;
  // A second line that was not used lately is not taken away; whoever looks at the repair knows it.
  const wish = takeAway
    ? repairAddresses(client, DOMAIN, folded, []).mayTakeAway.filter((one) => !office.lines['branch']?.includes(one))
    : [];
  const addresses = repairAddresses(client, DOMAIN, folded, wish);
  const profile = repairProfile(client.sites[0]?.profile as Client['sites'][number]['profile'], addresses.wanted);
  const planned = () =>
    makePlan(
      {
        profile,
        addresses: addresses.wanted,
        takeAway: addresses.takeAway,
        actual: tenantFacts(office.connectors),
        tenant: TENANT,
      },
      english,
    );
  for (const step of planned().steps) office.connectors = perform(office.connectors, step);
  expect(planned().steps).toEqual([]);
  const lets = office.connectors[0]?.['SenderIPAddresses'] as readonly string[];
  for (const address of addresses.wanted) expect(lets).toContain(address);
  for (const address of addresses.takeAway) expect(lets).not.toContain(address);

  office.txt = office.txt.map((record) => withoutAddresses(record, addresses.takeAway));
  const { proposal } = spfOf(office, addresses.wanted);
  if (proposal.record !== null) office.txt = [proposal.record];
  const after = spfOf(office, addresses.wanted);
  expect(after.evaluation.result).toBe('pass');
  expect(after.proposal.record).toBeNull();
  for (const address of addresses.takeAway) expect(`${office.txt.join()} `).not.toContain(`ip4:${address} `);

  const entered = new Map(addresses.entered.map((one) => [one.site, one.after]));
  world.client = Client.parse({
    ...client,
    sites: client.sites.map((site) => ({ ...site, profile: { ...site.profile, publicIps: entered.get(site.id) } })),
  });
}

function liveAYear(seed: number): { raised: number; events: number; repairs: number; away: number } {
  const random = randomOf(seed);
  const world = startingWorld();
  const counts = { raised: 0, events: 0, repairs: 0, away: 0 };
  let folded = NONE;
  let lines: readonly Look[] = [];
  /** What is known to have been true when each thing was last told. */
  const toldTruth = new Map<string, string>();
  for (let day = 0; day < 365; day += 1) {
    if (day > 0 && random.chance(0.12)) {
      EVENTS[random.pick(Object.keys(EVENTS))]?.(world, random);
      counts.events += 1;
    }
    const when: Conditions = {
      network: !random.chance(0.08),
      atOffice: !random.chance(0.15),
      signedIn: random.chance(0.8),
      silent: new Set(
        random.chance(0.2) ? [random.pick(['spf', 'blocklists', 'seen-ip', 'connector', 'tenant', 'port-25'])] : [],
      ),
    };
    if (!when.network) counts.away += 1;
    for (const site of ['main', 'branch']) {
      const at = new Date(START + day * DAY_MS + (site === 'main' ? 0 : 60_000)).toISOString();
      const look = Look.parse(
        JSON.parse(JSON.stringify(lookAtModel(world.office, world.client, site, folded, at, when, random))),
      );
      const before = folded;
      folded = foldHistory([look], folded);
      lines = [...lines, look];
      const raised = folded.changes.slice(before.changes.length);
      const truth = truthOf(world, folded);
      const told = (name: string, fact: FactId) =>
        !look.untold.includes(fact) &&
        (!name.includes(' ') || name.startsWith(site)) &&
        (name !== 'listed' || site === 'main');
      const wanted: string[] = [];
      for (const [name, value] of Object.entries(truth)) {
        const fact = name.split(' ').at(-1) as FactId;
        if (!told(name, fact)) continue;
        if (toldTruth.has(name) && toldTruth.get(name) !== value) wanted.push(name);
        toldTruth.set(name, value);
      }
      // What has its cause in another change of the same look is not raised beside it.
      const expected = wanted.filter(
        (name) =>
          !(name === 'spf-state' && (wanted.includes('spf') || wanted.includes(`${site} addresses`))) &&
          !(name === 'connector-addresses' && wanted.includes('connector')),
      );
      const names = raised.filter(({ fact }) => fact !== 'due').map(nameOf);
      expect(names.toSorted(), `seed ${seed}, day ${day}, ${site}`).toEqual(expected.toSorted());
      counts.raised += names.length;
    }
    const drift = findDrift(world.client, folded, english);
    if (
      when.network &&
      when.atOffice &&
      when.signedIn &&
      when.silent.size === 0 &&
      random.chance(0.3) &&
      drift.some(({ repairable }) => repairable)
    ) {
      repair(world, folded, random.chance(0.5));
      counts.repairs += 1;
      // The next look finds nothing left to mend.
      const clear = { network: true, atOffice: true, signedIn: true, silent: new Set<string>() };
      let later = folded;
      for (const site of ['main', 'branch'])
        later = foldHistory(
          [lookAtModel(world.office, world.client, site, later, dayAt(day + 0.5), clear, random)],
          later,
        );
      expect(
        findDrift(world.client, later, english).filter(({ repairable }) => repairable),
        `seed ${seed}, day ${day}`,
      ).toEqual([]);
    }
    if (random.chance(0.02)) {
      const thin = foldHistory(thinHistory(lines, dayAt(day)));
      expect([...thin.known].map(([key, { value, since }]) => [key, value, since])).toEqual(
        [...folded.known].map(([key, { value, since }]) => [key, value, since]),
      );
      expect(thin.changes.map(({ at, fact }) => [at, fact])).toEqual(folded.changes.map(({ at, fact }) => [at, fact]));
    }
  }
  // The reminder is raised once, in its week.
  expect(folded.changes.filter(({ fact }) => fact === 'due').map(({ at, site }) => [at.slice(0, 10), site])).toEqual([
    ['2026-06-08', 'main'],
  ]);
  return counts;
}

describe('a year of changes', () => {
  it.each(Array.from({ length: 20 }, (_, at) => at + 1))(
    'seed %i: each raised once, none falsely, and mended',
    (seed) => {
      const { raised, events, repairs, away } = liveAYear(seed);
      // Guards against a year in which nothing happens.
      expect(events).toBeGreaterThan(15);
      expect(raised).toBeGreaterThan(10);
      expect(repairs).toBeGreaterThan(0);
      expect(away).toBeGreaterThan(5);
    },
  );
});

describe('a history', () => {
  it('stays small for ever, and what is known stays so', () => {
    const look = (day: number, facts: Look['facts']): Look =>
      Look.parse({ at: dayAt(day), site: 'main', domain: DOMAIN, place: 'office', verdict: 'ready', needs: [], facts });
    const lines = Array.from({ length: 4000 }, (_, day) => look(day, { addresses: [`203.0.113.${day % 250}`] }));
    const thin = thinHistory(lines, dayAt(4000));
    expect(thin.length).toBeLessThanOrEqual(MOST_LOOKS + 1);
    expect(foldHistory(thin).known.get('site main addresses')?.value).toEqual(['203.0.113.249']);
    const quiet = Array.from({ length: 4000 }, (_, day) => look(day, day === 0 ? { addresses: ['203.0.113.7'] } : {}));
    expect(thinHistory(quiet, dayAt(4000)).length).toBeLessThan(750);
  });
});
