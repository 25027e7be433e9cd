/** Works the repair of a client out, and carries its connector part out as it was shown. */
import { domainOf } from '../../core/address.ts';
import { domainsOf, type Client } from '../../core/clients/client.ts';
import { findDrift } from '../../core/clients/drift.ts';
import type { Folded } from '../../core/clients/history.ts';
import {
  repairAddresses,
  repairProfile,
  withoutAddresses,
  type Repair,
  type RepairAddresses,
} from '../../core/clients/repair.ts';
import { AppError } from '../../core/errors.ts';
import { makePlan } from '../../core/plan/make-plan.ts';
import type { Outcome, Plan } from '../../core/plan/plan.ts';
import type { Profile } from '../../core/profile.ts';
import { say } from '../../core/text.ts';
import type { CallContext } from '../dispatch.ts';
import { applyPlan } from '../microsoft/apply-plan.ts';
import { readTenant } from '../microsoft/read-tenant.ts';
import type { Journal } from '../storage/journal.ts';
import type { World } from '../worlds.ts';
import { exchangeFor } from './guard.ts';

type Of = {
  readonly client: Client;
  readonly folded: Folded;
  readonly world: World;
  readonly context: CallContext;
};

/** @param domain null: the first one with something to mend */
export async function planRepair(of: Of, domain: string | null, takeAway: readonly string[]): Promise<Repair> {
  const { client, folded, context } = of;
  const broken = findDrift(client, folded, context.t).find(({ repairable }) => repairable)?.domain;
  const wantedDomain = domain ?? broken ?? domainsOf(client)[0] ?? '';
  const site = client.sites.find(({ profile }) => profile.domain === wantedDomain);
  if (!site)
    throw new AppError(
      'bad-input',
      say('{client} has no office with {domain}.', { client: client.name, domain: wantedDomain }),
      {
        field: 'domain',
        remedy: say('Its domains are: {domains}.', { domains: domainsOf(client).join(', ') }),
      },
    );
  const addresses = repairAddresses(client, wantedDomain, folded, takeAway);
  const profile = repairProfile(site.profile, addresses.wanted);
  const [plan, spf] = await Promise.all([
    of.world.signedIn === null ? null : planConnector(of, profile, addresses),
    recordFor(of, profile, addresses),
  ]);
  const { wanted: _, ...shown } = addresses;
  const entered = shown.entered.every(({ before, after }) => before.join() === after.join());
  const connectorDone =
    plan !== null && plan.steps.length === 0 && plan.findings.every(({ severity }) => severity !== 'blocker');
  return {
    schema: 'relayready/repair@1',
    client: client.id,
    domain: wantedDomain,
    ...shown,
    plan,
    spf,
    nothingToDo: entered && connectorDone && spf.after === null && spf.settled,
  };
}

async function planConnector(
  { client, world, context }: Of,
  profile: Profile,
  { wanted, takeAway }: RepairAddresses,
): Promise<Plan> {
  const exchange = await exchangeFor(world, profile, client.tenantId, context);
  const actual = await readTenant(exchange, { signal: context.signal });
  return makePlan({ profile, addresses: wanted, takeAway, actual, tenant: exchange.tenant }, context.t);
}

async function recordFor(
  { world, context: { signal, t } }: Of,
  profile: Profile,
  { wanted, takeAway }: RepairAddresses,
): Promise<Repair['spf']> {
  const domain = profile.sender === null ? profile.domain : domainOf(profile.sender);
  const [ip] = wanted;
  const none = { domain, before: null, after: null, lookups: null };
  if (ip === undefined)
    return {
      ...none,
      notes: [t('The public address is not known yet, so no record can be proposed.')],
      settled: false,
    };
  const { spf } = world.net();
  const question = {
    ip,
    domain,
    sender: profile.sender ?? `postmaster@${domain}`,
    wanted: { ips: wanted, include: world.environment.relay.spfInclude },
  };
  const found = await spf.evaluate(question, { signal, t });
  // Where several records stand, the proposal makes one of all of them.
  const lighter = found.records.map((record) => withoutAddresses(record, takeAway));
  const taken = lighter.some((record, at) => record !== found.records[at]);
  const judged = taken ? await spf.evaluate({ ...question, published: lighter }, { signal, t }) : found;
  const unchanged = taken && lighter.length === 1 ? (lighter[0] ?? null) : null;
  return {
    domain,
    before: found.records.length > 1 ? found.records.join('\n') : found.record,
    after: judged.proposed ?? unchanged,
    lookups: judged.proposedLookups ?? judged.lookups,
    notes: [...judged.proposedNotes],
    settled: judged.proposed !== null || judged.result === 'pass',
  };
}

/** @returns what came of the connector, null when no plan was shown; `entered` is to be kept when it is true */
export async function applyRepair(
  of: Of,
  repair: Repair,
  journal: Journal,
): Promise<{ readonly outcome: Outcome | null; readonly entered: boolean }> {
  const { client, folded, world, context } = of;
  const now = repairAddresses(client, repair.domain, folded, repair.takeAway);
  const site = client.sites.find(({ profile }) => profile.domain === repair.domain);
  if (!site || JSON.stringify(now.entered) !== JSON.stringify(repair.entered) || repair.client !== client.id)
    throw new AppError(
      'changed-meanwhile',
      say('Something changed since this repair was worked out. Nothing was done.'),
      {
        remedy: say('Look at the repair again; it shows how things are now.'),
        who: 'you',
      },
    );
  if (repair.plan === null) return { outcome: null, entered: true };
  const profile = repairProfile(site.profile, now.wanted);
  const exchange = await exchangeFor(world, profile, client.tenantId, context);
  const outcome = await applyPlan({
    plan: repair.plan,
    profile,
    addresses: now.wanted,
    takeAway: now.takeAway,
    exchange,
    journal,
    environmentName: client.environment,
    ...context,
  });
  return { outcome, entered: outcome.status === 'done' || outcome.status === 'nothing-to-do' };
}
