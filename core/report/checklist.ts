/** The checklist as a document: each step with what to do by hand, what was found, what is open, and what to tick; pure. */
import { planChanges, written } from '../plan/plan-changes.ts';
import type { Outcome, Plan } from '../plan/plan.ts';
import { SETTING_WORDS } from '../plan/setting-words.ts';
import type { CheckResult, Detail, Status, Who } from '../result.ts';
import type { SetUp, Tick } from '../set-up.ts';
import { treeRows } from '../spf/tree-rows.ts';
import type { Translate } from '../text.ts';
import { evidenceRows, type EvidenceRow } from './evidence-rows.ts';
import { MANUAL, type ManualStep, type Way } from './manual.ts';
import { MESSAGE_WORDS, OUTCOME_WORDS } from './words.ts';

/** One thing that was looked at, changed or sent. */
export type Found = {
  readonly id: string;
  readonly title: string;
  readonly status: Status;
  readonly summary: string;
  /** Why it matters; null where that goes without saying. */
  readonly why: string | null;
  readonly cause: string | null;
  readonly fix: readonly string[];
  readonly who: Who;
  /** ISO 8601; null when it is not known. */
  readonly at: string | null;
  readonly evidence: readonly EvidenceRow[];
  readonly details: readonly Detail[];
};

export type ChecklistPoint = { readonly id: string; readonly text: string; readonly tick: Tick | null };

export type ChecklistStep = {
  readonly id: string;
  readonly title: string;
  /** How far the wizard came with it; null when it never went that way. */
  readonly state: 'done' | 'left-out' | 'open' | null;
  /** The worst of what was found; null when nothing was. */
  readonly status: Status | null;
  readonly how: readonly Way[];
  readonly found: readonly Found[];
  readonly points: readonly ChecklistPoint[];
};

/** Worst first: what is open weighs more than doubt, doubt more than a remark. */
const BY_WEIGHT: readonly Status[] = ['fail', 'unknown', 'warn', 'pass', 'skipped'];
const worstOf = (found: readonly Found[]): Status | null =>
  BY_WEIGHT.find((status) => found.some((one) => one.status === status)) ?? null;

const belongs = ({ stations, signedIn = false }: ManualStep, result: CheckResult): boolean =>
  stations.includes(result.station) && result.needsSignIn === signedIn;

/** A report that was never run carries the first second of 1970. */
const momentOf = (iso: string): string | null => (Date.parse(iso) > 0 ? iso : null);

/** What could not be told leaves blanks behind; shown as they are, they would look like answers. */
const measured = ({ status, evidence }: CheckResult): CheckResult['evidence'] =>
  status !== 'unknown' && status !== 'skipped'
    ? evidence
    : Object.fromEntries(
        Object.entries(evidence).filter(([, value]) => Boolean(value) && !(Array.isArray(value) && value.length === 0)),
      );

export const resultFound = (result: CheckResult, at: string, t: Translate): Found => ({
  id: result.id,
  title: result.title,
  status: result.status,
  summary: result.summary,
  why: result.why,
  cause: result.cause,
  fix: result.fix,
  who: result.who,
  at: momentOf(at),
  evidence: evidenceRows(measured(result), t),
  details: result.details,
});

/** In words, with the name Exchange has for it. */
function settingName(name: string, t: Translate): string {
  const word = Object.hasOwn(SETTING_WORDS, name) && SETTING_WORDS[name] ? t(SETTING_WORDS[name]) : name;
  return word === name ? name : `${word} (${name})`;
}

export const settingRows = (settings: Readonly<Record<string, unknown>>, t: Translate): readonly EvidenceRow[] =>
  Object.entries(settings).flatMap(([name, value]) => {
    // Exchange writes a domain as smtp:contoso.com;1.
    const shown = written(value, [t('yes'), t('no')])?.replaceAll(/\bsmtp:([^;,]+);\d+/gi, '$1') ?? null;
    // What Exchange has beside the settings that matter is told where it says something.
    const idle = !Object.hasOwn(SETTING_WORDS, name) && (value === false || value === 'False');
    return shown === null || idle ? [] : [{ label: settingName(name, t), value: shown }];
  });

/** Setting, before, after. */
const changeTable = (plan: Plan, t: Translate): readonly Detail[] =>
  plan.steps.map((step) => ({
    kind: 'table',
    columns: [t('Setting'), t('Before'), t('After')],
    rows: planChanges(step, [t('yes'), t('no')]).map(({ name, before, after }) => [
      settingName(name, t),
      before ?? t('nothing'),
      after ?? t('nothing'),
    ]),
  }));

/** @param made the plan was carried out; what became of it is told by its outcome */
export function planFound(plan: Plan, made: boolean, t: Translate): Found {
  const blocker = plan.findings.find(({ severity }) => severity === 'blocker');
  return {
    id: 'plan',
    title: t('The plan for Microsoft 365'),
    status: !made && (blocker || plan.steps.length > 0) ? 'fail' : 'pass',
    summary:
      blocker?.text ??
      (plan.steps.length === 0
        ? t('Nothing has to change in Microsoft 365.')
        : made
          ? t('{count, plural, one {# change was} other {# changes were}} planned.', { count: plan.steps.length })
          : t('{count, plural, one {# change is} other {# changes are}} planned and not made yet.', {
              count: plan.steps.length,
            })),
    why: null,
    cause: plan.steps.map(({ why }) => why).join(' ') || null,
    fix: plan.findings.flatMap(({ severity, text, fix }) => (severity === 'info' ? [] : [text, ...fix])),
    who: made ? 'nobody' : (blocker?.who ?? (plan.steps.length > 0 ? 'microsoft-admin' : 'nobody')),
    at: null,
    evidence: [{ label: t('Organisation'), value: plan.tenant.name ?? plan.tenant.id }],
    details: changeTable(plan, t),
  };
}

