/** What Microsoft 365 would object to in a message a device really sent, and what to change on the device. */
import { domainOf, parseMailAddress } from '../address.ts';
import type { CaughtMessage } from '../contract.ts';
import type { Translate } from '../text.ts';

type Finding = CaughtMessage['findings'][number];
export type Caught = Omit<CaughtMessage, 'findings'> & {
  /** Value of the Date header, or null. */
  readonly date: string | null;
  readonly messageId: string | null;
};

/** Exchange Online takes 150 MB at most; many tenants are set to 35 MB. */
const USUAL_LIMIT_BYTES = 35 * 1024 * 1024;

/** @param domain the mail domain the device should send from, or null. The main trouble comes first. */
export function judgeCaught(caught: Caught, domain: string | null, now: Date, t: Translate): readonly Finding[] {
  const blocker = (text: string): Finding => ({ severity: 'blocker', text });
  const warning = (text: string): Finding => ({ severity: 'warning', text });
  const { mailFrom, headerFrom } = caught;
  const sender = mailFrom === null || mailFrom === '' ? null : parseMailAddress(mailFrom);
  const shown = headerFrom === null ? null : parseMailAddress(headerFrom);
  const found: Finding[] = [];
  if (!caught.complete)
    found.push(
      blocker(t('The device did not finish the message. Look for a limit on size or time, and for newer firmware.')),
    );
  if (mailFrom === '')
    found.push(
      blocker(t('The device names no sender at all. Enter an address of your domain as its sender or “From” address.')),
    );
  else if (mailFrom !== null && sender === null)
    found.push(
      blocker(
        t('The sender “{sender}” is not a complete address. Enter one like scanner@{domain}.', {
          sender: mailFrom,
          domain: domain ?? 'contoso.com',
        }),
      ),
    );
  else if (sender !== null && domain !== null && domainOf(sender) !== domain)
    found.push(
      blocker(
        t(
          'The device sends as {sender}, which is not in {domain}; Microsoft would refuse it (5.7.64). Change its sender address.',
          { sender, domain },
        ),
      ),
    );
  if (caught.authTried)
    found.push(
      warning(t('The device tries to sign in. The relay needs no password: switch authentication off on the device.')),
    );
  if (caught.tls === null)
    found.push(warning(t('The device did not encrypt. Switch on STARTTLS (also called TLS) if it has that setting.')));
  if (headerFrom === null && caught.complete)
    found.push(
      warning(t('The message has no From line; Microsoft may refuse it. Look for a sender name or newer firmware.')),
    );
  else if (shown !== null && sender !== null && domainOf(shown) !== domainOf(sender))
    found.push(
      warning(
        t('The message shows {shown} as its sender but is sent as {sender}. Use the same domain for both.', {
          shown,
          sender,
        }),
      ),
    );
  const dated = caught.date === null ? Number.NaN : Date.parse(caught.date);
  if (caught.complete && Number.isNaN(dated))
    found.push(warning(t('The message has no date. Set the clock of the device.')));
  else if (Math.abs(dated - now.getTime()) > 24 * 3_600_000)
    found.push(
      warning(
        t('The clock of the device is wrong: it says {date}. Set it, or let it ask a time server.', {
          date: caught.date ?? '',
        }),
      ),
    );
  if (caught.bytes > USUAL_LIMIT_BYTES)
    found.push(
      warning(
        t(
          'The message has {size, number} MB. Many organisations take 35 MB at most: scan with fewer dots (dpi) or pages.',
          { size: Math.round(caught.bytes / 1024 / 1024) },
        ),
      ),
    );
  if (found.length === 0)
    found.push({
      severity: 'good',
      text: t('Nothing speaks against this message. Put Microsoft’s server back into the device.'),
    });
  return found;
}
