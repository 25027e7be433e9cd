/** Adds the wanted senders to a record in the making, and tells whether a record lets all of them pass. */
import { say, type Text } from '../text.ts';
import { includeIndex, insertAt, recordOf, termKey, withoutRepeats, type Draft } from './draft.ts';
import { evaluateSpf } from './evaluate.ts';
import type { SpfInput, SpfSubject } from './evaluation-run.ts';
import type { SpfResult } from './spf-document.ts';
import { withPublished, type SpfSteps } from './spf-question.ts';

export type Wanted = {
  /** IPv4 or IPv6 addresses that shall pass. */
  readonly ips: readonly string[];
  /** Name whose senders shall pass, e.g. spf.protection.outlook.com. */
  readonly include: string;
};

/** @param record null: the published one */
function* resultFor(input: SpfInput, record: string | null, ip: string, subject: SpfSubject): SpfSteps<SpfResult> {
  const steps = evaluateSpf({ ...input, ip, subject });
  return (yield* record === null ? steps : withPublished(steps, input.domain, record)).result;
}

/** @returns the first result of a wanted sender that is no pass, or null */
export function* troubleWith(
  input: SpfInput,
  record: string | null,
  { ips, include }: Wanted,
): SpfSteps<SpfResult | null> {
  for (const ip of ips) {
    const result = yield* resultFor(input, record, ip, 'address');
    if (result !== 'pass') return result;
  }
  const result = yield* resultFor(input, record, ips[0] ?? input.ip, { include });
  return result === 'pass' ? null : result;
}

/** Addresses go in front, where they cost no look-up and always count; the include before the ending and before what is kept out. */
export function* completeDraft(
  input: SpfInput,
  draft: Draft,
  { ips, include }: Wanted,
): SpfSteps<{ readonly draft: Draft; readonly notes: readonly Text[] }> {
  const notes: Text[] = [];
  let result = draft;
  const passes = function* (candidate: Draft, ip: string, subject: SpfSubject): SpfSteps<boolean> {
    return (yield* resultFor(input, recordOf(candidate), ip, subject)) === 'pass';
  };
  const added = ips.map((ip) => `${ip.includes(':') ? 'ip6' : 'ip4'}:${ip}`);
  const inFront = () => result.findIndex((text) => !added.some((other) => termKey(other) === termKey(text))) >>> 0;
  for (const [at, ip] of ips.entries()) {
    if (yield* passes(result, ip, 'address')) continue;
    const term = added[at] as string;
    result = withoutRepeats(insertAt(result, Math.min(inFront(), result.length), term));
    notes.push(say('“{term}” lets this office send.', { term }));
  }
  const term = `include:${include}`;
  if (!(yield* passes(result, ips[0] ?? input.ip, { include }))) {
    const atEnd = withoutRepeats(insertAt(result, includeIndex(result), term));
    const works = yield* passes(atEnd, ips[0] ?? input.ip, { include });
    result = works ? atEnd : withoutRepeats(insertAt(result, Math.min(inFront(), result.length), term));
    notes.push(say('“{term}” lets Microsoft 365 send.', { term }));
  }
  return { draft: result, notes };
}
