/** What is known of one device's call to the catcher, gathered as it speaks; never its password. */
import type { SMTPServerSession } from 'smtp-server';
import type { Caught } from '../../core/mail/judge-caught.ts';
import { cleanText } from '../net/clean-text.ts';
import { type Head, readHead } from './read-head.ts';

export type DeviceCall = {
  readonly fromIp: string;
  tlsAsked: boolean;
  tls: string | null;
  tlsError: string | null;
  authTried: boolean;
  /** Null until it names one; empty for `<>`. */
  mailFrom: string | null;
  recipients: string[];
  helo: string | null;
  esmtp: boolean;
};

/** Longer messages are not read to their end. */
export const MOST_BYTES = 50 * 1024 * 1024;
/** Only the head of a message is kept. */
const HEAD_BYTES = 256 * 1024;
const MOST_RECIPIENTS = 50;

export const newCall = (fromIp: string): DeviceCall => ({
  fromIp,
  tlsAsked: false,
  tls: null,
  tlsError: null,
  authTried: false,
  mailFrom: null,
  recipients: [],
  helo: null,
  esmtp: true,
});

/** Takes over what the device has said so far. */
export function hearSession(call: DeviceCall, session: SMTPServerSession): void {
  // TLS starts the conversation anew and the library forgets the name until it is said again.
  if (!session.hostNameAppearsAs) return;
  call.helo = cleanText(session.hostNameAppearsAs, 200);
  call.esmtp = session.openingCommand !== 'HELO';
}

export function addRecipient(call: DeviceCall, address: string): void {
  if (call.recipients.length < MOST_RECIPIENTS) call.recipients.push(cleanText(address, 320));
}

const NOTHING_READ: Head & Pick<Caught, 'bytes' | 'complete' | 'tooLong'> = {
  headerFrom: null,
  subject: null,
  date: null,
  messageId: null,
  bareLineFeeds: false,
  undeclared8Bit: false,
  bytes: 0,
  complete: false,
  tooLong: false,
};

/** A call that ended without a message. */
export const withoutMessage = ({ tlsAsked: _, ...call }: DeviceCall): Caught => ({ ...NOTHING_READ, ...call });

/** It said enough to learn something from. */
export const isTelling = ({ mailFrom, authTried, tlsError }: DeviceCall): boolean =>
  mailFrom !== null || authTried || tlsError !== null;

/** Reads the message to its end, or as far as it comes; keeps only its head. */
export async function readMessage(
  stream: AsyncIterable<Buffer>,
  { tlsAsked: _, ...call }: DeviceCall,
  declared8Bit: boolean,
): Promise<Caught> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let kept = 0;
  let complete = false;
  try {
    for await (const chunk of stream) {
      bytes += chunk.length;
      if (kept < HEAD_BYTES) {
        chunks.push(chunk.subarray(0, HEAD_BYTES - kept));
        kept += chunk.length;
      }
      if (bytes > MOST_BYTES) break;
    }
    complete = bytes <= MOST_BYTES;
  } catch {
    // The device went away in the middle; what came so far still tells something.
  }
  const head = await readHead(Buffer.concat(chunks), declared8Bit);
  return { ...call, ...head, bytes, complete, tooLong: bytes > MOST_BYTES };
}
