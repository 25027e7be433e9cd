/** Carries out one change: written down first, sent once, then looked at; a lost answer is looked up, never sent again. */
import { AppError, isAppError } from '../../core/errors.ts';
import type { PendingIntent } from '../../core/calls/program.ts';
import { connectorNameOf } from '../../core/plan/in-effect.ts';
import type { Command, Finding, Outcome } from '../../core/plan/plan.ts';
import { list } from '../../core/plan/inbound-connector.ts';
import { notAllowedFinding, switchedOffFinding } from '../../core/plan/switched-off.ts';
import type { Progress } from '../../core/progress.ts';
import { say, type Translate } from '../../core/text.ts';
import type { Intent, Journal } from '../storage/journal.ts';
import type { CmdletResult, Exchange } from './exchange.ts';
import { isAlreadyThere, isGone, isProhibited } from './exchange-error.ts';
import { intentKey } from './intents.ts';
import { LostAnswer } from './lost-answer.ts';
import { waitAtLeast, type Wait } from './retry-after.ts';
import { LOOKS_MS, lookUntilInEffect, type Sight } from './look-up.ts';

export type ChangeContext = {
  readonly exchange: Exchange;
  readonly journal: Journal;
  readonly environmentName: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly t: Translate;
  /** Another clock; for tests. */
  readonly wait?: Wait;
};

export type StepOutcome = {
  readonly step: Outcome['steps'][number];
  readonly connector: Record<string, unknown> | null;
  readonly findings: readonly Finding[];
};

/** In all; each but the first only after a look. */
const MOST_SENDS = 3;
const BUSY_LOOKS_MS: readonly number[] = [0, 2000, 5000];

type Task = Command & {
  /** One sentence: what is about to be done. */
  readonly why: string;
  readonly kind: PendingIntent['kind'];
  readonly undo: Command | null;
};

/** An address too many is then an address not taken away. */
const takesAway = ({ parameters, undo }: Task): boolean => {
  const after = list(parameters['SenderIPAddresses']);
  return (
    'SenderIPAddresses' in parameters && list(undo?.parameters['SenderIPAddresses']).some((one) => !after.includes(one))
  );
};

const changedMeanwhile = (name: string): AppError =>
  new AppError(
    'changed-meanwhile',
    say('Somebody else has just changed the connector “{name}”. Nothing of theirs was touched.', { name }),
    {
      remedy: say('Look at the plan again; it shows how things are now.'),
      who: 'you',
    },
  );

const stoppedMidway = (cmdlet: string): AppError =>
  new AppError(
    'outcome-unknown',
    say('You stopped while Microsoft was carrying out {cmdlet}, so it is not known whether it took effect.', {
      cmdlet,
    }),
    {
      remedy: say('Start again: RelayReady first looks at what is there.'),
      who: 'you',
    },
  );

