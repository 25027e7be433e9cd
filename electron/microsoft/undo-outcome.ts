/** Takes back what an outcome says was done, but only where things are still as we left them. */
import { AppError } from '../../core/errors.ts';
import { connectorNameOf, differences, effectOf } from '../../core/plan/in-effect.ts';
import { COMMENT_MARKER } from '../../core/plan/wanted-connector.ts';
import type { Finding, Outcome } from '../../core/plan/plan.ts';
import { say } from '../../core/text.ts';
import { settleIntents } from './intents.ts';
import { findByName } from './look-up.ts';
import { runStep, type ChangeContext } from './run-step.ts';

export type UndoOptions = ChangeContext & { readonly outcome: Outcome };

type DoneStep = Outcome['steps'][number];

/** What was sent and may stand: a refused creation can have left a switched-off connector behind. */
const mayStand = ({ status, undo }: DoneStep): boolean => undo !== null && status !== 'not-run' && status !== 'failed';

/** @throws AppError when it could not be tried at all */
export async function undoOutcome(options: UndoOptions): Promise<Outcome> {
  const { outcome, exchange, journal, environmentName, signal, onProgress, t } = options;
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
  for (const done of outcome.steps.filter(mayStand).reverse()) {
    const undo = done.undo;
    if (undo === null) continue;
    const name = connectorNameOf(undo);
    const actual = await findByName(exchange, name, signal);
    await settleIntents(journal, {
      environmentName,
      tenantId: exchange.tenant.id,
      connectorName: name,
      objects: actual ? [actual.object] : [],
    });
    if (effectOf(undo, actual, true) === 'in-effect') continue;
    const ours =
      actual !== null && (done.cmdlet !== 'New-InboundConnector' || actual.comment.startsWith(COMMENT_MARKER));
    const changed =
      actual === null ? [] : differences(done, actual).filter((field) => field !== 'Enabled' || done.status === 'done');
    if (!ours || changed.length > 0) {
      findings.push({
        severity: 'warning',
        text: t('The connector “{name}” is no longer as RelayReady left it, so it was not touched.', { name }),
        fix: [t('If it is no longer needed, change or remove it in the Exchange admin center: Mail flow, Connectors.')],
        who: 'microsoft-admin',
      });
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
    if (result.step.status !== 'done') break;
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
