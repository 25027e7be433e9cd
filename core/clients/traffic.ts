/** What came through the connector, by Microsoft's message trace: unused, misused, or as it should be; and what to do. */
import { z } from 'zod';
import { Who } from '../result.ts';
import type { Translate } from '../text.ts';

/** One recipient of one message, as the trace has it. */
export type TraceRow = {
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
  readonly sender: string;
  readonly recipient: string;
  /** As Microsoft names it: Delivered, Failed, FilteredAsSpam … */
  readonly status: string;
  readonly fromIp: string | null;
};

export const TrafficFinding = z.object({
  kind: z.enum(['unexpected-sender', 'volume', 'refused', 'unused', 'cut-short']),
  severity: z.enum(['bad', 'warning', 'info']),
  text: z.string(),
  fix: z.array(z.string()),
  who: Who,
});
export type TrafficFinding = z.infer<typeof TrafficFinding>;

export const Traffic = z.object({
  schema: z.literal('relayready/traffic@1'),
  client: z.string(),
  addresses: z.array(z.string()),
  /** ISO 8601, UTC. */
  from: z.string(),
  to: z.string(),
  /** Recipients, not messages. */
  total: z.number(),
  /** YYYY-MM-DD, every day of the span. */
  days: z.array(z.object({ day: z.string(), total: z.number(), failed: z.number() })),
  senders: z.array(z.object({ sender: z.string(), total: z.number(), expected: z.boolean() })),
  findings: z.array(TrafficFinding),
  /** Microsoft had more rows than are read; what is said is true of the newest. */
  cutShort: z.boolean(),
});
export type Traffic = z.infer<typeof Traffic>;

const DAY_MS = 86_400_000;
/** Fewer mails than this a day are nothing to speak of. */
const QUIET = 50;
const TIMES_USUAL = 5;
/** Of the mails of a week; a mistyped recipient now and then is life. */
const REFUSED_SHARE = 0.2;
const REFUSED_LEAST = 5;
const MOST_SENDERS = 50;

const dayOf = (iso: string): string => iso.slice(0, 10);

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? 0;
}

export type TrafficInput = {
  readonly client: string;
  readonly addresses: readonly string[];
  /** Addresses the devices are meant to send from, small letters. */
  readonly expected: readonly string[];
  readonly rows: readonly TraceRow[];
  /** ISO 8601, UTC. */
  readonly from: string;
  readonly to: string;
  readonly cutShort: boolean;
};

export function judgeTraffic({ rows, expected, ...input }: TrafficInput, t: Translate): Traffic {
  const days = new Map<string, { total: number; failed: number }>();
  for (let at = Date.parse(dayOf(input.from)); at <= Date.parse(input.to); at += DAY_MS)
    days.set(new Date(at).toISOString().slice(0, 10), { total: 0, failed: 0 });
  const senders = new Map<string, number>();
  for (const { receivedAt, sender, status } of rows) {
    const day = days.get(dayOf(receivedAt));
    if (day) {
      day.total += 1;
      if (status.toLowerCase() === 'failed') day.failed += 1;
    }
    const from = sender.toLowerCase();
    senders.set(from, (senders.get(from) ?? 0) + 1);
  }
  const perDay = [...days].map(([day, counts]) => ({ day, ...counts }));
  const perSender = [...senders]
    .map(([sender, total]) => ({ sender, total, expected: expected.includes(sender) }))
    .sort((one, other) => other.total - one.total);
  return {
    schema: 'relayready/traffic@1',
    ...input,
    addresses: [...input.addresses],
    total: rows.length,
    days: perDay,
    senders: perSender.slice(0, MOST_SENDERS),
    findings: [
      ...strangers(perSender, expected, t),
      ...volume(perDay, t),
      ...refused(perDay, t),
      ...unused(rows, perDay.length, t),
      ...(input.cutShort
        ? [
            {
              kind: 'cut-short' as const,
              severity: 'info' as const,
              text: t(
                'There was more mail than is read at once; this is about the newest {count, number} recipients.',
                {
                  count: rows.length,
                },
              ),
              fix: [t('Look at fewer days.')],
              who: 'nobody' as const,
            },
          ]
        : []),
    ],
  };
}

type Senders = Traffic['senders'];
type Days = Traffic['days'];

function strangers(senders: Senders, expected: readonly string[], t: Translate): readonly TrafficFinding[] {
  // A client whose sender was never entered has no unexpected ones.
  if (expected.length === 0) return [];
  const found = senders.filter((one) => !one.expected);
  if (found.length === 0) return [];
  const names = found
    .slice(0, 5)
    .map(({ sender }) => sender || t('no sender'))
    .join(', ');
  return [
    {
      kind: 'unexpected-sender',
      severity: 'bad',
      text: t(
        'Mail came through the connector from {count, plural, one {a sender} other {# senders}} nobody entered: {names}.',
        {
          count: found.length,
          names,
        },
      ),
      fix: [
        t('Ask in the office which device or program sends as that; if it belongs there, enter it.'),
        t(
          'If nobody knows it, have the computers in the office checked for malware: whoever is in the office network can send this way.',
        ),
        t('Until that is settled, let only the scanner’s own address through the firewall on port 25.'),
      ],
      who: 'you',
    },
  ];
}

function volume(days: Days, t: Translate): readonly TrafficFinding[] {
  const found = days.filter(({ day, total }) => {
    const others = days.filter((other) => other.day !== day && other.total > 0).map((other) => other.total);
    return total > Math.max(QUIET, TIMES_USUAL * median(others));
  });
  const most = found.toSorted((one, other) => other.total - one.total)[0];
  if (!most) return [];
  const usual = median(days.filter(({ day, total }) => total > 0 && day !== most.day).map(({ total }) => total));
  return [
    {
      kind: 'volume',
      severity: 'bad',
      text: t('On {day} {count, number} mails went through the connector; on other days it is about {usual, number}.', {
        day: most.day,
        count: most.total,
        usual,
      }),
      fix: [
        t('Ask in the office whether something big was sent that day.'),
        t('If not, look at who sent it, switch that device off, and have the network checked for malware.'),
        t(
          'Microsoft blocks connectors that send unwanted mail; look whether it has (security.microsoft.com/restrictedentities).',
        ),
      ],
      who: 'you',
    },
  ];
}

function refused(days: Days, t: Translate): readonly TrafficFinding[] {
  const total = days.reduce((sum, day) => sum + day.total, 0);
  const failed = days.reduce((sum, day) => sum + day.failed, 0);
  if (failed < REFUSED_LEAST || failed < total * REFUSED_SHARE) return [];
  return [
    {
      kind: 'refused',
      severity: 'warning',
      text: t('{failed, number} of {total, number} mails were not delivered.', { failed, total }),
      fix: [
        t('Look at the non-delivery reports in the sender’s mailbox; RelayReady explains them (“explain”).'),
        t(
          'Usually the device’s address book holds recipients that are gone. If they are strangers’ addresses, somebody misuses the connector.',
        ),
      ],
      who: 'you',
    },
  ];
}

/** Mail refused while it is handed over never gets into the trace. */
function unused(rows: readonly TraceRow[], days: number, t: Translate): readonly TrafficFinding[] {
  if (rows.length > 0) return [];
  return [
    {
      kind: 'unused',
      severity: 'warning',
      text: t('Nothing came through the connector in {days, number} days.', { days }),
      fix: [
        t('Send a scan as a test. What Microsoft turns away while it is handed over does not show here.'),
        t('If no device sends any more, take the connector away: what is not there cannot be misused.'),
      ],
      who: 'you',
    },
  ];
}