export function outcomeFound(outcome: Outcome, t: Translate): Found {
  const { status, text } = OUTCOME_WORDS[outcome.status];
  const open = outcome.findings.filter(({ severity }) => severity !== 'info');
  return {
    id: 'outcome',
    title: t('What was changed in Microsoft 365'),
    status: status === 'pass' && open.length > 0 ? 'fail' : status,
    summary: t(text),
    why: null,
    cause: outcome.steps.flatMap(({ error }) => (error === null ? [] : [error])).join(' ') || null,
    fix: open.flatMap(({ text: said, fix }) => [said, ...fix]),
    who: open[0]?.who ?? (status === 'pass' ? 'nobody' : 'microsoft-admin'),
    at: momentOf(outcome.finishedAt),
    evidence: [
      { label: t('Organisation'), value: outcome.tenant.name ?? outcome.tenant.id },
      ...settingRows(outcome.connector ?? {}, t),
    ],
    details: [],
  };
}

export function spfFound(setUp: SetUp, t: Translate): readonly Found[] {
  const { spf } = setUp;
  if (!spf) return [];
  const right = spf.result === 'pass' && spf.proposed === null;
  return [
    {
      id: 'record',
      title: t('The SPF record tried with the office’s address'),
      status: right ? 'pass' : spf.result === 'temperror' ? 'unknown' : 'fail',
      summary: t('{ip} for {domain}: {result}', { ip: spf.ip, domain: spf.domain, result: spf.result }),
      why: null,
      cause: spf.problem,
      fix:
        spf.proposed === null
          ? spf.proposedNotes
          : [t('Publish the record below in place of the old one.'), ...spf.proposedNotes],
      who: right ? 'nobody' : 'dns-host',
      at: null,
      evidence: [
        { label: t('Record'), value: spf.records.join('\n') || t('none') },
        { label: t('Look-ups (10 at most)'), value: String(spf.lookups) },
      ],
      details: [
        ...(spf.proposed === null
          ? []
          : [
              {
                kind: 'change' as const,
                label: t('TXT record of {domain}', { domain: spf.domain }),
                before: spf.records.join('\n') || null,
                after: spf.proposed,
              },
            ]),
        ...(spf.tree.length === 0
          ? []
          : [
              {
                kind: 'table' as const,
                columns: [t('Term'), t('Look-ups'), t('What came of it')],
                rows: treeRows(spf.tree, t).map((row) => [...row]),
              },
            ]),
      ],
    },
  ];
}

export const messagesFound = (setUp: SetUp, t: Translate): readonly Found[] =>
  (setUp.test?.messages ?? []).map((message, index) => {
    const { status, text } = MESSAGE_WORDS[message.outcome];
    const { reply, explanation } = message;
    return {
      id: `message-${index}`,
      title: message.kind === 'internal' ? t('Message to somebody inside') : t('Message to somebody outside'),
      status,
      summary: t(text),
      why: null,
      cause: message.outcome === 'accepted' ? null : (explanation?.cause ?? null),
      fix: message.outcome === 'accepted' ? [] : (explanation?.fix ?? []),
      who: message.outcome === 'accepted' ? 'nobody' : (explanation?.who ?? 'you'),
      at: null,
      evidence: [
        { label: t('Server'), value: setUp.test?.host ?? '–' },
        { label: t('To'), value: message.to },
        {
          label: t('Reply'),
          value: reply === null ? t('none') : [reply.code, reply.enhanced, reply.text].filter((part) => part).join(' '),
        },
        { label: t('Message-ID'), value: message.messageId },
      ],
      details: [],
    };
  });

function foundIn(step: ManualStep, setUp: SetUp, t: Translate): readonly Found[] {
  const { report, plan, outcome } = setUp;
  const results = report?.results.filter((result) => belongs(step, result)) ?? [];
  const found = results.map((result) => resultFound(result, report?.startedAt ?? '', t));
  switch (step.id) {
    case 'let-it-send':
      if (outcome) return [...found, outcomeFound(outcome, t)];
      return plan ? [...found, planFound(plan, false, t)] : found;
    case 'dns':
      return [...found, ...spfFound(setUp, t)];
    case 'test':
      return messagesFound(setUp, t);
    default:
      return found;
  }
}

function stateOf(step: string, setUp: SetUp | null): ChecklistStep['state'] {
  if (!setUp || (setUp.finished.length === 0 && setUp.skipped.length === 0)) return null;
  return setUp.finished.includes(step) ? 'done' : setUp.skipped.includes(step) ? 'left-out' : 'open';
}

/** @param setUp null for the bare manual */
export const checklistSteps = (setUp: SetUp | null, t: Translate): readonly ChecklistStep[] =>
  MANUAL.map((step) => {
    const found = setUp ? foundIn(step, setUp, t) : [];
    return {
      id: step.id,
      title: t(step.title),
      state: stateOf(step.id, setUp),
      status: worstOf(found),
      how: step.how(setUp, t),
      found,
      points: step.points.map(({ id, text }) => ({ id, text: t(text), tick: setUp?.ticks?.[id] ?? null })),
    };
  });

/** What somebody still has to do, in the order of the steps. */
export const stillOpen = (steps: readonly ChecklistStep[]): readonly (Found & { readonly step: string })[] =>
  steps.flatMap((step) =>
    step.found
      .filter(({ status }) => status === 'fail' || status === 'unknown')
      .map((one) => ({ ...one, step: step.title })),
  );
