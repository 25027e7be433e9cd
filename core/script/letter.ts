/** A ready-made mail to the person who administers Microsoft 365: what is asked, why it is safe, and the two ways to do it. */
import type { Translate } from '../text.ts';
import { checkedWish, type ScriptInput } from './powershell.ts';

export function letterToAdministrator(input: ScriptInput, t: Translate): string {
  const { profile } = input;
  const wanted = checkedWish(input);
  const sender = profile.sender ?? `scanner@${profile.domain}`;
  const wish =
    wanted.certificateName === null
      ? t(
          'our scanner is to send scans by mail as {sender}. For that, Exchange Online needs one inbound connector that accepts mail from our public address {addresses}.',
          { sender, addresses: wanted.ips.join(', ') },
        )
      : t(
          'our scanner is to send scans by mail as {sender}. For that, Exchange Online needs one inbound connector that accepts mail from the device that shows the certificate {name}.',
          { sender, name: wanted.certificateName },
        );
  const tls = wanted.requireTls
    ? t('Encryption (TLS) is required.')
    : t('Encryption (TLS) is used when the scanner can, and not required.');
  return [
    t('Subject: Please let our scanner send through Microsoft 365 ({domain})', { domain: profile.domain }),
    '',
    t('Hello,'),
    '',
    wish,
    '',
    t(
      'What it changes: one connector called “{name}”, type “Your organization’s email server” (OnPremises). Nothing else: no password, no mailbox, no licence, no change to MFA, Security Defaults or spam filtering.',
      { name: wanted.name },
    ),
    '',
    tls,
    '',
    t('Needed role: Exchange Administrator. Two ways, about five minutes:'),
    t(
      '1. Run the attached script relayready.ps1. Without -Apply it only shows what it would do; with -Apply it does it.',
    ),
    t('2. Or by hand in the Exchange admin center under Mail flow, Connectors; the steps are attached.'),
    '',
    t(
      'If Microsoft creates the connector switched off, which it usually does in new organisations, please open a support request to have it enabled.',
    ),
    '',
    t('To take it back, delete the connector “{name}”.', { name: wanted.name }),
    '',
    t('Thank you!'),
    '',
  ].join('\n');
}
