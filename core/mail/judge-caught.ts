/** What Microsoft 365 would object to in a message a device really sent, and what to change on the device. */
import { domainOf, parseIpv4, parseMailAddress } from '../address.ts';
import type { CaughtMessage } from '../contract.ts';
import type { Translate } from '../text.ts';

type Finding = CaughtMessage['findings'][number];

/** What the catcher saw, before it is judged. */
export type Caught = Omit<CaughtMessage, 'findings'> & {
  /** It said EHLO; HELO alone knows neither encryption nor sizes (RFC 5321 §2.2.1). */
  readonly esmtp: boolean;
  /** Why the encryption broke, technical, or null. */
  readonly tlsError: string | null;
  /** Value of the Date header, or null. */
  readonly date: string | null;
  readonly messageId: string | null;
  /** Lines that end in a line feed alone (RFC 5321 §2.3.8 forbids it). */
  readonly bareLineFeeds: boolean;
  /** Bytes above 127 that neither the envelope nor a header announces. */
  readonly undeclared8Bit: boolean;
  /** It was longer than the catcher reads. */
  readonly tooLong: boolean;
};

/** Exchange Online takes 150 MB at most; many tenants are set to 35 MB. */
const MOST_BYTES = 150 * 1024 * 1024;
const USUAL_BYTES = 35 * 1024 * 1024;
const DAY_MS = 24 * 3_600_000;

const blocker = (text: string): Finding => ({ severity: 'blocker', text });
const warning = (text: string): Finding => ({ severity: 'warning', text });

/** @param domain the mail domain the device should send from, or null. The main trouble comes first. */
export function judgeCaught(caught: Caught, domain: string | null, now: Date, t: Translate): readonly Finding[] {
  const found = [
    ...ending(caught, t),
    ...sender(caught, domain, t),
    ...signIn(caught, t),
    ...encryption(caught, t),
    ...header(caught, domain, now, t),
    ...format(caught, t),
  ];
  if (found.length === 0)
    return [
      {
        severity: 'good',
        text: t('Nothing speaks against this message. Put Microsoft’s server back into the device.'),
      },
    ];
  return found.toSorted((one, other) => Number(other.severity === 'blocker') - Number(one.severity === 'blocker'));
}

/** Why there is no whole message: one reason, the likeliest. */
function ending(caught: Caught, t: Translate): readonly Finding[] {
  if (caught.complete) return [];
  if (caught.tooLong)
    return [
      blocker(
        t(
          'The message was longer than {size, number} MB and was not read to its end. Scan with fewer dots (dpi) or pages.',
          { size: Math.floor(caught.bytes / 1024 / 1024) },
        ),
      ),
    ];
  if (caught.tlsError !== null)
    return [
      blocker(
        t(
          'The encryption between the device and this computer did not come about ({reason}). If the device checks certificates, that is expected here: switch the check or STARTTLS off for this test only. Otherwise look for newer firmware.',
          { reason: caught.tlsError },
        ),
      ),
    ];
  if (caught.mailFrom === null)
    return caught.authTried
      ? [
          blocker(
            t(
              'The device gave up because it could not sign in. The relay knows no passwords: switch authentication off on the device and scan again.',
            ),
          ),
        ]
      : [blocker(t('The device hung up before it named a sender. Look at its own error message.'))];
  if (caught.bareLineFeeds)
    return [
      blocker(
        t(
          'The device ends its lines in a way mail servers do not know (bare LF), so the message never ends. Look for newer firmware.',
        ),
      ),
    ];
  return [
    blocker(t('The device did not finish the message. Look for a limit on size or time, and for newer firmware.')),
  ];
}

function sender({ mailFrom }: Caught, domain: string | null, t: Translate): readonly Finding[] {
  if (mailFrom === null) return [];
  if (mailFrom === '')
    return [
      blocker(t('The device names no sender at all. Enter an address of your domain as its sender or “From” address.')),
    ];
  const address = parseMailAddress(mailFrom);
  if (address === null)
    return [
      blocker(
        t('The sender “{sender}” is not a complete address. Enter one like scanner@{domain}.', {
          sender: mailFrom,
          domain: domain ?? 'contoso.com',
        }),
      ),
    ];
  if (domain === null || domainOf(address) === domain) return [];
  return [
    blocker(
      t(
        'The device sends as {sender}, which is not in {domain}; Microsoft would refuse it (5.7.64). Change its sender address.',
        { sender: address, domain },
      ),
    ),
  ];
}

const signIn = ({ authTried, complete, mailFrom }: Caught, t: Translate): readonly Finding[] =>
  authTried && (complete || mailFrom !== null)
    ? [warning(t('The device tries to sign in. The relay needs no password: switch authentication off on the device.'))]
    : [];

