/** A change that was sent while its answer was lost: whether it happened can only be found out by looking. */
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import { cleanText } from './clean-text.ts';

export class LostAnswer extends AppError {
  /** Microsoft said it was too busy, so it most likely did nothing; after a look it may be sent again. */
  readonly busy: boolean;
  constructor(cmdlet: string, { cause, detail, busy }: { cause?: unknown; detail: string; busy: boolean }) {
    super(
      'outcome-unknown',
      say('{cmdlet} was sent, but the answer was lost. It is looked up, not sent again.', { cmdlet }),
      {
        remedy: say('Start again: RelayReady looks first at what is there.'),
        who: 'nobody',
        detail: cleanText(detail, 400),
        cause,
      },
    );
    this.busy = busy;
  }
}

/** Node's and Chromium's names for a connection that never came about. */
const NO_CONNECTION =
  /\b(ENOTFOUND|EAI_AGAIN|EAI_FAIL|ECONNREFUSED|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_ADDRESS_UNREACHABLE|ERR_PROXY_CONNECTION_FAILED|ERR_TUNNEL_CONNECTION_FAILED)\b/;

/** Surely never reached Exchange. Anything else, a reset above all, may have come after the request had left. */
export const wasNeverSent = ({ detail }: AppError): boolean =>
  detail !== null && (detail.startsWith('phase: tls') || NO_CONNECTION.test(detail));
