/** Asks Microsoft what became of a message (Get-MessageTraceV2). */
import type { Trace } from '../../core/calls/mail.ts';
import { AppError } from '../../core/errors.ts';
import { text } from '../../core/plan/inbound-connector.ts';
import { say, type Translate } from '../../core/text.ts';
import { cleanText, stripUnsafe } from './clean-text.ts';
import type { Exchange } from './exchange.ts';

/** Printable ASCII without spaces, RFC 5322 §3.6.4 with room to spare. */
const MESSAGE_ID = /^<?[\x21-\x7e]{1,900}?>?$/;

const DAY_MS = 86_400_000;

const MEANINGS: Readonly<Record<string, (t: Translate) => string>> = {
  delivered: (t) => t('Microsoft delivered it. For an outside address: the other side accepted it.'),
  failed: (t) => t('It was not delivered. The reason stands in the non-delivery report to the sender address.'),
  pending: (t) => t('Microsoft is still trying; the other side has not accepted it yet.'),
  gettingstatus: (t) =>
    t('Microsoft has it, but has not written down yet what became of it. Look again in some minutes.'),
  quarantined: (t) =>
    t('It was put into quarantine. An administrator can release it at security.microsoft.com/quarantine.'),
  filteredasspam: (t) => t('It was taken for junk. It lies in the junk folder or in quarantine.'),
  expanded: (t) => t('It went to a group and was passed on to its members.'),
};

/**
 * Mail refused during the SMTP conversation never shows here; the transcript is the evidence for that.
 * @returns no events while Microsoft has not written the message down, which takes minutes
 */
export async function traceMessage(
  exchange: Exchange,
  messageId: string,
  { signal, t }: { readonly signal: AbortSignal; readonly t: Translate },
): Promise<Trace> {
  const trimmed = messageId.trim();
  if (!MESSAGE_ID.test(trimmed) || trimmed.replaceAll(/[<>]/g, '') === '')
    throw new AppError('bad-input', say('That is not a message ID.'), {
      field: '--message-id',
      remedy: say('Copy it from the test; it looks like <…@contoso.com>.'),
    });
  const bracketed = `<${trimmed.replaceAll(/^<|>$/g, '')}>`;
  // Without dates only the last 48 hours are searched; ten days is the longest span of one question (Microsoft, Get-MessageTraceV2).
  const now = Date.now();
  const { value } = await exchange.run(
    {
      cmdlet: 'Get-MessageTraceV2',
      parameters: {
        MessageId: bracketed,
        StartDate: new Date(now - 9 * DAY_MS).toISOString(),
        EndDate: new Date(now + DAY_MS / 24).toISOString(),
      },
    },
    { signal, write: false },
  );
  return {
    schema: 'relayready/trace@1',
    messageId: bracketed,
    events: value.map((event) => {
      const status = cleanText(text(event['Status']), 60);
      return {
        recipient: stripUnsafe(text(event['RecipientAddress'])),
        status,
        receivedAt: stripUnsafe(text(event['Received'])),
        fromIp: stripUnsafe(text(event['FromIP'])) || null,
        meaning: MEANINGS[status.toLowerCase()]?.(t) ?? t('Microsoft says: {status}.', { status }),
      };
    }),
  };
}
