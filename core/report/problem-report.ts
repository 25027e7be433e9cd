/** A problem as a text that a person reads before giving it to anybody: what happened where, without secrets, addresses and names. */
import { redactAll } from '../redact.ts';
import type { SetUp } from '../set-up.ts';
import type { Translate } from '../text.ts';

export type Problem = {
  readonly version: string;
  /** e.g. `win32 x64 10.0.26100`. */
  readonly system: string;
  readonly step: string;
  /** The person's own words. */
  readonly words: string;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly remedy: string | null;
    readonly detail: string | null;
  } | null;
  readonly setUp: SetUp | null;
  /** The end of the log of our own mistakes. */
  readonly log: string;
  /** Names of this computer and of whoever uses it. */
  readonly computer: readonly string[];
  /** ISO 8601, UTC. */
  readonly at: string;
};

/** Longer transcripts and evidence help nobody who has to read it all. */
const MOST_CHARACTERS = 60_000;

export function problemReport(problem: Problem, t: Translate): string {
  const { setUp, error } = problem;
  const sections: (readonly [string, readonly string[]])[] = [
    [
      t('Where'),
      [
        `RelayReady ${problem.version}, ${problem.system}, ${t.language}`,
        `${problem.at}, ${problem.step}${setUp ? `, ${setUp.environment}${setUp.scenario ? ` (${setUp.scenario})` : ''}` : ''}`,
      ],
    ],
    [t('What happened, in your own words'), [problem.words.trim()]],
    [t('The error'), error ? [error.code, error.message, error.remedy ?? '', error.detail ?? ''] : []],
    ...(setUp ? found(setUp, t) : []),
    [t('What RelayReady wrote down about its own mistakes'), problem.log.trim().split('\n')],
  ];
  const text = sections
    .map(([title, lines]) => [title, lines.filter((line) => line.trim() !== '')] as const)
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `== ${title}\n${lines.join('\n')}\n`)
    .join('\n');
  return redactAll(text.slice(0, MOST_CHARACTERS), [...problem.computer, ...(setUp ? namesIn(setUp) : [])]);
}

const found = ({ report, spf, plan, outcome, test, skipped }: SetUp, t: Translate) =>
  [
    [t('Left out'), [skipped.join(', ')]],
    [
      t('What was found'),
      report?.results.flatMap(({ id, status, summary, cause, evidence }) => [
        `${id}: ${status} – ${summary}${cause === null ? '' : ` ${cause}`}`,
        `  ${JSON.stringify(evidence)}`,
      ]) ?? [],
    ],
    [
      t('The SPF record'),
      spf
        ? [`${spf.result}, ${spf.lookups}/${spf.voidLookups}`, ...spf.records, spf.problem ?? '', spf.proposed ?? '']
        : [],
    ],
    [
      t('What will change'),
      plan?.steps
        .map((step) => `${step.cmdlet} ${JSON.stringify(step.parameters)}`)
        .concat(plan.findings.map((finding) => `${finding.severity}: ${finding.text}`)) ?? [],
    ],
    [
      t('What was changed'),
      outcome
        ? [outcome.status, ...outcome.steps.map((step) => `${step.cmdlet}: ${step.status} ${step.error ?? ''}`)]
        : [],
    ],
    [
      t('The test messages'),
      test?.messages.flatMap((message) => [
        `${message.kind}: ${message.outcome} ${message.reply ? `${message.reply.code} ${message.reply.text}` : ''}`,
        ...message.transcript.map((line) => `  ${line.atMs} ${line.from}: ${line.line}`),
      ]) ?? [],
    ],
  ] as const;

/** Whatever in a set-up is a name; what has a pattern of its own is found by that. */
function namesIn({ profile, plan, outcome, report }: SetUp): readonly string[] {
  const { name, domain, sender, devices, relayHost, testRecipients, connector } = profile;
  const tenant = outcome?.tenant ?? plan?.tenant;
  const people = [sender, testRecipients.internal, testRecipients.external].map((mail) => mail?.split('@')[0] ?? '');
  return [
    name,
    domain,
    domain.split('.')[0] ?? '',
    relayHost ?? '',
    connector.certificateName ?? '',
    connector.name === 'RelayReady' ? '' : connector.name,
    tenant?.name ?? '',
    tenant?.initialDomain ?? '',
    report?.profile.name ?? '',
    ...devices.flatMap((device) => [device.name, device.address]),
    // Words that many addresses begin with tell nobody who it is.
    ...people.filter((part) => !/^(scanner|scan|printer|office|info|mail|mailbox|admin)$/i.test(part)),
  ];
}
