/** What Microsoft 365 would object to in a message a device really sent, and what to change on the device. */
import { domainOf, parseMailAddress } from '../address.ts';
import type { Translate } from '../text.ts';
import { blocker, judgeEnding, oldEncryption, warning, type Finding } from './caught-endings.ts';
import type { Caught } from './caught.ts';
import { judgeForm } from './caught-form.ts';

const DAY_MS = 24 * 3_600_000;

/** @param domain the mail domain the device should send from, or null. The main cause comes first: what stops the mail, then the earliest. */
export function judgeCaught(caught: Caught, domain: string | null, now: Date, t: Translate): readonly Finding[] {
  const ending = judgeEnding(caught, t);
  const found =
    caught.speech === 'mail' || caught.speech === 'tls-at-once'
      ? [
          ...(ending ? [ending] : []),
          ...encryption(caught, t),
          ...sender(caught, domain, t),
          ...signIn(caught, t),
          ...header(caught, domain, now, t),
          ...judgeForm(caught, t),
        ]
      : [ending].filter((finding) => finding !== null);
  if (found.length === 0)
    return [
      {
        severity: 'good',
        text: t('Nothing speaks against this message.'),
        fix: [t('Put Microsoft’s server and port 25 back into the device.')],
      },
    ];
  return found.toSorted((one, other) => Number(other.severity === 'blocker') - Number(one.severity === 'blocker'));
}

function sender({ mailFrom }: Caught, domain: string | null, t: Translate): readonly Finding[] {
  if (mailFrom === null) return [];
  const own = domain ?? 'contoso.com';
  if (mailFrom === '')
    return [
      blocker(
        t('The device names no sender at all; Microsoft would not pass that on to anyone outside.'),
        t('Enter an address of your domain, like scanner@{domain}, as the device’s sender or “From” address.', {
          domain: own,
        }),
      ),
    ];
  const address = parseMailAddress(mailFrom);
  if (address === null)
    return [
      blocker(
        t('The sender “{sender}” is not a complete address.', { sender: mailFrom }),
        t('Enter one like scanner@{domain} as the device’s sender address.', { domain: own }),
      ),
    ];
  if (domain === null || domainOf(address) === domain) return [];
  return [
    blocker(
      t('The device sends as {sender}, which is not in {domain}; Microsoft would refuse it (5.7.64).', {
        sender: address,
        domain,
      }),
      t('Change its sender address to one in {domain}.', { domain }),
    ),
  ];
}

const signIn = ({ authTried, complete, mailFrom }: Caught, t: Translate): readonly Finding[] =>
  authTried && (complete || mailFrom !== null)
    ? [
        warning(
          t(
            'The device signs in. Microsoft’s server on port 25 offers no sign-in, so the device will likely give up there.',
          ),
          t('Switch authentication off on the device and empty its user name and password.'),
        ),
      ]
    : [];

function encryption(caught: Caught, t: Translate): readonly Finding[] {
  const { tls, tlsError, mistrusts, mailFrom, esmtp, complete } = caught;
  if (complete) {
    const old = oldEncryption(caught, t);
    if (old) return [old];
  }
  if (tls !== null || tlsError !== null || mistrusts || mailFrom === null) return [];
  return [
    esmtp
      ? warning(
          t('The device did not encrypt.'),
          t('Switch on STARTTLS (also called TLS) on the device if it has that setting.'),
        )
      : warning(
          t('The device speaks an old form of the mail language (HELO) and cannot encrypt.'),
          t('Look for newer firmware.'),
        ),
  ];
}

function header(caught: Caught, domain: string | null, now: Date, t: Translate): readonly Finding[] {
  if (!caught.complete) return [];
  const found: Finding[] = [];
  const envelope = parseMailAddress(caught.mailFrom ?? '');
  const shown = parseMailAddress(caught.headerFrom ?? '');
  const own = domain ?? 'contoso.com';
  if (caught.headerFrom === null)
    found.push(
      warning(
        t('The message has no From line; Microsoft may refuse it.'),
        t('Enter a sender name and address on the device, or look for newer firmware.'),
      ),
    );
  else if (shown === null)
    found.push(
      warning(
        t('The From line “{from}” is not a complete address; Microsoft may refuse it.', { from: caught.headerFrom }),
        t('Enter one like scanner@{domain} as the device’s sender address.', { domain: own }),
      ),
    );
  else if (envelope !== null && domainOf(shown) !== domainOf(envelope))
    found.push(
      warning(
        t('The message shows {shown} as its sender but is sent as {sender}.', { shown, sender: envelope }),
        t('Use the same domain for both on the device.'),
      ),
    );
  else if (envelope === null && domain !== null && domainOf(shown) !== domain)
    found.push(
      warning(
        t('The message shows {shown} as its sender, which is not in {domain}.', { shown, domain }),
        t('Change its sender address to one in {domain}.', { domain }),
      ),
    );
  const dated = Date.parse(caught.date ?? '');
  const clock = t('Set the device’s clock, or let it ask a time server.');
  if (caught.date === null) found.push(warning(t('The message has no date.'), clock));
  else if (Number.isNaN(dated) || Math.abs(dated - now.getTime()) > DAY_MS)
    found.push(warning(t('The clock of the device is wrong: it says {date}.', { date: caught.date }), clock));
  if (caught.messageId === null)
    found.push(
      warning(
        t('The message has no number of its own (Message-ID). That is usually harmless, but looks like spam to some.'),
        t('Nothing has to be done; newer firmware may add it.'),
      ),
    );
  return found;
}
