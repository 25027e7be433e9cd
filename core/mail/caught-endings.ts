/** Why a device’s call to the catcher brought no whole message: one reason, the likeliest, and one thing to do. */
import type { CaughtMessage } from '../calls/devices.ts';
import type { Translate } from '../text.ts';
import type { Caught } from './caught.ts';
import { offersModern } from './client-hello.ts';

export type Finding = CaughtMessage['findings'][number];

export const blocker = (text: string, fix: string): Finding => ({ severity: 'blocker', text, fix: [fix] });
export const warning = (text: string, fix: string): Finding => ({ severity: 'warning', text, fix: [fix] });

/** Null where the call ended well. */
export function judgeEnding(caught: Caught, t: Translate): Finding | null {
  return wrongSpeech(caught, t) ?? (caught.complete ? null : (oldEncryption(caught, t) ?? brokenOff(caught, t)));
}

function wrongSpeech({ speech }: Caught, t: Translate): Finding | null {
  if (speech === 'tls-at-once')
    return blocker(
      t('The device starts encrypted at once. Microsoft’s server on port 25 starts in plain and would hang up.'),
      t('Choose STARTTLS (or “TLS”) instead of SSL, SMTPS or “SMTP over SSL”, and port 25.'),
    );
  if (speech === 'http')
    return blocker(
      t(
        'A web page was asked for, not mail sent (HTTP). The device, or a browser, calls this port for something else.',
      ),
      t('Enter this address and port under the device’s e-mail (SMTP) settings only.'),
    );
  if (speech === 'fetch')
    return blocker(
      t('The device wants to fetch mail (POP or IMAP) instead of sending it.'),
      t('Switch off “POP before SMTP”, and enter this address and port as the SMTP server.'),
    );
  if (speech === 'printing')
    return blocker(
      t('What came is a print job, not mail.'),
      t('Enter this address and port under the device’s e-mail (SMTP) settings, not as a printer.'),
    );
  if (speech === 'other')
    return blocker(
      t('What came is not the language of mail (SMTP).'),
      t('Check that the address and the port stand in the device’s e-mail (SMTP) settings.'),
    );
  return null;
}

/** Too old for Microsoft, whether or not this computer could serve it. */
export function oldEncryption({ hello, tls }: Caught, t: Translate): Finding | null {
  const fix = t(
    'Update the device’s firmware. If there is none, switch its encryption off for the relay where your rules allow that, or replace it.',
  );
  const served = tls === 'TLSv1' || tls === 'TLSv1.1' ? tls.replace(/^TLSv1$/, 'TLSv1.0').replace('v', ' ') : null;
  if (hello !== null && !offersModern(hello))
    return blocker(
      t('Your scanner offers {version} only; Microsoft wants TLS 1.2 or newer and will most likely refuse.', {
        version: hello.versions[0] ?? 'SSL',
      }),
      fix,
    );
  if (served !== null)
    return blocker(
      t('Your scanner settled on {version}; Microsoft wants TLS 1.2 or newer and will most likely refuse.', {
        version: served,
      }),
      fix,
    );
  if (hello !== null && !hello.suits)
    return blocker(
      t(
        'Your scanner knows {version}, but none of the ciphers Microsoft documents; the encryption will most likely fail.',
        { version: hello.versions[0] ?? 'TLS' },
      ),
      fix,
    );
  return null;
}

function brokenOff(caught: Caught, t: Translate): Finding {
  if (caught.tooLong)
    return blocker(
      t('The message was longer than {size, number} MB and was not read to its end.', {
        size: Math.floor(caught.bytes / 1024 / 1024),
      }),
      t('Scan with fewer dots (dpi) or fewer pages.'),
    );
  if (caught.mistrusts)
    return blocker(
      t(
        'The device checks certificates and does not trust the one of this computer. That is expected here and says nothing of Microsoft’s.',
      ),
      t('Switch the certificate check off for this test only, and on again afterwards.'),
    );
  if (caught.tlsError !== null)
    return blocker(
      t('The encryption between the device and this computer did not come about ({reason}).', {
        reason: caught.tlsError,
      }),
      t('Look for newer firmware; to go on with this test, switch STARTTLS off on the device.'),
    );
  if (caught.mailFrom === null) return beforeSender(caught, t);
  if (caught.recipients.length === 0)
    return blocker(
      t('The device named a sender but no recipient, and then ended the call.'),
      t('Choose a recipient on the device and scan again.'),
    );
  if (caught.bareLineFeeds)
    return blocker(
      t('The device ends its lines in a way mail servers do not know (bare LF), and the message never ends.'),
      t('Look for newer firmware.'),
    );
  return blocker(
    caught.fellSilent
      ? t('The device fell silent in the middle of the message and never finished it.')
      : t('The device did not finish the message.'),
    t('Look for a limit on size or time on the device, scan one page, and look for newer firmware.'),
  );
}

function beforeSender({ authTried, helo, oddities, fellSilent }: Caught, t: Translate): Finding {
  if (authTried)
    return blocker(
      t('The device signed in and gave up before it named a sender. The relay knows no passwords.'),
      t('Switch authentication off on the device, empty its user name and password, and scan again.'),
    );
  if (oddities.includes('long-command'))
    return blocker(t('The device sent a line longer than mail servers read.'), t('Look for newer firmware.'));
  if (fellSilent)
    return blocker(
      helo === null
        ? t('The device connected and then said nothing.')
        : t('The device introduced itself and then said nothing more.'),
      t('Scan a real page to an address; if it stays silent, look for newer firmware.'),
    );
  return blocker(
    t('The device hung up before it named a sender.'),
    t('Enter a sender or “From” address on the device, and look at its own error message.'),
  );
}