function encryption(caught: Caught, t: Translate): readonly Finding[] {
  const { tls, tlsError, mailFrom, esmtp } = caught;
  if (tls === 'TLSv1' || tls === 'TLSv1.1')
    return [
      warning(
        t(
          'The device knows only old encryption ({protocol}); Microsoft may refuse it. Look for newer firmware, or switch encryption off on the device if your rules allow that.',
          { protocol: tls },
        ),
      ),
    ];
  if (tls !== null || tlsError !== null || mailFrom === null) return [];
  return [
    warning(
      esmtp
        ? t('The device did not encrypt. Switch on STARTTLS (also called TLS) if it has that setting.')
        : t('The device speaks an old form of the mail language (HELO) and cannot encrypt. Look for newer firmware.'),
    ),
  ];
}

function header(caught: Caught, domain: string | null, now: Date, t: Translate): readonly Finding[] {
  if (!caught.complete) return [];
  const found: Finding[] = [];
  const envelope = parseMailAddress(caught.mailFrom ?? '');
  const shown = parseMailAddress(caught.headerFrom ?? '');
  if (caught.headerFrom === null)
    found.push(
      warning(t('The message has no From line; Microsoft may refuse it. Look for a sender name or newer firmware.')),
    );
  else if (shown === null)
    found.push(
      warning(
        t('The From line “{from}” is not a complete address; Microsoft may refuse it. Correct it on the device.', {
          from: caught.headerFrom,
        }),
      ),
    );
  else if (envelope !== null && domainOf(shown) !== domainOf(envelope))
    found.push(
      warning(
        t('The message shows {shown} as its sender but is sent as {sender}. Use the same domain for both.', {
          shown,
          sender: envelope,
        }),
      ),
    );
  else if (envelope === null && domain !== null && domainOf(shown) !== domain)
    found.push(
      warning(t('The message shows {shown} as its sender, which is not in {domain}. Change it.', { shown, domain })),
    );
  const dated = Date.parse(caught.date ?? '');
  if (caught.date === null) found.push(warning(t('The message has no date. Set the clock of the device.')));
  else if (Number.isNaN(dated) || Math.abs(dated - now.getTime()) > DAY_MS)
    found.push(
      warning(
        t('The clock of the device is wrong: it says {date}. Set it, or let it ask a time server.', {
          date: caught.date,
        }),
      ),
    );
  if (caught.messageId === null)
    found.push(
      warning(
        t('The message has no number of its own (Message-ID). That is usually harmless, but looks like spam to some.'),
      ),
    );
  return found;
}

function format(caught: Caught, t: Translate): readonly Finding[] {
  const found: Finding[] = [];
  const size = Math.round(caught.bytes / 1024 / 1024);
  if (caught.bytes > MOST_BYTES)
    found.push(
      blocker(
        t('The message has {size, number} MB; Microsoft takes 150 MB at most. Scan with fewer dots (dpi) or pages.', {
          size,
        }),
      ),
    );
  else if (caught.bytes > USUAL_BYTES)
    found.push(
      warning(
        t(
          'The message has {size, number} MB. Many organisations take 35 MB at most: scan with fewer dots (dpi) or pages.',
          { size },
        ),
      ),
    );
  if (caught.complete && caught.bareLineFeeds)
    found.push(
      warning(
        t(
          'Some lines end in a way other mail servers may refuse outside Microsoft (bare LF). Look for newer firmware.',
        ),
      ),
    );
  if (caught.undeclared8Bit)
    found.push(
      warning(
        t(
          'The message holds special characters it does not announce; they may arrive garbled. Use plain letters in names and subjects, or newer firmware.',
        ),
      ),
    );
  if (caught.helo !== null && caught.mailFrom !== null && !isGreetingName(caught.helo))
    found.push(
      warning(
        t(
          'The device introduces itself as “{name}”, which is not a name. That is usually harmless; enter a host name on the device if you can.',
          { name: caught.helo },
        ),
      ),
    );
  return found;
}

/** A name, also a short one as devices have, or an address in brackets (RFC 5321 §4.1.3). */
function isGreetingName(text: string): boolean {
  if (/^\[[\d.]+\]$/.test(text) || /^\[ipv6:[\da-f:.]+\]$/i.test(text)) return true;
  if (parseIpv4(text) !== null || /^localhost(\.|$)/i.test(text)) return false;
  return text.length <= 253 && /^[a-z\d]([a-z\d-]{0,62})(\.[a-z\d-]{1,63})*\.?$/i.test(text);
}
