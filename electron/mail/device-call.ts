/** What is known of one device's call to the catcher, gathered as it speaks; never its password. */
import type { Caught, Oddity } from '../../core/mail/caught.ts';
import { cleanText } from '../net/clean-text.ts';
import type { Data } from './catcher-data.ts';
import { type Head, readHead } from './read-head.ts';

type Changing =
  | 'speech'
  | 'helo'
  | 'esmtp'
  | 'hello'
  | 'tls'
  | 'tlsError'
  | 'mistrusts'
  | 'authTried'
  | 'mailFrom'
  | 'recipients'
  | 'fellSilent';
export type DeviceCall = { -readonly [Key in Changing]: Caught[Key] } & {
  readonly fromIp: string;
  readonly oddities: Set<Oddity>;
  /** It said something at all. */
  spoke: boolean;
  /** A whole message came in this call. */
  brought: boolean;
};

const MOST_RECIPIENTS = 50;

export const newCall = (fromIp: string): DeviceCall => ({
  fromIp,
  speech: 'mail',
  helo: null,
  esmtp: true,
  hello: null,
  tls: null,
  tlsError: null,
  mistrusts: false,
  authTried: false,
  mailFrom: null,
  recipients: [],
  fellSilent: false,
  oddities: new Set(),
  spoke: false,
  brought: false,
});

export function addRecipient(call: DeviceCall, address: string): void {
  if (call.recipients.length < MOST_RECIPIENTS) call.recipients = [...call.recipients, cleanText(address, 320)];
}

const NOTHING_READ: Head & Pick<Caught, 'bytes' | 'complete' | 'tooLong' | 'bareLineFeeds' | 'inMessage'> = {
  headerFrom: null,
  subject: null,
  headers: [],
  date: null,
  messageId: null,
  undeclared8Bit: false,
  bareLineFeeds: false,
  bytes: 0,
  complete: false,
  tooLong: false,
  inMessage: false,
};

const said = ({ spoke: _, brought: __, oddities, ...call }: DeviceCall) => ({
  ...call,
  oddities: [...oddities].toSorted(),
});

/** A call that ended without a message. */
export const withoutMessage = (call: DeviceCall): Caught => ({ ...NOTHING_READ, ...said(call) });

/** It said enough to learn something from. */
export const isTelling = (call: DeviceCall): boolean =>
  call.speech !== 'mail' ||
  call.mailFrom !== null ||
  call.authTried ||
  call.tlsError !== null ||
  call.mistrusts ||
  call.hello !== null ||
  call.oddities.has('long-command') ||
  call.fellSilent;

/** The message as far as it came; its body is dropped here. */
export async function withMessage(call: DeviceCall, data: Data, declared8Bit: boolean): Promise<Caught> {
  const seen = said(call);
  const odd: Oddity[] = [
    ...(data.oddEnd ? ['odd-end' as const] : []),
    ...(data.longLines ? ['long-lines' as const] : []),
  ];
  return {
    ...seen,
    ...(await readHead(data.head, declared8Bit)),
    oddities: [...seen.oddities, ...odd].toSorted(),
    bareLineFeeds: data.bareLineFeeds,
    bytes: data.bytes,
    complete: data.complete && !data.tooLong,
    tooLong: data.tooLong,
    inMessage: true,
  };
}
