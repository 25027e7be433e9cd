/** What the catcher saw of one call of a device, before it is judged. */
import type { CaughtMessage } from '../calls/devices.ts';
import type { ClientHello } from './client-hello.ts';

/** Ways of speaking that mail servers forgive more or less. */
export type Oddity =
  /** No EHLO and no HELO at all. */
  | 'no-greeting'
  /** EHLO or HELO without a name. */
  | 'empty-greeting'
  /** MAIL FROM or RCPT TO without angle brackets, or with a blank before them (RFC 5321 §3.3). */
  | 'no-brackets'
  /** Sent the message before it was asked for it. */
  | 'spoke-early'
  /** Commands end in a line feed alone. */
  | 'bare-commands'
  /** The dot at the end stands in no proper line, so strict servers wait on. */
  | 'odd-end'
  /** A line of the message has more than 998 characters (RFC 5321 §4.5.3.1.6). */
  | 'long-lines'
  /** A command longer than any server reads. */
  | 'long-command';

export type Speech =
  | 'mail'
  /** Encryption from the first byte on: “SSL” on a port that starts in plain. */
  | 'tls-at-once'
  | 'http'
  /** Fetching mail: POP or IMAP. */
  | 'fetch'
  | 'printing'
  | 'other';

export type Caught = Omit<CaughtMessage, 'findings' | 'offered' | 'times'> & {
  readonly speech: Speech;
  /** It said EHLO; HELO alone knows neither encryption nor sizes (RFC 5321 §2.2.1). */
  readonly esmtp: boolean;
  /** What it offered when it asked for encryption. */
  readonly hello: ClientHello | null;
  /** Why the encryption broke, technical, or null. */
  readonly tlsError: string | null;
  /** It mistrusted the certificate: said so, or hung up after it had seen it. */
  readonly mistrusts: boolean;
  /** Value of the Date header, or null. */
  readonly date: string | null;
  readonly messageId: string | null;
  /** Lines that end in a line feed alone (RFC 5321 §2.3.8 forbids it). */
  readonly bareLineFeeds: boolean;
  /** Bytes above 127 that neither the envelope nor a header announces. */
  readonly undeclared8Bit: boolean;
  /** It was longer than the catcher reads. */
  readonly tooLong: boolean;
  /** It kept the line and said nothing more. */
  readonly fellSilent: boolean;
  /** It was in the middle of the message when it ended. */
  readonly inMessage: boolean;
  readonly oddities: readonly Oddity[];
};
