/** From the published record and the wanted senders to the one record to publish; shown only after it has been evaluated itself. */
import { say, type Text } from '../text.ts';
import { completeDraft, troubleWith, type Wanted } from './complete-draft.ts';
import { isAll, isModifierText, recordOf, type Draft } from './draft.ts';
import { evaluateSpf } from './evaluate.ts';
import type { Evaluation } from './evaluation.ts';
import type { SpfInput } from './evaluation-run.ts';
import { savings, withoutDeadTerms } from './lighten-draft.ts';
import { mendRecord } from './mend-record.ts';
import { mergeRecords } from './merge-records.ts';
import { isNearRecord } from './near-record.ts';
import { isSpfRecord } from './parse-record.ts';
import {
  remarksOnBroken,
  remarksOnDeadEnd,
  remarksOnRecord,
  remarksOnTexts,
  remarksOnUnread,
} from './record-remarks.ts';
import { shedAdvice } from './shed-advice.ts';
import type { SpfResult } from './spf-document.ts';
import { withPublished, type SpfSteps } from './spf-question.ts';
import { survey, type Survey } from './survey.ts';

export type Proposal = {
  /** Null when the published record already does it, or no record can be proposed safely. */
  readonly record: string | null;
  /** Of the proposed record, for the address that was asked about. */
  readonly result: SpfResult | null;
  /** Most look-ups any sender can cause with the proposed record. */
  readonly lookups: number | null;
  readonly notes: readonly Text[];
};

const nothing = (...notes: readonly Text[]): Proposal => ({ record: null, result: null, lookups: null, notes });
const noAnswer = nothing(say('Not every name server answered, so no record is proposed. Try again.'));

/** @param evaluation of `input` as published */
export function* proposeRecord(input: SpfInput, evaluation: Evaluation, wanted: Wanted): SpfSteps<Proposal> {
  const { root } = evaluation;
  if (evaluation.result === 'temperror') return noAnswer;
  const about = remarksOnTexts(input.domain, root.texts, root.aliases);
  const [published, second] = root.records;
  if (published !== undefined && second === undefined && root.terms.every(({ problem }) => problem === null)) {
    const trouble = yield* troubleWith(input, null, wanted);
    if (trouble === 'temperror') return noAnswer;
    if (trouble === null) {
      const draft = published.split(/ +/).slice(1);
      const order = yield* orderOf(input, draft, wanted);
      return nothing(
        ...about,
        ...remarksOnUnread(root.texts),
        ...order,
        ...remarksOnRecord(draft, published, wanted.include),
      );
    }
  }
  const start = startingDraft(root.records, root.texts);
  const outcome = yield* fittingDraft(input, start.draft, wanted);
  const notes = [...about, ...start.notes, ...outcome.notes];
  if (outcome.kind === 'silent') return nothing(...notes);
  if (outcome.kind === 'over') return nothing(...notes, ...(yield* shedAdvice(input, outcome.draft, wanted.include)));
  const record = recordOf(outcome.draft);
  const trouble = yield* troubleWith(input, record, wanted);
  if (trouble !== null)
    return trouble === 'temperror'
      ? noAnswer
      : nothing(
          ...notes,
          say(
            'No record that lets everybody send could be found by itself; let whoever looks after your domain mend “{record}”.',
            { record },
          ),
        );
  const { result } = yield* withPublished(evaluateSpf(input), input.domain, record);
  return {
    record,
    result,
    lookups: outcome.survey.lookups,
    notes: [
      ...notes,
      ...(start.isNew ? yield* remarksOnNew(input) : []),
      ...remarksOnBroken(outcome.survey),
      ...remarksOnRecord(outcome.draft, record, wanted.include),
    ],
  };
}

type Start = { readonly draft: Draft; readonly notes: readonly Text[]; readonly isNew: boolean };

