/** Microsoft's account of a message, for the terminal. */
import type { Trace } from '../calls/mail.ts';
import type { Translate } from '../text.ts';
import { plain, wrap } from './plain-text.ts';

export const traceText = (trace: Trace, t: Translate): string =>
  trace.events.length === 0
    ? t(
        'Microsoft has not written anything down about this message yet. That usually takes some minutes; ask again then.',
      )
    : trace.events
        .flatMap(({ recipient, status, receivedAt, fromIp, meaning }) => [
          plain(`${receivedAt}  ${recipient}: ${status}${fromIp === null ? '' : ` (${fromIp})`}`),
          wrap(meaning, '    '),
        ])
        .join('\n');
