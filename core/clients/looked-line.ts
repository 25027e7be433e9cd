/** What one look at one office brought: for the page, and as a line of `fleet look --json`. */
import { z } from 'zod';
import { ReportVerdict } from '../result.ts';
import { ToldChange } from './describe-change.ts';

export const Looked = z.object({
  /** Id of the client. */
  client: z.string(),
  site: z.string(),
  name: z.string(),
  /** Null when it could not be looked at; `error` says why. */
  verdict: ReportVerdict.nullable(),
  place: z.enum(['office', 'away']),
  /** Only what is new since the last look. */
  changes: z.array(ToldChange),
  error: z.string().nullable(),
});
export type Looked = z.infer<typeof Looked>;

export const LookedLine = Looked.extend({
  schema: z.literal('relayready/looked@1'),
  /** ISO 8601, UTC; null when it could not be looked at. */
  at: z.string().nullable(),
  domain: z.string(),
  /** The first look at this office: it is what later ones are compared with. */
  first: z.boolean(),
});
export type LookedLine = z.infer<typeof LookedLine>;