/** Every text that was meant as a record, mended and made one; `-all` when there is none. */
function startingDraft(records: readonly string[], texts: readonly string[]): Start {
  const meant = records.length > 0 ? records : texts.filter(isNearRecord);
  const unread = records.length > 0 ? remarksOnUnread(texts) : [];
  const mended = meant.map(mendRecord);
  const drafts = mended.flatMap((one) => one.records);
  if (drafts.length === 0) return { draft: ['-all'], notes: unread, isNew: true };
  const merged = mergeRecords(drafts.map(withoutDeadEnd), { inOneText: meant.length === 1 });
  const notes = [...mended.flatMap((one) => one.notes), ...drafts.flatMap(remarksOnDeadEnd), ...merged.notes];
  return { draft: merged.draft, notes: [...notes, ...unread], isNew: false };
}

/** What stands behind `all` is never reached (RFC 7208 §5.1). */
const withoutDeadEnd = (draft: Draft): Draft => {
  const all = draft.findIndex(isAll);
  return all < 0 ? draft : draft.filter((text, index) => index <= all || isModifierText(text));
};

type Fitting =
  | { readonly kind: 'fits'; readonly draft: Draft; readonly survey: Survey; readonly notes: readonly Text[] }
  /** Every sender in it is alive, and together they are too many. */
  | { readonly kind: 'over'; readonly draft: Draft; readonly notes: readonly Text[] }
  | { readonly kind: 'silent'; readonly notes: readonly Text[] };

/** Completed with the wanted senders, and made lighter until it keeps within the limits. */
function* fittingDraft(input: SpfInput, start: Draft, wanted: Wanted): SpfSteps<Fitting> {
  const clean = yield* withoutDeadTerms(input, start);
  const notes = [...clean.notes];
  for (let draft = clean.draft; ;) {
    const complete = yield* completeDraft(input, draft, wanted);
    const measured = yield* survey(input, complete.draft);
    const silent = measured.terms.find(({ fault }) => fault === 'silent');
    if (silent) return { kind: 'silent', notes: [...notes, whySilent(silent.text)] };
    if (measured.within)
      return { kind: 'fits', draft: complete.draft, survey: measured, notes: [...notes, ...complete.notes] };
    // A term that was put in is no saving: savings are looked for in the complete draft, and taken from the one before.
    const saving = (yield* savings(input, complete.draft)).find(({ term }) => draft.includes(term));
    if (saving === undefined) return { kind: 'over', draft: complete.draft, notes };
    draft = draft.toSpliced(draft.indexOf(saving.term), 1);
    notes.push(saving.note);
  }
}

const whySilent = (term: string): Text =>
  say(
    '“{term}” could not be looked up, so it cannot be told whether a record with it keeps within the limits, and none is proposed. Try again; if that name never answers, take the term out.',
    { term },
  );

/** A record that lets the wanted senders in may still be an error for others: said, with the record that would not be. */
function* orderOf(input: SpfInput, draft: Draft, wanted: Wanted): SpfSteps<readonly Text[]> {
  const measured = yield* survey(input, draft);
  const dead = measured.terms.some(({ fault }) => fault === 'dead');
  if (measured.within && !dead) return remarksOnBroken(measured);
  const fitting = yield* fittingDraft(input, withoutDeadEnd(draft), wanted);
  if (fitting.kind === 'silent') return [];
  if (fitting.kind === 'over') return yield* shedAdvice(input, fitting.draft, wanted.include);
  return [
    say(
      'The record lets you send, but it is an error for senders that are not listed. In order it would be: {record}',
      {
        record: recordOf(fitting.draft),
      },
    ),
    ...fitting.notes,
  ];
}

/** Where there was no record nobody knows who else sends. */
function* remarksOnNew({ domain }: SpfInput): SpfSteps<readonly Text[]> {
  const notes = [
    say(
      'It allows this office and Microsoft 365 only. Does a website, a newsletter or another service send for {domain}, too? Add it before you publish.',
      { domain },
    ),
  ];
  const parent = domain.split('.').slice(1).join('.');
  if (!parent.includes('.')) return notes;
  const answer = yield { name: parent, type: 'TXT' };
  if (answer.status !== 'found' || !answer.records.some(isSpfRecord)) return notes;
  return [
    say('The record of {parent} does not count for {domain}: every name has its own.', { parent, domain }),
    ...notes,
  ];
}
