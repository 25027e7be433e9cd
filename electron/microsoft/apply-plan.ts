/** Carries a plan out: looks again first, changes nothing twice, reads back, and says what came of it. */
import { AppError } from '../../core/errors.ts';
import { makePlan } from '../../core/plan/make-plan.ts';
import type { Finding, Outcome, Plan, Step } from '../../core/plan/plan.ts';
import { connectorInPlace, wantedConnector } from '../../core/plan/wanted-connector.ts';
import type { Profile } from '../../core/profile.ts';
import { say } from '../../core/text.ts';
import { awaitIntents, settleIntents, shows, type UndoableCommand } from './intents.ts';
import { LOOKS_MS } from './look-up.ts';
import { readTenant } from './read-tenant.ts';
import { waitAtLeast } from './retry-after.ts';
import { runStep, type ChangeContext } from './run-step.ts';

export { undoOutcome } from './undo-outcome.ts';

export type ApplyOptions = ChangeContext & {
  /** The plan the person saw and agreed to. */
  readonly plan: Plan;
  readonly profile: Profile;
  readonly addresses: readonly string[];
  /** Addresses the plan takes away. */
  readonly takeAway?: readonly string[];
};

const sameSteps = (one: readonly Step[], other: readonly Step[]): boolean => {
  const plain = (steps: readonly Step[]): string =>
    JSON.stringify(
      steps.map(({ cmdlet, parameters, undo }) => [cmdlet, parameters, undo]),
      sortedKeys,
    );
  return plain(one) === plain(other);
};

/** Documents may come back from disk with their keys in another order. */
const sortedKeys = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/**
 * @returns what the world said, refusals included
 * @throws AppError when nothing was changed because it could not be tried
 */
export async function applyPlan(options: ApplyOptions): Promise<Outcome> {
  const {
    plan,
    profile,
    addresses,
    takeAway = [],
    exchange,
    journal,
    environmentName,
    signal,
    onProgress,
    t,
    wait = waitAtLeast,
  } = options;
  if (plan.tenant.id !== exchange.tenant.id)
    throw new AppError(
      'wrong-tenant',
      say('The plan was made for another organisation than the one you are signed in to.'),
      {
        remedy: say('Sign in to the right organisation, or make the plan again.'),
        who: 'you',
      },
    );
  onProgress({ topic: 'plan', state: 'running', message: t('Looking once more at how things are now.') });
  const place = {
    environmentName,
    tenantId: exchange.tenant.id,
    connectorName: wantedConnector(profile, addresses).name,
  };
  const onWait = (seconds: number): void =>
    onProgress({
      topic: 'plan',
      state: 'waiting',
      message: t('Looking for an earlier change that was never answered.'),
      seconds,
    });
  const seen = await awaitIntents(journal, place, { exchange, signal, onWait, wait });
  let actual = await readTenant(exchange, { signal });
  for (const pauseMs of LOOKS_MS) {
    if (
      actual.connectors === null ||
      shows(
        actual.connectors.map(({ object }) => object),
        seen,
      )
    )
      break;
    await wait(pauseMs, signal);
    actual = await readTenant(exchange, { signal });
  }
  const fresh = makePlan({ profile, addresses, takeAway, actual, tenant: exchange.tenant }, t);
  const connectors = actual.connectors ?? [];
  /** Only where an outcome carries it on: it is what an interrupted change is taken back by. */
  const recover = async (): Promise<Outcome['steps']> =>
    actual.connectors === null
      ? []
      : (await settleIntents(journal, { ...place, objects: connectors.map(({ object }) => object) })).map(asDone);
  const outcome = (part: Partial<Outcome> & Pick<Outcome, 'status'>): Outcome => ({
    schema: 'relayready/outcome@1',
    tenant: fresh.tenant,
    steps: [],
    connector: null,
    findings: [],
    finishedAt: new Date().toISOString(),
    ...part,
  });
  const blockers = fresh.findings.filter((finding) => finding.severity === 'blocker');
  if (blockers.length > 0) return outcome({ status: 'refused', steps: await recover(), findings: fresh.findings });
  if (fresh.steps.length === 0) {
    const inPlace = connectorInPlace(wantedConnector(profile, addresses), connectors);
    const connector = inPlace ? { ...inPlace.object } : null;
    const recovered = await recover();
    return recovered.length > 0
      ? outcome({
          status: 'done',
          steps: recovered,
          connector,
          findings: [recoveredFinding(t), ...fresh.findings],
        })
      : outcome({ status: 'nothing-to-do', connector, findings: fresh.findings });
  }
  if (!sameSteps(plan.steps, fresh.steps))
    throw new AppError(
      'changed-meanwhile',
      say('Something changed in Microsoft 365 since the plan was made. Nothing was done.'),
      {
        remedy: say('Look at the new plan; it shows how things are now.'),
        who: 'you',
      },
    );

  const steps = await recover();
  const findings: Finding[] = [];
  let connector: Outcome['connector'] = null;
  let status: Outcome['status'] = 'done';
  for (const step of fresh.steps) {
    if (status !== 'done') {
      steps.push({
        cmdlet: step.cmdlet,
        parameters: step.parameters,
        status: 'not-run',
        warnings: [],
        error: null,
        undo: step.undo,
      });
      continue;
    }
    const result = await runStep({ ...step, kind: 'apply' }, options);
    steps.push(result.step);
    findings.push(...result.findings);
    connector = result.connector ?? connector;
    if (result.step.status !== 'not-run') status = result.step.status;
  }
  onProgress({ topic: 'plan', state: 'done', message: doneMessage(status, t) });
  return outcome({
    status,
    steps,
    connector,
    findings: [...findings, ...fresh.findings.filter(({ severity }) => severity === 'info')],
  });
}

const asDone = ({ cmdlet, parameters, undo }: UndoableCommand): Outcome['steps'][number] => ({
  cmdlet,
  parameters,
  status: 'done',
  warnings: [],
  error: null,
  undo,
});

const recoveredFinding = (t: ApplyOptions['t']): Finding => ({
  severity: 'info',
  text: t(
    'An earlier run was interrupted after it had sent the change. It was looked up: it is in place, and nothing was done twice.',
  ),
  fix: [],
  who: 'nobody',
});

const doneMessage = (status: Outcome['status'], t: ApplyOptions['t']): string =>
  status === 'done'
    ? t('Done. Microsoft 365 shows the change.')
    : status === 'unknown'
      ? t('Sent, but Microsoft 365 does not show it yet.')
      : t('Microsoft 365 refused the change.');
