/** What a device really sent to the catcher, for the terminal. */
import type { CaughtMessage } from '../calls/devices.ts';
import type { Translate } from '../text.ts';
import { plain, wrap } from './plain-text.ts';

export function caughtText(messages: readonly CaughtMessage[], t: Translate): string {
  if (messages.length === 0)
    return t('Nothing arrived. Check that the device was told this computer’s address and the port.');
  const mark = { good: '✓', warning: '!', blocker: '✗' };
  return messages
    .flatMap((message) => [
      plain(t('From {ip}: “{subject}”', { ip: message.fromIp, subject: message.subject ?? '' })),
      ...(message.times > 1 ? [t('  The device tried this {times, number} times.', { times: message.times })] : []),
      plain(`  EHLO ${message.helo ?? '–'}  MAIL FROM ${message.mailFrom ?? '–'}  From ${message.headerFrom ?? '–'}`),
      ...(message.offered
        ? [
            plain(
              t('  Offers {versions}: {ciphers}', {
                versions: message.offered.versions.join(', '),
                ciphers: message.offered.ciphers.slice(0, 12).join(', '),
              }),
            ),
          ]
        : []),
      ...message.findings.map(({ severity, text, fix }) => wrap(`${mark[severity]} ${[text, ...fix].join(' ')}`, '  ')),
      '',
    ])
    .join('\n');
}
