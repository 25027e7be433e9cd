/** Import and export as documents: what a preview says, so that a person decides before anything is kept. */
import { z } from 'zod';

/** Characters that may come over a call at once; larger files are named by their path. */
export const MOST_TEXT = 32 * 1024 * 1024;

export const ImportSource = z.discriminatedUnion('kind', [
  /** A folder, .csv, .jsonl or .ndjson file on the computer the engine runs on. */
  z.strictObject({ kind: z.literal('path'), path: z.string().min(1).max(4096) }),
  /** A file the person chose in the page; the name's ending tells what it is. */
  z.strictObject({ kind: z.literal('text'), name: z.string().min(1).max(255), text: z.string().max(MOST_TEXT) }),
  /** Several files the person chose in the page, or those of a folder; also `.json`, one profile or client each. */
  z.strictObject({
    kind: z.literal('files'),
    files: z
      .array(z.strictObject({ name: z.string().min(1).max(255), text: z.string().max(MOST_TEXT) }))
      .min(1)
      .max(10_000),
  }),
]);
export type ImportSource = z.infer<typeof ImportSource>;

export const ImportProblem = z.object({
  /** File, and line or row counted from 1, as an editor or table program shows it. */
  where: z.string(),
  field: z.string().nullable(),
  text: z.string(),
  remedy: z.string(),
});
export type ImportProblem = z.infer<typeof ImportProblem>;

export const ImportPreview = z.object({
  /** Of what was read; given back with `clients.import`, which refuses when it has changed since. */
  digest: z.string(),
  rows: z.number(),
  /** Clients by what would become of them. */
  added: z.number(),
  changed: z.number(),
  same: z.number(),
  /** The first of them. */
  clients: z.array(
    z.object({
      name: z.string(),
      domains: z.array(z.string()),
      sites: z.number(),
      becomes: z.enum(['added', 'changed', 'same']),
    }),
  ),
  /** Bad rows: how many, and the first thousand; the command line names all of them. */
  problemCount: z.number(),
  problems: z.array(ImportProblem),
  /** What was passed over without harm, e.g. columns nobody knows. */
  notes: z.array(z.string()),
});
export type ImportPreview = z.infer<typeof ImportPreview>;
