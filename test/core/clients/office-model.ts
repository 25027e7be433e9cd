/** One organisation as it really is: its lines, its record, its connector, its listings; looked at, it gives the reports the checks would. */
import type { Client } from '../../../core/clients/client.ts';
import { lineOf } from '../../../core/clients/drift.ts';
import { dueFact, factsOf } from '../../../core/clients/facts.ts';
import { foldHistory, lookLine, type Folded, type Look } from '../../../core/clients/history.ts';
import { repairAddresses, repairProfile } from '../../../core/clients/repair.ts';
import { readConnector, relaysForAddress, type ExchangeObject } from '../../../core/plan/inbound-connector.ts';
import type { Profile } from '../../../core/profile.ts';
import type { Report } from '../../../core/report/report.ts';
import type { CheckResult, Status } from '../../../core/result.ts';
import { verdictOf } from '../../../core/result.ts';
import { evaluateSpf } from '../../../core/spf/evaluate.ts';
import { proposeRecord, type Proposal } from '../../../core/spf/propose-record.ts';
import type { Evaluation } from '../../../core/spf/evaluation.ts';
import type { Random } from '../../helpers/random.ts';
import { run } from '../../helpers/spf-run.ts';
import { answerFromZone } from '../../helpers/spf-zone.ts';

export const DOMAIN = 'contoso.com';
const INCLUDE = 'spf.protection.outlook.com';

export type Office = {
  /** Lines of each site, by its id; several are used in turn. */
  lines: Record<string, readonly string[]>;
  txt: readonly string[];
  connectors: readonly ExchangeObject[];
  listed: ReadonlySet<string>;
  port25: Record<string, 'open' | 'blocked'>;
  tenant: string;
};

/** What the looker meets: nothing at all, some checks that cannot tell, or another place than the office. */
export type Conditions = {
  readonly network: boolean;
  readonly atOffice: boolean;
  readonly signedIn: boolean;
  readonly silent: ReadonlySet<string>;
};

export function spfOf(
  { txt }: Pick<Office, 'txt'>,
  ips: readonly string[],
): { evaluation: Evaluation; proposal: Proposal } {
  const input = { ip: ips[0] ?? '', domain: DOMAIN, sender: `scanner@${DOMAIN}`, helo: DOMAIN };
  const answer = answerFromZone({
    [DOMAIN]: { TXT: txt, A: ['198.51.100.30'] },
    [INCLUDE]: { TXT: ['v=spf1 ip4:40.92.0.0/15 -all'] },
    'news.example': { TXT: ['v=spf1 ip4:192.0.2.0/24 -all'] },
  });
  const evaluation = run(evaluateSpf(input), answer);
  return { evaluation, proposal: run(proposeRecord(input, evaluation, { ips, include: INCLUDE }), answer) };
}

/** Servers answer in whatever order they like. */
const shuffled = <T>(list: readonly T[], random: Random): readonly T[] =>
  list
    .map((value) => ({ value, at: random.below(1_000_000) }))
    .sort((one, other) => one.at - other.at)
    .map(({ value }) => value);

