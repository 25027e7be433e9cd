/** The tenant's MX endpoint: speaks SMTP as Exchange Online Protection does. */
import { randomUUID } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import { parseMailAddress } from '../../core/address.ts';
import type { Identity } from './authority.ts';
import { listen, type Listening } from './listen.ts';
import { createSmtpInput } from './smtp-input.ts';
import { deliver, judgeRecipient, RELAY_NAME } from './relay-rule.ts';
import type { Scenario } from './scenario.ts';
import type { SpfVerdict } from './spf-verdict.ts';
import type { Tenant } from './tenant.ts';

/** As announced by the real servers. */
const SIZE = 157_286_400;
/** Only the top of a message is kept. */
const HEAD_BYTES = 64 * 1024;
/** RFC 5321 §4.5.3.2.7. */
const IDLE_MS = 300_000;

export type RelayOptions = {
  readonly tenant: Tenant;
  /** How the line changes what passes through it. */
  readonly office: Scenario['office'];
  readonly identity: Identity;
  readonly spf: SpfVerdict;
};

/** Between `<` and `>`; empty for the null sender, null when there is no address. */
const addressIn = (line: string): string | null => {
  const inside = /<([^<>]*)>/.exec(line)?.[1];
  if (inside === undefined) return null;
  return inside === '' ? '' : parseMailAddress(inside);
};
const header = (message: string, name: string): string =>
  new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(message)?.[1]?.trim() ?? '';

