/** Composes the test message: honest about what it is, in words and as a page, marked so that no robot answers (RFC 3834). */
import { randomUUID } from 'node:crypto';
import { domainOf } from '../../core/address.ts';
import { testPage } from '../../core/mail/test-page.ts';
import { html } from '../../core/report/html.ts';
import type { Translate } from '../../core/text.ts';

export type Composed = { readonly messageId: string; readonly message: Buffer };

/** @param attach with a page like a scanner's, as PDF */
export async function composeTest(
  from: string,
  to: string,
  { attach, t }: { readonly attach: boolean; readonly t: Translate },
): Promise<Composed> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const messageId = `<${randomUUID()}@${domainOf(from)}>`;
  const subject = t('Test of the scanner’s way to Microsoft 365');
  const paragraphs = [
    t('This is a test message of RelayReady.'),
    t(
      'It was sent from the office’s computer to {to}, in the name of {from}, to find out whether the scanner may send mail through Microsoft 365.',
      { to, from },
    ),
    t('You need not answer.'),
  ];
  const message = await new MailComposer({
    from,
    to,
    subject,
    messageId,
    date: new Date(),
    text: paragraphs.join('\n\n'),
    html: html`<!doctype html>
      <html lang="${t.language}">
        <body style="font-family:sans-serif">
          ${paragraphs.map((text) => html`<p>${text}</p>`)}
        </body>
      </html>`.html,
    ...(attach
      ? {
          attachments: [
            {
              filename: 'relayready-test.pdf',
              contentType: 'application/pdf',
              content: Buffer.from(testPage([subject, ...paragraphs]), 'latin1'),
            },
          ],
        }
      : {}),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
  return { messageId, message };
}
