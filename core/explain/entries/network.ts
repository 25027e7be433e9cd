/** No answer, or one from the wrong side: network and encryption, in the words of programs and devices. */
import { say } from '../../text.ts';
import type { Entry } from '../entry.ts';

const PRINTERS = 'Microsoft, Fix issues with printers, scanners, and LOB applications';
const UNTOUCHED = say(
  'Ask whoever looks after your firewall or security software to leave mail traffic to Microsoft untouched.',
);

export const NETWORK: readonly Entry[] = [
  {
    id: 'connection-timeout',
    match: {
      words: [
        'etimedout',
        'connection timed out',
        'connect timeout',
        'timed out while connecting',
        'operation timed out',
        'connection timeout',
        'did not properly respond after a period of time',
        'wsaetimedout',
        '(10060)',
      ],
    },
    title: say('Microsoft’s server did not answer.'),
    cause: say('Most likely port 25 is blocked by the internet provider, the router or security software.'),
    fix: [say('Run the check “Port 25”; it prepares a text for your internet provider.')],
    who: 'internet-provider',
    retry: 'after-fix',
    source: PRINTERS,
    example: 'connect ETIMEDOUT 52.101.68.1:25',
  },
  {
    id: 'connection-refused',
    match: { words: ['econnrefused', 'connection refused', 'actively refused', '(10061)'] },
    title: say('The connection was turned away.'),
    cause: say('A firewall or the internet provider refuses port 25, or the server name is wrong.'),
    fix: [
      say('Run the check “Port 25”; it prepares a text for your internet provider.'),
      say('Check the server name.'),
    ],
    who: 'internet-provider',
    retry: 'after-fix',
    source: PRINTERS,
    example: 'connect ECONNREFUSED 52.101.68.1:25',
  },
  {
    id: 'name-not-found',
    match: {
      words: [
        'enotfound',
        'no such host is known',
        'nxdomain',
        'name or service not known',
        'could not resolve',
        'host not found',
        'getaddrinfo',
      ],
    },
    title: say('The server’s name was not found.'),
    cause: say('It is misspelt or out of date, or name look-ups (DNS) do not work on this network.'),
    fix: [
      say('Copy the name from the Microsoft 365 admin center: Settings, Domains, your domain, MX.'),
      say('On the scanner, check that a DNS server is entered.'),
    ],
    who: 'you',
    retry: 'after-fix',
    source: PRINTERS,
    example: 'getaddrinfo ENOTFOUND contoso-con.mail.protection.outlook.com',
  },
  {
    id: 'network-unreachable',
    match: {
      words: [
        'enetunreach',
        'ehostunreach',
        'network is unreachable',
        'no route to host',
        'unreachable network',
        'unreachable host',
      ],
    },
    title: say('There is no way to the internet.'),
    cause: say('The network cable, the Wi-Fi or the router’s address (gateway) is the matter.'),
    fix: [say('Check the network connection and the gateway setting.')],
    who: 'you',
    retry: 'after-fix',
    source: 'POSIX, errno',
    example: 'connect ENETUNREACH 52.101.68.1:25',
  },
  {
    id: 'connection-lost',
    match: {
      words: [
        'econnreset',
        'forcibly closed by the remote host',
        'unexpected socket close',
        'socket closed unexpectedly',
        'connection reset',
        'the connection was closed',
        'connection closed unexpectedly',
        'socket hang up',
        'epipe',
      ],
    },
    title: say('The connection was cut.'),
    cause: say('A firewall or security software broke it off, or the line failed for a moment.'),
    fix: [say('Try again.'), UNTOUCHED],
    who: 'you',
    retry: 'later',
    source: 'RFC 5321 §3.8',
    example: 'read ECONNRESET',
  },
  {
    id: 'certificate-name',
    match: {
      words: ['does not match certificate', 'altnames', 'err_tls_cert_altname_invalid', 'hostname/ip does not match'],
    },
    title: say('The certificate is made out to somebody else.'),
    cause: say('Something in the network answers in Microsoft’s place, or the server name is wrong.'),
    fix: [UNTOUCHED, say('Check the server name.')],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 6125 §6',
    example:
      "Hostname/IP does not match certificate's altnames: Host: contoso-com.mail.protection.outlook.com. is not in the cert's altnames",
  },
  {
    id: 'certificate-expired',
    match: {
      words: ['cert_has_expired', 'certificate has expired', 'cert_not_yet_valid', 'certificate is not yet valid'],
    },
    title: say('The certificate is out of date.'),
    cause: say(
      'The clock of this computer or scanner is wrong, or something in the network answers in Microsoft’s place.',
    ),
    fix: [say('Check date and time.'), UNTOUCHED],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 5280 §4.1.2.5',
    example: 'certificate has expired (CERT_HAS_EXPIRED)',
  },
  {
    id: 'certificate-untrusted',
    match: {
      words: [
        'self-signed certificate',
        'self signed certificate',
        'unable to verify the first certificate',
        'unable to get local issuer',
        'unable_to_verify_leaf_signature',
        'unknown_ca',
        'unknown ca',
      ],
    },
    title: say('The certificate is not trusted.'),
    cause: say(
      'A firewall or security software opens encrypted connections; on a scanner, its list of trusted issuers may be too old.',
    ),
    fix: [UNTOUCHED, say('On a scanner: update the firmware, or load the newer root certificates.')],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 5280 §6',
    example: 'self-signed certificate in certificate chain',
  },
  {
    id: 'tls-version',
    match: {
      words: [
        'unsupported protocol',
        'protocol version',
        'no shared cipher',
        'handshake failure',
        'tls negotiation failed',
        'no protocols available',
        'ssl routines',
      ],
    },
    title: say('The two sides could not agree on an encryption.'),
    cause: say('The scanner knows only old kinds (before TLS 1.2), or something in between interferes.'),
    fix: [say('Update the scanner’s firmware and switch on TLS 1.2.'), UNTOUCHED],
    who: 'device-supplier',
    retry: 'after-fix',
    source: 'Microsoft, Exchange Online TLS 1.2',
    example: 'error:0A000102:SSL routines::unsupported protocol',
  },
  {
    id: 'starttls-refused',
    match: {
      words: [
        'error upgrading connection with starttls',
        'starttls not supported',
        'does not support starttls',
        'tls not available',
      ],
    },
    title: say('Encryption is not offered or was refused.'),
    cause: say('Microsoft always offers it, so something in between takes it out; or the server is busy.'),
    fix: [say('Try again in a few minutes.'), UNTOUCHED],
    who: 'you',
    retry: 'later',
    source: 'RFC 3207 §4',
    example: 'Error upgrading connection with STARTTLS: 454 4.7.0 TLS not available due to temporary reason',
  },
];