export function startRelay({ tenant, office, identity, spf }: RelayOptions): Promise<Listening> {
  let connections = 0;
  const context = tls.createSecureContext({ cert: identity.cert, key: identity.key, minVersion: 'TLSv1.2' });

  const converse = (socket: net.Socket, seen: string, encrypted: boolean): void => {
    let hello = false;
    let from: string | null = null;
    let recipients: string[] = [];
    /** The chunk that is coming in: the last one of its message, and whether anybody may receive it. */
    let chunk = { bytes: 0, last: false, wanted: false };
    let taking = true;
    let head = '';
    let size = 0;
    const say = (...lines: readonly string[]): void => void socket.write(lines.map((line) => `${line}\r\n`).join(''));
    const forget = (): void => {
      from = null;
      recipients = [];
      head = '';
      size = 0;
    };
    const accept = (): void => {
      if (size > SIZE) say('552 5.3.4 Message size exceeds fixed maximum message size');
      else {
        const sending = { from: from ?? '', seen, encrypted };
        const messageId = header(head, 'Message-ID') || `<${randomUUID()}@${RELAY_NAME}>`;
        const deliveries = recipients.map((recipient) => deliver(tenant, spf, sending, recipient));
        const message = {
          from: sending.from,
          recipients,
          messageId,
          subject: header(head, 'Subject'),
          seenAddress: seen,
          encrypted,
          deliveredTo: deliveries.every(({ inside }) => inside) ? ('internal' as const) : ('external' as const),
          deliveries,
          receivedAt: new Date().toISOString(),
        };
        tenant.messages = [...tenant.messages, message];
        say(
          `250 2.6.0 ${messageId} [InternalId=${tenant.messages.length}, Hostname=AM1PR01MB0001.eurprd01.prod.exchangelabs.com] Queued mail for delivery`,
        );
      }
      forget();
    };

    const input = createSmtpInput({
      onLine: (line) => command(line),
      onLineTooLong: () => socket.destroy(),
      onPart: (part) => {
        if (!taking) return;
        if (head.length < HEAD_BYTES) head += part.subarray(0, HEAD_BYTES).toString('utf8');
        size += part.length;
      },
      onMessageEnd: () => accept(),
      onChunkEnd: () => {
        taking = true;
        if (!chunk.wanted) say('503 5.5.2 Need rcpt command');
        else if (chunk.last) accept();
        else say(`250 2.6.0 ${chunk.bytes} octets received`);
      },
    });
    const onData = (bytes: Buffer): void => input.push(bytes);

    const greet = (extended: boolean): void => {
      forget();
      hello = true;
      const starttls = !encrypted && office.startTls === 'offered' ? ['STARTTLS'] : [];
      const extensions = [`SIZE ${SIZE}`, 'PIPELINING', 'DSN', 'ENHANCEDSTATUSCODES', ...starttls, '8BITMIME'];
      const lines = [`${RELAY_NAME} Hello [${seen}]`];
      if (extended) lines.push(...extensions, 'BINARYMIME', 'CHUNKING', 'SMTPUTF8');
      say(...lines.map((text, at) => `250${at === lines.length - 1 ? ' ' : '-'}${text}`));
    };
    const mailFrom = (line: string): void => {
      const sender = addressIn(line);
      if (sender === null) return say('501 5.1.7 Invalid address');
      if (Number(/\bSIZE=(\d+)/i.exec(line)?.[1] ?? 0) > SIZE)
        return say('552 5.3.4 Message size exceeds fixed maximum message size');
      forget();
      from = sender;
      say('250 2.1.0 Sender OK');
    };
    const rcptTo = (line: string): void => {
      const to = addressIn(line);
      if (from === null) return say('503 5.5.2 Need mail command');
      if (to === null || to === '') return say('501 5.1.3 Invalid address');
      const reply = judgeRecipient(tenant, { from, encrypted, seen }, to);
      if (reply.startsWith('250')) recipients.push(to);
      say(reply);
    };
    const command = (line: string): boolean => {
      const [verb = '', ...words] = line.toUpperCase().split(/[ :]+/);
      const inHand = recipients.length > 0;
      if (verb === 'EHLO' || verb === 'HELO') greet(verb === 'EHLO');
      else if (verb === 'QUIT') {
        say('221 2.0.0 Service closing transmission channel');
        socket.end();
        return false;
      } else if (verb === 'NOOP') say('250 2.0.0 OK');
      else if (verb === 'RSET') {
        forget();
        say('250 2.0.0 Resetting');
      } else if (verb === 'BDAT') {
        const bytes = Number(words[0]);
        if (!Number.isSafeInteger(bytes) || bytes < 0) say('501 5.5.4 Invalid arguments');
        else {
          // Whatever the answer, so many bytes follow (RFC 3030 §2).
          chunk = { bytes, last: words[1] === 'LAST', wanted: inHand };
          taking = inHand;
          input.expectChunk(bytes);
        }
      } else if (verb === 'AUTH') say('504 5.7.4 Unrecognized authentication type');
      else if (verb === 'STARTTLS' && !encrypted && office.startTls === 'offered') {
        // What came before the handshake is forgotten (RFC 3207 §4.2, and against smuggled commands).
        socket.off('data', onData);
        say('220 2.0.0 SMTP server ready');
        converse(new tls.TLSSocket(socket, { isServer: true, secureContext: context }), seen, true);
        return false;
      } else if (!hello && ['MAIL', 'RCPT', 'DATA'].includes(verb)) say('503 5.5.2 Send hello first');
      else if (verb === 'MAIL' && words[0] === 'FROM') mailFrom(line);
      else if (verb === 'RCPT' && words[0] === 'TO') rcptTo(line);
      else if (verb === 'DATA' && !inHand) say('503 5.5.2 Need rcpt command');
      else if (verb === 'DATA') {
        input.expectMessage();
        say('354 Start mail input; end with <CRLF>.<CRLF>');
      } else say('500 5.3.3 Unrecognized command');
      return true;
    };
    socket.on('error', () => undefined);
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.on('data', onData);
  };

  return listen(
    net.createServer((socket) => {
      const seen = office.seen[connections % office.seen.length] ?? '';
      connections += 1;
      converse(socket, seen, false);
      const greeting =
        office.banner ?? `${RELAY_NAME} Microsoft ESMTP MAIL Service ready at ${new Date().toUTCString()}`;
      socket.write(`220 ${greeting}\r\n`);
    }),
  );
}
