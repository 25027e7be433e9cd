/** Somebody's report file as a reviewer sees it: what it says, and what its evidence says when it is judged again. */
import { z } from 'zod';
import { ReportVerdict, Status } from '../result.ts';
import { SetUp } from '../set-up.ts';
import { html, type Html } from './html.ts';
import type { Paper } from './page-style.ts';
import type { Translate } from '../text.ts';
import { when } from './evidence-rows.ts';
import { statusWord, verdictWord } from './words.ts';

export const Judgement = z.object({
  /** How many results were judged again. */
  judged: z.number(),
  /** Where the evidence says something else than the file. */
  differing: z.array(
    z.object({ id: z.string(), title: z.string(), said: Status, judged: Status, summary: z.string() }),
  ),
  /** Titles of results that could not be judged again. */
  left: z.array(z.string()),
  /** Why none was judged again; null when some were. */
  reason: z.string().nullable(),
  /** The whole, as the file says it and as it follows from what was judged; null without a report. */
  verdict: z.object({ said: ReportVerdict, judged: ReportVerdict }).nullable(),
});
export type Judgement = z.infer<typeof Judgement>;

export const Review = z.object({
  schema: z.literal('relayready/review@1'),
  kind: z.enum(['report', 'set-up']),
  setUp: SetUp,
  /** ISO 8601, UTC, as the file says. */
  madeAt: z.string(),
  practice: z.boolean(),
  /** Fields that this version does not know and does not show. */
  unknownFields: z.array(z.string()),
  judgement: Judgement,
});
export type Review = z.infer<typeof Review>;

/** What a paper is made for. */
export type Sheet = {
  /** Set when it comes from somebody's file. */
  readonly review: Review | null;
  readonly paper: Paper | null;
};

/** What a reader has to know before anything else in the file. */
export const reviewLines = (
  { madeAt, practice, unknownFields, judgement }: Review,
  t: Translate,
): readonly string[] => {
  const { judged, differing, left, reason, verdict } = judgement;
  return [
    t('This is somebody’s file, made on {date}. Nothing in it was looked at anew.', { date: when(madeAt, t) }),
    practice
      ? t('It comes from practice: a simulated Microsoft 365, nothing in it is real.')
      : t('It says that it comes from a real office, not from practice.'),
    reason ??
      (differing.length === 0
        ? t(
            '{judged, plural, one {# result was} other {# results were}} judged again by the evidence in the file: the same everywhere.',
            { judged },
          )
        : t(
            '{judged, plural, one {# result was} other {# results were}} judged again by the evidence in the file: {count, plural, one {# differs} other {# differ}}.',
            { judged, count: differing.length },
          )),
    ...(verdict !== null && verdict.said !== verdict.judged
      ? [
          t('The file says “{said}”; by its own evidence it is “{judged}”.', {
            said: verdictWord(verdict.said, t),
            judged: verdictWord(verdict.judged, t),
          }),
        ]
      : []),
    ...(left.length === 0
      ? []
      : [t('Not judged again, for nothing was measured or it cannot be read: {titles}.', { titles: left.join(', ') })]),
    ...(unknownFields.length === 0
      ? []
      : [t('Fields this version does not know, and does not show: {fields}.', { fields: unknownFields.join(', ') })]),
  ];
};

export const differenceLine = (
  { title, said, judged, summary }: Judgement['differing'][number],
  t: Translate,
): string =>
  t('{title}: the file says “{said}”, its evidence says “{judged}”. {summary}', {
    title,
    said: statusWord(said, t),
    judged: statusWord(judged, t),
    summary,
  });

export const reviewHtml = (review: Review, t: Translate): Html =>
  html`<section class="note">
    ${reviewLines(review, t).map((line) => html`<p>${line}</p>`)}
    ${
      review.judgement.differing.length === 0
        ? null
        : html`<ul>
            ${review.judgement.differing.map((one) => html`<li><b>${differenceLine(one, t)}</b></li>`)}
          </ul>`
    }
  </section>`;
