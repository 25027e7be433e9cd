/** From the published record and the wanted senders to the one record to publish; shown only after it has been evaluated itself. */
import { say, type Text } from '../text.ts';
import { closingIndex, insertAt, isAll, recordOf, termKey, type Draft } from './draft.ts';
import { evaluateSpf } from './evaluate.ts';
import { LOOKUP_LIMIT, type Evaluation } from './evaluation.ts';
import type { SpfInput, SpfSubject } from './evaluation-run.ts';
import { mendRecord } from './mend-record.ts';
import { mergeRecords } from './merge-records.ts';
import { isNearRecord } from './near-record.ts';
import type { SpfResult } from './spf-document.ts';
import { withPublished, type SpfSteps } from './spf-question.ts';

export type Wanted = {
  /** IPv4 or IPv6 addresses that shall pass. */
  readonly ips: readonly string[];
  /** Name whose senders shall pass, e.g. spf.protection.outlook.com. */
  readonly include: string;
};

export type Proposal = {
  /** Null when the published record already does it, or no record can be proposed safely. */
  readonly record: string | null;
  /** Of the proposed record, for the address that was asked about. */
  readonly result: SpfResult | null;
  /** Most look-ups any sender can cause with the proposed record. */
  readonly lookups: number | null;
  readonly notes: readonly Text[];
};

/** One TXT string holds 255 bytes (RFC 1035 §3.3); longer records are published in several. */
const STRING_BYTES = 255;
/** RFC 7208 §3.4: larger answers do not reach everybody. */
const PRACTICAL_BYTES = 450;

/** @param evaluation of `input` as published */
export function* proposeRecord(input: SpfInput, evaluation: Evaluation, wanted: Wanted): SpfSteps<Proposal> {
  const nothing = (...notes: readonly Text[]): Proposal => ({ record: null, result: null, lookups: null, notes });
  const { root } = evaluation;
  if (evaluation.result === 'temperror')
    return nothing(say('Not every name server answered, so no record is proposed. Try again.'));
  const published = root.records;
  if (published.length === 1 && root.terms.every(({ problem }) => problem === null)) {
    const trouble = yield* troubleWith(input, null, wanted);
    if (trouble === 'temperror')
      return nothing(say('Not every name server answered, so no record is proposed. Try again.'));
    if (trouble === null) return nothing(...(yield* remarks(input, published[0] ?? '')));
  }
  const texts = published.length > 0 ? published : root.texts.filter(isNearRecord);
  const mended = texts.map(mendRecord);
  const drafts = mended.flatMap(({ records }) => records.map(withoutDeadEnd));
  const merged = drafts.length === 0 ? { draft: ['-all'], notes: [] } : mergeRecords(drafts);
  const notes: Text[] = [...mended.flatMap((one) => one.notes), ...merged.notes];
  const draft = yield* completed(input, merged.draft, wanted, notes);
  const record = recordOf(draft);
  const trouble = yield* troubleWith(input, record, wanted);
  if (trouble !== null)
    return nothing(
      ...notes,
      trouble === 'temperror'
        ? say('Not every name server answered, so no record is proposed. Try again.')
        : say(
            'No record that lets everybody send could be found by itself; let whoever looks after your domain mend “{record}”.',
            { record },
          ),
    );
  const { result } = yield* withPublished(evaluateSpf(input), input.domain, record);
  const { lookups } = yield* withPublished(evaluateSpf({ ...input, subject: 'nobody' }), input.domain, record);
  return { record, result, lookups, notes: [...notes, ...(yield* remarks(input, record))] };
}

/** What stands behind `all` is never reached (RFC 7208 §5.1); a leading `v=spf1` is not part of the draft. */
const withoutDeadEnd = (draft: Draft): Draft => {
  const all = draft.findIndex(isAll);
  return all < 0 ? draft : draft.filter((text, index) => index <= all || /^[a-z][a-z0-9\-_.]*=/i.test(text));
};

/** Does the record (null: the published one) let every wanted sender pass? @returns the first result that is none */
function* troubleWith(input: SpfInput, record: string | null, { ips, include }: Wanted): SpfSteps<SpfResult | null> {
  const ask = (ip: string, subject: SpfSubject) => {
    const steps = evaluateSpf({ ...input, ip, subject });
    return record === null ? steps : withPublished(steps, input.domain, record);
  };
  for (const ip of ips) {
    const { result } = yield* ask(ip, 'address');
    if (result !== 'pass') return result;
  }
  const { result } = yield* ask(ips[0] ?? input.ip, { include });
  return result === 'pass' ? null : result;
}

/** Adds what is missing: addresses in front, where they cost no look-up and always count, the include before the ending. */
function* completed(input: SpfInput, draft: Draft, { ips, include }: Wanted, notes: Text[]): SpfSteps<Draft> {
  let result = draft;
  const passes = function* (candidate: Draft, ip: string, subject: SpfSubject): SpfSteps<boolean> {
    return (
      (yield* withPublished(evaluateSpf({ ...input, ip, subject }), input.domain, recordOf(candidate))).result ===
      'pass'
    );
  };
  const added = ips.map((ip) => `${ip.includes(':') ? 'ip6' : 'ip4'}:${ip}`);
  for (const [at, ip] of ips.entries()) {
    if (yield* passes(result, ip, 'address')) continue;
    const term = added[at] as string;
    const places = result.filter((text) => added.some((other) => termKey(other) === termKey(text))).length;
    result = insertAt(result, places, term);
    notes.push(say('“{term}” lets this office send.', { term }));
  }
  const term = `include:${include}`;
  if (!(yield* passes(result, ips[0] ?? input.ip, { include }))) {
    const atEnd = insertAt(result, closingIndex(result), term);
    const works = yield* passes(atEnd, ips[0] ?? input.ip, { include });
    result = works ? atEnd : insertAt(result, ips.length, term);
    notes.push(say('“{term}” lets Microsoft 365 send.', { term }));
  }
  return result;
}

/** What a person should know of a record, right or not. */
function* remarks(input: SpfInput, record: string): SpfSteps<readonly Text[]> {
  const notes: Text[] = [];
  const walk = yield* withPublished(evaluateSpf({ ...input, subject: 'nobody' }), input.domain, record);
  if (walk.lookups > LOOKUP_LIMIT) {
    const heavy = walk.root.terms.toSorted((one, other) => other.lookups - one.lookups)[0];
    notes.push(
      say(
        'The record can cause {lookups, number} look-ups; beyond {limit} receivers give up. “{term}” alone causes {most, number}: take it out if that service is no longer used.',
        {
          lookups: walk.lookups,
          limit: LOOKUP_LIMIT,
          term: heavy?.text ?? '',
          most: heavy?.lookups ?? 0,
        },
      ),
    );
  }
  if (/(?:^| )\+?all(?: |$)/i.test(record))
    notes.push(say('“all” without a sign lets everybody in the world send as you. Use “-all” or “~all” instead.'));
  const bytes = record.length;
  if (bytes > STRING_BYTES)
    notes.push(
      say(
        'The record has {bytes, number} characters; your DNS host may ask for it in pieces of up to {limit}, in quotation marks.',
        { bytes, limit: STRING_BYTES },
      ),
    );
  if (bytes > PRACTICAL_BYTES)
    notes.push(say('Such a long record does not reach every receiver; leave out what is no longer used.'));
  return notes;
}
