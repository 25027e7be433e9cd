/** Calls for what is printed and passed on, and for what somebody else passed on. */
import { z } from 'zod';
import { MOST_BYTES } from '../report/limits.ts';
import { PAPERS } from '../report/page-style.ts';
import { Review } from '../report/review.ts';
import { SetUp } from '../set-up.ts';
import { Profile } from '../profile.ts';
import { nothing, type Calls } from './call.ts';

export const DocumentKind = z.enum(['handover', 'report', 'checklist']);
export type DocumentKind = z.infer<typeof DocumentKind>;

const paper = z.strictObject({
  kind: DocumentKind,
  /** Everything known; a checklist needs none of it. */
  setUp: SetUp.nullable(),
  /** Set when the set-up comes from somebody's file: the paper says so. */
  review: Review.nullable().optional(),
  /** Missing: what is usual where the language is spoken. */
  paper: z.enum(PAPERS).optional(),
});

export const documentCalls = {
  'document.render': { params: paper, result: z.object({ html: z.string(), fileName: z.string() }) },
  /** `pdf` is base64. @throws AppError `not-found` when nothing here can print */
  'document.pdf': { params: paper, result: z.object({ pdf: z.string(), fileName: z.string() }) },
  /** What a person opened with the program by double click, once; null when there is nothing, and in hosts without a window. */
  'file.opened': {
    params: nothing,
    result: z.object({
      file: z.object({ name: z.string(), text: z.string(), profile: Profile.nullable() }).nullable(),
    }),
  },
  /** A report or a saved set-up that somebody sent. Nothing is saved. */
  'review.open': { params: z.strictObject({ text: z.string().max(MOST_BYTES) }), result: Review },
} as const satisfies Calls;
