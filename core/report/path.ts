/**
 * The picture of the path a scan travels: six stations and the five stretches between them, each with its state and with what is
 * known of it, and where it stops; pure. Wizard, report and hand-over sheet draw this and nothing else.
 */
import type { TestDocument, TestMessage } from '../mail/test-document.ts';
import type { Outcome } from '../plan/plan.ts';
import { Station, type CheckResult, type Status } from '../result.ts';
import { say, type Text, type Translate } from '../text.ts';
import { evidenceIn, factsOf, type PathKnowledge } from './path-facts.ts';
import { stationWord } from './words.ts';

/** A status, or that nothing has been asked yet, or is being asked. */
export type PathState = Status | 'waiting' | 'running';

type Part = {
  readonly state: PathState;
  /** The sentence that decided the state; null when there is none. */
  readonly summary: string | null;
};
export type PathStation = Part & {
  readonly kind: 'station';
  readonly id: Station;
  readonly name: string;
  /** Values as they are, best known first: a model, an address, a host name. */
  readonly facts: readonly string[];
};
export type PathStretch = Part & {
  readonly kind: 'stretch';
  /** The station it leads to. */
  readonly id: Station;
  /** For readers of the list: between which stations. */
  readonly name: string;
  /** What the state means here ("open"); null: the usual word of the state. */
  readonly word: string | null;
};

export type Path = {
  /** Station, stretch, station, … in the order of travel. */
  readonly parts: readonly (PathStation | PathStretch)[];
  /** Index in `parts` of the first that fails, and the sentence that says where and why; null when nothing does. */
  readonly stop: { readonly at: number; readonly where: string; readonly why: string | null } | null;
};

type PathOptions = {
  /** Stations whose checks are running. */
  readonly running?: readonly Station[];
};

/** Worst first; `unknown` outweighs only what is settled. */
const BY_WEIGHT: readonly Status[] = ['fail', 'warn', 'unknown', 'pass', 'skipped'];

type Said = { readonly status: Status; readonly summary: string | null };
const worst = (said: readonly Said[]): Said | null =>
  BY_WEIGHT.flatMap((status) => said.find((one) => one.status === status) ?? [])[0] ?? null;

/** A side question without an answer does not darken a station that others have lit. */
const weighty = (results: readonly CheckResult[]): readonly CheckResult[] => {
  const told = results.filter(({ status, essential }) => status !== 'unknown' || essential);
  return told.length > 0 ? told : results;
};

/** How a stretch is known to be passable: by one check's evidence. The last one is proved by the test message alone. */
const CROSSINGS: Readonly<
  Partial<Record<Station, { readonly check: string; readonly proof: string; readonly good: Text; readonly bad: Text }>>
> = {
  office: { check: 'device', proof: 'reachable', good: say('answers'), bad: say('no answer') },
  line: { check: 'public-ip', proof: 'address', good: say('online'), bad: say('not online') },
  'port-25': { check: 'port-25', proof: 'open', good: say('open'), bad: say('blocked') },
  microsoft: { check: 'starttls', proof: 'offered', good: say('encrypted'), bad: say('not encrypted') },
};

const DELIVERIES: Readonly<Record<TestMessage['outcome'], { readonly state: Status; readonly word: Text | null }>> = {
  accepted: { state: 'pass', word: say('accepted') },
  refused: { state: 'fail', word: say('refused') },
  deferred: { state: 'warn', word: say('put off') },
  unknown: { state: 'unknown', word: null },
  'not-sent': { state: 'unknown', word: say('not sent') },
};

const OUTCOMES: Readonly<Record<Outcome['status'], Status>> = {
  done: 'pass',
  'nothing-to-do': 'pass',
  refused: 'fail',
  failed: 'fail',
  unknown: 'unknown',
};

/** The message to somebody outside counts; inside alone proves nothing about the way out. */
const decisive = (test: TestDocument | null): TestMessage | null =>
  test?.messages.find(({ kind }) => kind === 'external') ?? test?.messages[0] ?? null;

