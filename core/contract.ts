/** Every call across the boundary between the hosts and the engine: name, parameters, result. Both sides read this file. */
import { z } from 'zod';
import { checkCalls } from './calls/checks.ts';
import { clientCalls } from './calls/clients.ts';
import { deviceCalls } from './calls/devices.ts';
import { documentCalls } from './calls/documents.ts';
import { mailCalls } from './calls/mail.ts';
import { microsoftCalls } from './calls/microsoft.ts';
import { pendingCalls } from './calls/pending.ts';
import { problemCalls } from './calls/problem.ts';
import { programCalls } from './calls/program.ts';
import { scheduleCalls } from './calls/schedule.ts';
import { setUpCalls } from './calls/set-ups.ts';
import { updateCalls } from './calls/updates.ts';
import { Who } from './result.ts';

export const contract = {
  ...programCalls,
  ...setUpCalls,
  ...pendingCalls,
  ...problemCalls,
  ...checkCalls,
  ...microsoftCalls,
  ...mailCalls,
  ...documentCalls,
  ...deviceCalls,
  ...clientCalls,
  ...scheduleCalls,
  ...updateCalls,
} as const;

export type Method = keyof typeof contract;
/** What a caller gives. */
export type Params<M extends Method> = z.input<(typeof contract)[M]['params']>;
/** What an engine method receives after parsing. */
export type ParsedParams<M extends Method> = z.output<(typeof contract)[M]['params']>;
export type Result<M extends Method> = z.output<(typeof contract)[M]['result']>;

/** An AppError in the person's language; what crosses to the page and stands in `--json` when there is no other document. */
export const WireError = z.object({
  schema: z.literal('relayready/error@1'),
  /** One of the error codes, or `bug`. */
  code: z.string(),
  message: z.string(),
  remedy: z.string().nullable(),
  field: z.string().nullable(),
  who: Who.nullable(),
  detail: z.string().nullable(),
});
export type WireError = z.infer<typeof WireError>;

/** Exceptions lose all but their message on the way to the page, so replies are values. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };
