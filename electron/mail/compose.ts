/** Composes the test message: plain, honest about what it is, marked so that no robot answers (RFC 3834). */
import { randomUUID } from 'node:crypto';
import { domainOf } from '../../core/address.ts';
import type { Translate } from '../../core/text.ts';

export type Composed = { readonly messageId: string; readonly message: Buffer };

export async function composeTest(from: string, to: string, t: Translate): Promise<Composed> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const messageId = `<${randomUUID()}@${domainOf(from)}>`;
  const text = t(
    'This is a test message of RelayReady.\n\nIt was sent from the office’s computer to {to}, in the name of {from}, to find out whether the scanner may send mail through Microsoft 365.\n\nYou need not answer.',
    { to, from },
  );
  const message = await new MailComposer({
    from,
    to,
    subject: t('Test of the scanner’s way to Microsoft 365'),
    messageId,
    date: new Date(),
    text,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
  return { messageId, message };
}
