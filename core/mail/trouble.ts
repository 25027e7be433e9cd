/** What can keep a test message from leaving, named; each has words of its own in `explain-trouble.ts`. */

export type Trouble =
  /** No connection; the system's reason says which kind. */
  | 'no-connection'
  | 'not-on-the-internet'
  /** Nothing came, or not all of it, until the time was over. */
  | 'silent'
  | 'dripping'
  | 'closed'
  | 'flood'
  | 'garbled'
  | 'web-server'
  | 'tls-record'
  /** More was answered than asked. */
  | 'out-of-turn'
  /** Somebody else greets in Microsoft’s place. */
  | 'other-greeting'
  | 'no-encryption'
  | 'encryption-refused'
  | 'injected'
  | 'handshake'
  | 'old-encryption'
  | 'certificate-name'
  | 'certificate-date'
  | 'certificate-untrusted'
  | 'too-large';
