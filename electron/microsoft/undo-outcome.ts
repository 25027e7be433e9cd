/** Takes back what an outcome says was done, but only where things are still as we left them. */
import { AppError, isAppError } from '../../core/errors.ts';
import { connectorNameOf, differences } from '../../core/plan/in-effect.ts';
import { COMMENT_MARKER } from '../../core/plan/wanted-connector.ts';
import type { Command, Finding, Outcome } from '../../core/plan/plan.ts';
import { say, type Translate } from '../../core/text.ts';
import { awaitIntents, settleIntents } from './intents.ts';
import { lookUntilStable, YOUNG_MS } from './look-up.ts';
import { waitAtLeast } from './retry-after.ts';
import { runStep, type ChangeContext } from './run-step.ts';

export type UndoOptions = ChangeContext & { readonly outcome: Outcome };

type DoneStep = Outcome['steps'][number];

/** What was sent and may stand: a refused creation can have left a switched-off connector behind. */
const mayStand = ({ status, undo }: DoneStep): boolean => undo !== null && status !== 'not-run' && status !== 'failed';

const untouched = (name: string, t: Translate): Finding => ({
  severity: 'warning',
  text: t('The connector “{name}” is no longer as RelayReady left it, so it was not touched.', { name }),
  fix: [t('If it is no longer needed, change or remove it in the Exchange admin center: Mail flow, Connectors.')],
  who: 'microsoft-admin',
});

const remains = (left: readonly Command[], t: Translate): Finding => ({
  severity: 'warning',
  text: t('Not everything was taken back. Still as RelayReady made it: {names}.', {
    names: [...new Set(left.map(connectorNameOf))].join(', '),
  }),
  fix: [
    t('Start taking back again; what is already taken back is left alone.'),
    t('Or do it by hand in the Exchange admin center: Mail flow, Connectors.'),
  ],
  who: 'you',
});

/** @throws AppError when it could not be tried at all */
export async function undoOutcome(options: UndoOptions): Promise<Outcome> {
  const { outcome, exchange, journal, environmentName, signal, onProgress, t, wait = waitAtLeast } = options;
  if (outcome.tenant.id !== exchange.tenant.id)
    throw new AppError(
      'wrong-tenant',
      say('These changes were made in another organisation than the one you are signed in to.'),
      {
        remedy: say('Sign in to the organisation in which they were made.'),
        who: 'you',
      },
    );
  const steps: DoneStep[] = [];
  const findings: Finding[] = [];
  let connector: Outcome['connector'] = null;
  const todo = outcome.steps.filter(mayStand).toReversed();
  const onWait = (seconds: number): void =>
    onProgress({
      topic: 'undo',
      state: 'waiting',
      message: t('Waiting until Microsoft 365 shows the change.'),
      seconds,
    });
  for (const [at, done] of todo.entries()) {
    const undo = done.undo;
    if (undo === null) continue;
    const name = connectorNameOf(undo);
    const place = { environmentName, tenantId: exchange.tenant.id, connectorName: name };
    try {
      await awaitIntents(journal, place, { exchange, signal, onWait, wait });
      const isYoung = Date.now() - Date.parse(outcome.finishedAt) < YOUNG_MS;
      const look = { signal, onWait, wait, exact: true, isYoung };
      const sight = await lookUntilStable(exchange, undo, look);
      const { connector: actual } = sight;
      await settleIntents(journal, { ...place, objects: actual ? [actual.object] : [] });
      if (sight.effect === 'in-effect') continue;
      const ours =
        actual !== null && (done.cmdlet !== 'New-InboundConnector' || actual.comment.startsWith(COMMENT_MARKER));
      const changed =
        actual === null
          ? []
          : differences(done, actual).filter((field) => field !== 'Enabled' || done.status === 'done');
      if (!ours || changed.length > 0) {
        findings.push(untouched(name, t));
        steps.push({ ...undo, status: 'not-run', warnings: [], error: null, undo: null });
        continue;
      }
      const why =
        undo.cmdlet === 'Remove-InboundConnector'
          ? t('Removes the connector “{name}” that RelayReady made.', { name })
          : t('Sets the connector “{name}” back to how it was.', { name });
      const result = await runStep({ ...undo, why, kind: 'undo', undo: null }, options);
      steps.push(result.step);
      findings.push(...result.findings);
      connector = result.connector;
    } catch (error) {
      // What has been taken back so far must not be forgotten over what could not be.
      if (steps.length === 0 || !isAppError(error)) throw error;
      steps.push({ ...undo, status: 'failed', warnings: [], error: t(error.text), undo: null });
    }
    const last = steps.at(-1)?.status;
    if (last === 'done' || last === 'not-run') continue;
    const left = todo.slice(at + 1).flatMap((step) => (step.undo ? [step.undo] : []));
    steps.push(...left.map((step) => ({ ...step, status: 'not-run' as const, warnings: [], error: null, undo: null })));
    if (left.length > 0) findings.push(remains(left, t));
    break;
  }
  const worst = steps.find(({ status }) => status !== 'done')?.status;
  const status =
    steps.length === 0 ? 'nothing-to-do' : worst === undefined ? 'done' : worst === 'not-run' ? 'refused' : worst;
  onProgress({ topic: 'undo', state: 'done', message: status === 'done' ? t('Taken back.') : t('Finished.') });
  return {
    schema: 'relayready/outcome@1',
    status,
    tenant: exchange.tenant,
    steps,
    connector,
    findings,
    finishedAt: new Date().toISOString(),
  };
}
