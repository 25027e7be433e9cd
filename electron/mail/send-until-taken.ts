/** Tries a refused test message again while Microsoft spreads a change; what was taken, or may have been, never goes again. */
import { judgeTest } from '../../core/mail/judge-test.ts';
import type { TestDocument, TestMessage } from '../../core/mail/test-document.ts';
import { sendTestMessages, type SendTestOptions } from './send-test.ts';

/** Microsoft: up to an hour, mostly some minutes; the last one repeats. */
export const PAUSES_MS: readonly number[] = [30_000, 60_000, 120_000, 180_000, 300_000];

/** Refusals that a change still on its way explains. */
const SPREADING: ReadonlySet<string> = new Set(['relay-denied', 'wrong-region', 'direct-send-rejected']);

type WaitOptions = SendTestOptions & {
  /** 0: one try. */
  readonly waitMs: number;
  readonly pausesMs?: readonly number[];
};

/** Worth another try. After a first answer of the server a lost connection is, too. */
const mayYetPass = ({ outcome, explanation }: TestMessage, turn: number): boolean =>
  outcome === 'deferred' ||
  (outcome === 'refused' && SPREADING.has(explanation?.id ?? '')) ||
  (outcome === 'not-sent' && turn > 0);

/**
 * @returns the last answer to each message; when stopped in a pause, what is known by then
 * @throws as `sendTestMessages`
 */
export async function sendUntilTaken(options: WaitOptions): Promise<TestDocument> {
  const { waitMs, pausesMs = PAUSES_MS, signal, t } = options;
  const begun = performance.now();
  let document = await sendTestMessages(options);
  for (let turn = 0; ; turn += 1) {
    const open = document.messages.filter((message) => mayYetPass(message, turn));
    const pauseMs = pausesMs[Math.min(turn, pausesMs.length - 1)] ?? 0;
    const spent = performance.now() - begun;
    if (open.length === 0 || (turn === 0 && waitMs === 0)) return document;
    if (spent + pauseMs > waitMs) return tried(document, turn + 1, spent, options);
    for (const { to } of open)
      options.onProgress({
        topic: to,
        state: 'waiting',
        message: t(
          'Microsoft still says no. A change can take up to an hour to get around; try {count, number} follows by itself.',
          { count: turn + 2 },
        ),
        seconds: Math.round(pauseMs / 1000),
      });
    if (!(await pause(pauseMs, signal))) return tried(document, turn + 1, performance.now() - begun, options);
    const of = (kind: TestMessage['kind']) => open.find((message) => message.kind === kind)?.to ?? null;
    const next = await sendTestMessages({ ...options, internal: of('internal'), external: of('external') });
    const messages = document.messages.map(
      (message) => next.messages.find(({ kind }) => kind === message.kind) ?? message,
    );
    document = { ...document, ...judgeTest(messages, t), messages };
  }
}

const tried = (document: TestDocument, count: number, ms: number, { t }: SendTestOptions): TestDocument => ({
  ...document,
  summary: `${document.summary} ${t(
    'It was tried {count, plural, one {once} other {# times}} in {minutes, plural, one {# minute} other {# minutes}}.',
    { count, minutes: Math.max(1, Math.round(ms / 60_000)) },
  )}`,
});

/** @returns false when stopped */
const pause = (ms: number, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const stop = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve(true);
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