const relayLook = (results: readonly CheckResult[]): CheckResult | undefined =>
  results.find(({ station, needsSignIn, status }) => station === 'microsoft' && needsSignIn && status !== 'skipped');

/** A change that nobody has looked at since speaks for itself. */
function changed({ results, outcome }: PathKnowledge): readonly Said[] {
  if (outcome === null || relayLook(results)) return [];
  const status = OUTCOMES[outcome.status];
  return [{ status, summary: outcome.findings[0]?.text ?? null }];
}

/** That the domain is known to Microsoft opens nothing yet: the office is let in when a connector, or a message, says so. */
const letsIn = (known: PathKnowledge): boolean =>
  relayLook(known.results)?.status === 'pass' ||
  (known.outcome !== null && OUTCOMES[known.outcome.status] === 'pass') ||
  decisive(known.test)?.outcome === 'accepted';

export function pathOf(known: PathKnowledge, t: Translate, { running = [] }: PathOptions = {}): Path {
  const { results, test } = known;
  const asked = (station: Station): PathState => (running.includes(station) ? 'running' : 'waiting');
  const message = decisive(test);
  const delivery = message && DELIVERIES[message.outcome];

  const stretchTo = (id: Station, from: Station): PathStretch => {
    const part = {
      kind: 'stretch' as const,
      id,
      name: t('From {from} to {to}', { from: stationWord(from, t), to: stationWord(id, t) }),
    };
    const crossing = CROSSINGS[id];
    if (!crossing)
      return delivery
        ? { ...part, state: delivery.state, word: delivery.word && t(delivery.word), summary: test?.summary ?? null }
        : { ...part, state: asked(id), word: null, summary: null };
    const result = results.find((candidate) => candidate.id === crossing.check);
    if (!result) return { ...part, state: asked(id), word: null, summary: null };
    const proof = evidenceIn(results, crossing.check)[crossing.proof];
    const crossed = proof !== undefined && proof !== null && proof !== false;
    const judged = result.status === 'fail' || result.status === 'warn';
    if (crossed) return { ...part, state: 'pass', word: t(crossing.good), summary: null };
    return { ...part, state: result.status, word: judged ? t(crossing.bad) : null, summary: result.summary };
  };

  const stationAt = (id: Station, beyond: PathStretch | undefined): PathStation => {
    const part = { kind: 'station' as const, id, name: stationWord(id, t), facts: factsOf(id, known, t) };
    const said: Said[] = weighty(results.filter(({ station }) => station === id)).map(({ status, summary }) => ({
      status,
      summary,
    }));
    if (id === 'recipient' && message?.outcome === 'accepted')
      said.push({ status: 'pass', summary: test?.summary ?? null });
    // What went out through the line has passed the office network.
    if (said.length === 0 && beyond?.state === 'pass') return { ...part, state: 'pass', summary: null };
    if (id === 'microsoft') said.push(...changed(known));
    const verdict = worst(said);
    if (!verdict || (id === 'microsoft' && verdict.status === 'pass' && !letsIn(known)))
      return { ...part, state: asked(id), summary: null };
    return { ...part, state: verdict.status, summary: verdict.summary };
  };

  const stations = Station.options;
  const stretches = stations.slice(1).map((id, index) => stretchTo(id, stations[index] ?? id));
  const parts = stations.flatMap((id, index) => {
    const stretch = stretches[index];
    // Only the office network has no check of its own.
    const station = stationAt(id, id === 'office' ? stretch : undefined);
    return stretch ? [station, stretch] : [station];
  });
  return { parts, stop: stopIn(parts, t) };
}

function stopIn(parts: Path['parts'], t: Translate): Path['stop'] {
  const at = parts.findIndex(({ state }) => state === 'fail');
  const part = parts[at];
  if (!part) return null;
  const nameAt = (index: number) => parts[index]?.name ?? '';
  const where =
    part.kind === 'station'
      ? t('It stops at: {station}.', { station: part.name })
      : t('It stops between {from} and {to}.', { from: nameAt(at - 1), to: nameAt(at + 1) });
  return { at, where, why: part.summary };
}
