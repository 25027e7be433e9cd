/** What a device really sent to the catcher, for the terminal. */
import type { CaughtMessage } from '../contract.ts';
import type { Translate } from '../text.ts';
import { plain, wrap } from './plain-text.ts';

export function caughtText(messages: readonly CaughtMessage[], t: Translate): string {
  if (messages.length === 0)
    return t('Nothing arrived. Check that the device was told this computer’s address and the port.');
  const mark = { good: '✓', warning: '!', blocker: '✗' };
  return messages
    .flatMap((message) => [
      plain(t('From {ip}: “{subject}”', { ip: message.fromIp, subject: message.subject ?? '' })),
      plain(`  EHLO ${message.helo ?? '–'}  MAIL FROM ${message.mailFrom ?? '–'}  From ${message.headerFrom ?? '–'}`),
      ...message.findings.map(({ severity, text }) => wrap(`${mark[severity]} ${text}`, '  ')),
      '',
    ])
    .join('\n');
}
