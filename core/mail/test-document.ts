/** The test document: what became of each test message, with the whole conversation. */
import { z } from 'zod';
import { Explanation } from '../explain/explanation.ts';
import { ReportVerdict } from '../result.ts';

export const TranscriptLine = z.object({
  /** Milliseconds since the conversation began. */
  atMs: z.number(),
  from: z.enum(['client', 'server', 'note']),
  line: z.string(),
});
export type TranscriptLine = z.infer<typeof TranscriptLine>;

/** A reply as RFC 5321 §4.2 and RFC 3463 write it. */
export const SmtpReply = z.object({
  code: z.number().int(),
  /** Enhanced status code, e.g. 5.7.64. */
  enhanced: z.string().nullable(),
  text: z.string(),
});
export type SmtpReply = z.infer<typeof SmtpReply>;

export const TestMessage = z.object({
  to: z.string(),
  kind: z.enum(['internal', 'external']),
  /** `unknown`: the connection ended after the final dot and before a reply; never sent again by itself. */
  outcome: z.enum(['accepted', 'refused', 'deferred', 'unknown', 'not-sent']),
  reply: SmtpReply.nullable(),
  explanation: Explanation.nullable(),
  messageId: z.string(),
  transcript: z.array(TranscriptLine),
});
export type TestMessage = z.infer<typeof TestMessage>;

export const TestDocument = z.object({
  schema: z.literal('relayready/test@1'),
  verdict: ReportVerdict,
  /** What the messages together prove, one or two sentences. */
  summary: z.string(),
  host: z.string(),
  messages: z.array(TestMessage),
});
export type TestDocument = z.infer<typeof TestDocument>;
