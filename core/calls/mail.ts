/** Calls about mail: the test message, its trace, and what a reply means. */
import { z } from 'zod';
import { Explanation } from '../explain/explanation.ts';
import { TestDocument } from '../mail/test-document.ts';
import { environment, place, type Calls } from './call.ts';

/** What Microsoft did with a message (Get-MessageTraceV2). */
export const Trace = z.object({
  schema: z.literal('relayready/trace@1'),
  messageId: z.string(),
  /** Empty while Microsoft has not written it down yet; that takes minutes. */
  events: z.array(
    z.object({
      recipient: z.string(),
      /** As Microsoft names it: Delivered, Failed, Pending, Quarantined, FilteredAsSpam … */
      status: z.string(),
      receivedAt: z.string(),
      fromIp: z.string().nullable(),
      meaning: z.string(),
    }),
  ),
});
export type Trace = z.infer<typeof Trace>;

export const mailCalls = {
  'message.send': {
    params: z.strictObject({
      ...place,
      internal: z.string().nullable(),
      external: z.string().nullable(),
      /** With a page like a scanner's, as PDF. */
      attach: z.boolean().optional(),
      /** Try a refusal again that long, in minutes, while Microsoft spreads a change. */
      wait: z.number().int().min(0).max(60).optional(),
    }),
    result: TestDocument,
  },
  'message.trace': { params: z.strictObject({ environment, messageId: z.string() }), result: Trace },
  'reply.explain': { params: z.strictObject({ text: z.string().max(1_000_000) }), result: Explanation },
} as const satisfies Calls;