/** @throws AppError when nothing was changed; the signal's reason when cancelled before anything was sent */
export async function runStep(task: Task, context: ChangeContext): Promise<StepOutcome> {
  const { exchange, journal, environmentName, signal, onProgress, t, wait = waitAtLeast } = context;
  const { cmdlet, parameters, undo } = task;
  const command: Command = { cmdlet, parameters };
  const name = connectorNameOf(command);
  const topic = cmdlet;
  const { tenant } = exchange;
  const intent: Intent = await journal.begin({
    kind: task.kind,
    text: task.why,
    environment: environmentName,
    key: intentKey(tenant.id, { ...command, undo }),
  });
  let sent = false;

  const end = (
    status: StepOutcome['step']['status'],
    sight: Sight | null,
    more: { warnings?: readonly string[]; error?: string | null; findings?: readonly Finding[] } = {},
  ): StepOutcome => ({
    step: { ...command, status, warnings: [...(more.warnings ?? [])], error: more.error ?? null, undo },
    connector: sight?.connector ? { ...sight.connector.object } : null,
    findings: more.findings ?? [],
  });
  const look = async (needed = 1, looksMs = LOOKS_MS): Promise<Sight> => {
    onProgress({ topic, state: 'running', message: t('Reading back what Microsoft 365 now says.') });
    return lookUntilInEffect(exchange, command, needed, {
      signal,
      looksMs,
      wait,
      exact: task.kind === 'undo' || takesAway(task),
      onWait: (seconds) =>
        onProgress({ topic, state: 'waiting', message: t('Waiting until Microsoft 365 shows the change.'), seconds }),
    });
  };
  const offFinding = switchedOffFinding(name, tenant, t);
  const unknownFinding: Finding = {
    severity: 'warning',
    text: t('The change was sent, but Microsoft 365 does not show yet whether it took effect.'),
    fix: [t('Start this step again in some minutes. RelayReady looks first, and never makes a second connector.')],
    who: 'nobody',
  };
  /** What the looking says, once an answer came or got lost. */
  const conclude = async (
    sight: Sight,
    warnings: readonly string[],
    found: readonly Finding[],
  ): Promise<StepOutcome> => {
    if (sight.effect === 'in-effect') {
      await intent.done('in effect');
      return end('done', sight, { warnings, findings: found });
    }
    if (sight.effect === 'switched-off') {
      await intent.done('switched off');
      return end('refused', sight, { warnings, error: offFinding.text, findings: [offFinding] });
    }
    return end('unknown', sight, { warnings, findings: [unknownFinding] });
  };

  const onWait = (seconds: number): void =>
    onProgress({ topic, state: 'waiting', message: t('Microsoft is busy and asked us to wait.'), seconds });
  const onSent = async (): Promise<void> => {
    if (sent) return;
    await intent.sent();
    sent = true;
  };
  /** Too busy most likely means not done: looked at first, and only then sent again. */
  const sendPatiently = async (): Promise<CmdletResult> => {
    for (let tries = 1; ; tries += 1)
      try {
        return await exchange.run(command, { signal, write: true, onWait, onSent });
      } catch (error) {
        if (!(error instanceof LostAnswer) || !error.busy || tries >= MOST_SENDS) throw error;
        if ((await look(1, BUSY_LOOKS_MS)).effect !== 'not-in-effect') throw error;
      }
  };
  onProgress({ topic, state: 'running', message: task.why });
  let result: CmdletResult;
  try {
    result = await sendPatiently();
  } catch (error) {
    if (!isAppError(error)) {
      if (sent && signal.aborted) throw stoppedMidway(cmdlet);
      if (!sent) await intent.done('not sent');
      throw error;
    }
    if (error.code === 'outcome-unknown') {
      const found: Finding = {
        severity: 'info',
        text: t('The answer was lost on the way, but the change is in place.'),
        fix: [],
        who: 'nobody',
      };
      // An old picture may still lack what was removed before, so "gone" has to be seen twice.
      const sight = await look(cmdlet.startsWith('Remove-') ? 2 : 1);
      return conclude(sight, [], [found]);
    }
    if (isAlreadyThere(error)) {
      const sight = await look();
      if (sight.effect !== 'not-in-effect') return conclude(sight, [], []);
      await intent.done('refused: name taken');
      throw changedMeanwhile(name);
    }
    if (isGone(error)) {
      if (cmdlet.startsWith('Remove-')) return conclude({ effect: 'in-effect', connector: null }, [], []);
      await intent.done('refused: gone');
      throw changedMeanwhile(name);
    }
    await intent.done(`refused: ${error.code}`);
    if (isProhibited(error))
      return end('refused', await look(1, [0]).catch(() => null), {
        error: t(error.text),
        findings: [notAllowedFinding(name, tenant, t)],
      });
    if (error.code !== 'exchange-refused') throw error;
    // Exchange now and then complains after it has done what it was asked.
    const sight = await look(1, [0]);
    if (sight.effect === 'in-effect') return end('done', sight, { warnings: [t(error.text)] });
    const refusal: Finding = {
      severity: 'blocker',
      text: t(error.text),
      fix: error.remedy ? [t(error.remedy)] : [],
      who: error.who ?? 'microsoft-admin',
    };
    return end('refused', null, { error: t(error.text), findings: [refusal] });
  }
  try {
    return await conclude(await look(), result.warnings, []);
  } catch (error) {
    if (!isAppError(error) && signal.aborted) throw stoppedMidway(cmdlet);
    throw error;
  }
}
