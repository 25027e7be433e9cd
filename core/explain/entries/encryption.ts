/** Trouble with encrypted connections beyond certificates: ports, ages of software, what asks for it. */
import { say } from '../../text.ts';
import type { Entry } from '../entry.ts';

const SWITCH_ON = say('Switch on STARTTLS (also called TLS) on the scanner, with TLS 1.2.');
const FIRMWARE = say('Update the scanner’s firmware; ask its supplier.');
const UNTOUCHED = say(
  'Ask whoever looks after your firewall or security software to leave mail traffic to Microsoft untouched.',
);

export const ENCRYPTION: readonly Entry[] = [
  {
    id: 'tls-on-wrong-port',
    match: {
      words: [
        'wrong version number',
        'unknown protocol',
        'unrecognized ssl message',
        'first record does not look like a tls handshake',
        'packet length too long',
        'record layer failure',
        'unexpected message received',
        'plain text connection',
      ],
    },
    title: say('One side spoke encrypted, the other did not.'),
    cause: say('Usually “SSL” is chosen where “STARTTLS” is needed: port 25 begins in plain and switches over.'),
    fix: [say('On the scanner choose STARTTLS, not SSL, with port 25.'), UNTOUCHED],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 3207; RFC 8314 §3',
    example: 'error:1408F10B:SSL routines:ssl3_get_record:wrong version number',
  },
  {
    id: 'encryption-required',
    match: {
      words: [
        'encryption required',
        'encryption needed',
        'requires tls',
        'must use tls',
        'tls is required',
        'tls required',
        'session is not encrypted',
        'requires an encrypted connection',
        'must be sent over tls',
        "wasn't sent over a tls connection",
      ],
      codes: ['5.7.10', '5.7.11', '5.7.29', '4.7.29'],
      vague: ['523', '538'],
    },
    title: say('The server takes this mail only encrypted.'),
    cause: say('The scanner sent in plain; the server or a connector there asks for encryption.'),
    fix: [SWITCH_ON, FIRMWARE],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 4954 §6; RFC 3207',
    example: '550 5.7.10 Encryption required: must use TLS',
  },
  {
    id: 'encryption-too-weak',
    match: {
      words: [
        'dh key too small',
        'ee key too small',
        'ca md too weak',
        'key too weak',
        'insufficient security',
        'inappropriate fallback',
        'tls 1.0 and 1.1 are not supported',
        'tls 1.0',
        'tls1.0',
      ],
      codes: ['4.7.66', '5.7.66'],
    },
    title: say('The scanner’s encryption is too old.'),
    cause: say('Microsoft takes TLS 1.2 or newer; older kinds are refused.'),
    fix: [
      FIRMWARE,
      say('If there is none, ask your administrator whether this scanner may use the relay without encryption.'),
    ],
    who: 'device-supplier',
    retry: 'after-fix',
    source: 'Microsoft, Exchange Online TLS 1.2',
    example: '421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2.',
  },
  {
    id: 'encryption-cut',
    match: {
      words: [
        'disconnected before secure tls connection was established',
        'unexpected eof while reading',
        'ssl_error_syscall',
        'remote host terminated the handshake',
        'handshake timed out',
        'tls handshake timeout',
        'tls handshake error',
        'ssl handshake failed',
      ],
    },
    title: say('The connection broke while encryption was starting.'),
    cause: say('Likely a firewall or security software that looks into encrypted mail.'),
    fix: [UNTOUCHED, say('Try again; if it stays, send from another network to compare.')],
    who: 'you',
    retry: 'later',
    source: 'RFC 3207 §4',
    example: 'Client network socket disconnected before secure TLS connection was established',
  },
  {
    id: 'certificate-revoked',
    match: { words: ['certificate revoked', 'cert_revoked', 'certificate has been revoked', 'cert_rejected'] },
    title: say('The certificate has been withdrawn.'),
    cause: say('Whoever answers uses a certificate that is no longer valid; Microsoft’s own hardly ever is.'),
    fix: [UNTOUCHED, say('Check the server name.')],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 5280 §5',
    example: 'certificate revoked (CERT_REVOKED)',
  },
  {
    id: 'client-certificate-refused',
    match: {
      words: [
        'bad certificate',
        'certificate required',
        'alert certificate unknown',
        'peer did not return a certificate',
      ],
    },
    title: say('The other side did not accept a certificate.'),
    cause: say('The scanner trusts too few issuers, or was asked for a certificate of its own.'),
    fix: [say('On the scanner: update the firmware, or load the newer root certificates.'), UNTOUCHED],
    who: 'device-supplier',
    retry: 'after-fix',
    source: 'RFC 8446 §6.2',
    example: 'sslv3 alert bad certificate: SSL alert number 42',
  },
];