function reportOn(office: Office, site: string, profile: Profile, when: Conditions, random: Random): Report {
  const results: CheckResult[] = [];
  const tell = (id: string, status: Status, evidence: Record<string, unknown>, essential = false): void => {
    const told = when.network && !when.silent.has(id) ? status : 'unknown';
    results.push({
      id,
      title: id,
      why: '',
      station: 'line',
      essential,
      needsSignIn: id === 'connector',
      status: told,
      summary: '',
      cause: null,
      fix: [],
      who: 'you',
      evidence: told === 'unknown' ? {} : evidence,
      details: [],
      durationMs: 1,
    });
  };
  const lines = office.lines[site] ?? [];
  const here = when.atOffice ? 'pass' : 'skipped';
  // Three questions over lines used in turn show at least one of them.
  const some = random.chance(0.5) ? lines : [random.pick(lines)];
  tell('tenant', office.tenant === '' ? 'fail' : 'pass', { tenantId: office.tenant || null }, true);
  tell(
    'relay-host',
    'pass',
    { host: 'contoso-com.mail.protection.outlook.com', addresses: shuffled(['1', '2'], random) },
    true,
  );
  tell('seen-ip', here, when.atOffice ? { addresses: [...some].sort() } : { addresses: [] }, true);
  const open = office.port25[site] !== 'blocked';
  tell(
    'port-25',
    when.atOffice ? (open ? 'pass' : 'fail') : 'skipped',
    { open, microsoft: true, outcome: open ? 'greeted' : 'timeout' },
    true,
  );
  tell('starttls', here, {});
  const asked = profile.publicIps.length > 0 ? profile.publicIps : some;
  tell('blocklists', asked.some((one) => office.listed.has(one)) ? 'fail' : 'pass', {
    lists: shuffled(
      asked.map((address) => ({
        zone: 'zen.spamhaus.org',
        address,
        listed: office.listed.has(address),
        codes: ['127.0.0.2'],
      })),
      random,
    ),
  });
  const { evaluation, proposal } = spfOf(office, asked);
  tell(
    'spf',
    evaluation.result === 'pass' && proposal.record === null ? 'pass' : 'fail',
    { records: shuffled(evaluation.root.records, random), result: evaluation.result, proposed: proposal.record },
    true,
  );
  tell('dmarc', 'pass', { record: 'v=DMARC1; p=none' });
  const connectors = office.connectors.map(readConnector);
  const missing = asked.filter((address) => !connectors.some((one) => relaysForAddress(one, address, DOMAIN)));
  tell('connector', when.signedIn ? (missing.length === 0 ? 'pass' : 'fail') : 'skipped', {
    connectors: connectors.map(({ name, enabled, ips, certificateName }) => ({
      name,
      enabled,
      ips: shuffled(ips, random),
      certificateName,
    })),
    matching: missing.length === 0 ? (connectors[0]?.name ?? null) : null,
  });
  return {
    schema: 'relayready/report@1',
    profile,
    environment: 'public',
    practice: false,
    startedAt: '',
    durationMs: 1,
    verdict: verdictOf(results),
    results,
  };
}

/** The same steps as a look of the program: first the office alone, then its domain with the addresses of all offices. */
export function lookAtModel(
  office: Office,
  client: Client,
  siteId: string,
  folded: Folded,
  at: string,
  when: Conditions,
  random: Random,
): Look {
  const site = client.sites.find(({ id }) => id === siteId);
  if (!site) throw new Error(`no site ${siteId}`);
  const report = reportOn(office, siteId, site.profile, when, random);
  const alone = factsOf(report);
  const base = { at, site: siteId, domain: DOMAIN, place: 'office', verdict: 'ready' } as const;
  const addresses = alone.addresses ? { addresses: alone.addresses } : {};
  const seen = foldHistory(
    [lookLine({ ...base, needs: [], facts: addresses, entered: site.profile.publicIps }, folded.known)],
    folded,
  );
  const { wanted } = repairAddresses(client, DOMAIN, seen, []);
  const again = (of: readonly string[]) =>
    factsOf(reportOn(office, siteId, repairProfile(site.profile, of), when, random));
  const together = again(wanted);
  const { listed } = again([...new Set([...site.profile.publicIps, ...lineOf(site, seen)])]);
  const ofAll = ['spf', 'spf-state', 'connector', 'connector-addresses'] as const;
  const facts = Object.fromEntries([
    ...Object.entries(alone).filter(([fact]) => !(ofAll as readonly string[]).includes(fact) && fact !== 'listed'),
    ...(listed ? [['listed', listed] as const] : []),
    ...ofAll.flatMap((fact) => (together[fact] ? [[fact, together[fact]] as const] : [])),
    ['due', dueFact(site === client.sites[0] ? client.reminders : [], at)],
  ]);
  return lookLine(
    {
      at,
      site: siteId,
      domain: DOMAIN,
      place: when.atOffice ? 'office' : 'away',
      verdict: report.verdict,
      needs: [],
      facts,
      entered: site.profile.publicIps,
    },
    folded.known,
  );
}
