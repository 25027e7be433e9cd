/** The tenant's MX endpoint: speaks SMTP as Exchange Online Protection does and applies the real relay rule. */
import { randomUUID } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import { domainOf, parseMailAddress } from '../../core/address.ts';
import { readConnector, relaysForAddress } from '../../core/plan/inbound-connector.ts';
import type { Identity } from './authority.ts';
import { listen, type Listening } from './listen.ts';
import type { Scenario } from './scenario.ts';
import type { Tenant } from './tenant.ts';

const HOST = 'AM1PEPF00012345.mail.protection.outlook.com';
/** As announced by the real servers. */
const SIZE = 157_286_400;
const LINE_BYTES = 4096;
/** Practice keeps mail in memory, so it takes less than it announces. */
const KEPT_BYTES = 2 * 1024 * 1024;

type Session = { from: string | null; readonly recipients: string[]; encrypted: boolean; hello: boolean };

/** Accepted envelope-sender domain and an enabled connector that covers the address: relay; own recipients: always (Direct Send). */
function judgeRecipient(tenant: Tenant, { from, encrypted }: Session, to: string, seen: string): string {
  const domain = from === null || from === '' ? '' : domainOf(from);
  const matches = tenant.connectors
    .map(readConnector)
    .some((connector) => relaysForAddress(connector, seen, domain) && (!connector.requireTls || encrypted));
  const ours = tenant.acceptedDomains.includes(domain);
  if (tenant.acceptedDomains.includes(domainOf(to))) {
    if (tenant.rejectDirectSend && ours && !matches)
      return `550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources [${HOST}]`;
    return tenant.mailboxes.includes(to.toLowerCase())
      ? '250 2.1.5 Recipient OK'
      : `550 5.4.1 Recipient address rejected: Access denied. [${HOST}]`;
  }
  return ours && matches ? '250 2.1.5 Recipient OK' : `550 5.7.64 TenantAttribution; Relay Access Denied [${HOST}]`;
}

const addressIn = (line: string): string | null => {
  const inside = /<([^<>]*)>/.exec(line)?.[1];
  if (inside === undefined) return null;
  return inside === '' ? '' : parseMailAddress(inside);
};
const header = (message: string, name: string): string =>
  new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(message.slice(0, 65_536))?.[1]?.trim() ?? '';

/** @param office how the line changes what passes through it */
export function startRelay(tenant: Tenant, office: Scenario['office'], identity: Identity): Promise<Listening> {
  let connections = 0;
  const context = tls.createSecureContext({ cert: identity.cert, key: identity.key, minVersion: 'TLSv1.2' });

  const converse = (socket: net.Socket, seen: string, session: Session): void => {
    let bytes = Buffer.alloc(0);
    let inData = false;
    const say = (...lines: readonly string[]) => void socket.write(lines.map((line) => `${line}\r\n`).join(''));
    socket.on('error', () => undefined);
    const onData = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length > KEPT_BYTES) {
        say('552 5.3.4 Message too big for practice');
        return void socket.end();
      }
      for (;;) {
        if (inData) {
          const end = bytes.indexOf('\r\n.\r\n');
          if (end < 0) return;
          const message = bytes.subarray(0, end).toString('utf8');
          bytes = bytes.subarray(end + 5);
          inData = false;
          accept(message);
          continue;
        }
        const end = bytes.indexOf('\n');
        if (end < 0) {
          if (bytes.length > LINE_BYTES) socket.destroy();
          return;
        }
        const line = bytes.subarray(0, end).toString('utf8').replace(/\r$/, '');
        bytes = bytes.subarray(end + 1);
        if (command(line) === 'handed-over') return;
      }
    };
    const accept = (message: string): void => {
      const messageId = header(message, 'Message-ID') || `<${randomUUID()}@${HOST}>`;
      tenant.messages = [
        ...tenant.messages,
        {
          from: session.from ?? '',
          recipients: [...session.recipients],
          messageId,
          subject: header(message, 'Subject'),
          seenAddress: seen,
          encrypted: session.encrypted,
          deliveredTo: session.recipients.every((to) => tenant.acceptedDomains.includes(domainOf(to)))
            ? 'internal'
            : 'external',
          receivedAt: new Date().toISOString(),
        },
      ];
      session.from = null;
      session.recipients.length = 0;
      say(
        `250 2.6.0 ${messageId} [InternalId=${tenant.messages.length}, Hostname=AM1PR01MB0001.eurprd01.prod.exchangelabs.com] Queued mail for delivery`,
      );
    };
    const command = (line: string): 'handed-over' | void => {
      const verb = line.slice(0, 10).toUpperCase();
      if (verb.startsWith('EHLO') || verb.startsWith('HELO')) {
        session.hello = true;
        const extensions = ['SIZE ' + String(SIZE), 'PIPELINING', 'DSN', 'ENHANCEDSTATUSCODES'];
        if (!session.encrypted && office.startTls === 'offered') extensions.push('STARTTLS');
        extensions.push('8BITMIME', 'SMTPUTF8');
        const lines = verb.startsWith('EHLO')
          ? [`${HOST} Hello [${seen}]`, ...extensions]
          : [`${HOST} Hello [${seen}]`];
        return say(...lines.map((text, at) => `250${at === lines.length - 1 ? ' ' : '-'}${text}`));
      }
      if (verb.startsWith('QUIT')) {
        say('221 2.0.0 Service closing transmission channel');
        return void socket.end();
      }
      if (verb.startsWith('NOOP')) return say('250 2.0.0 OK');
      if (verb.startsWith('RSET')) {
        session.from = null;
        session.recipients.length = 0;
        return say('250 2.0.0 Resetting');
      }
      if (verb.startsWith('AUTH')) return say('504 5.7.4 Unrecognized authentication type');
      if (!session.hello) return say('503 5.5.2 Send hello first');
      if (verb.startsWith('STARTTLS')) {
        if (session.encrypted || office.startTls === 'stripped') return say('500 5.3.3 Unrecognized command');
        // What came before the handshake is forgotten (RFC 3207 §4.2, and against smuggled commands).
        socket.off('data', onData);
        say('220 2.0.0 SMTP server ready');
        const secure = new tls.TLSSocket(socket, { isServer: true, secureContext: context });
        converse(secure, seen, { from: null, recipients: [], encrypted: true, hello: false });
        return 'handed-over';
      }
      if (verb.startsWith('MAIL FROM')) {
        const from = addressIn(line);
        if (from === null) return say('501 5.1.7 Invalid address');
        session.from = from;
        session.recipients.length = 0;
        return say('250 2.1.0 Sender OK');
      }
      if (verb.startsWith('RCPT TO')) {
        const to = addressIn(line);
        if (session.from === null) return say('503 5.5.2 Need mail command');
        if (to === null || to === '') return say('501 5.1.3 Invalid address');
        const reply = judgeRecipient(tenant, session, to, seen);
        if (reply.startsWith('250')) session.recipients.push(to);
        return say(reply);
      }
      if (verb.startsWith('DATA')) {
        if (session.recipients.length === 0) return say('503 5.5.2 Need rcpt command');
        inData = true;
        return say('354 Start mail input; end with <CRLF>.<CRLF>');
      }
      return say('500 5.3.3 Unrecognized command');
    };
    socket.on('data', onData);
  };

  return listen(
    net.createServer((socket) => {
      const seen = office.seen[connections % office.seen.length] ?? '';
      connections += 1;
      converse(socket, seen, { from: null, recipients: [], encrypted: false, hello: false });
      const greeting = office.banner ?? `${HOST} Microsoft ESMTP MAIL Service ready at ${new Date().toUTCString()}`;
      socket.write(`220 ${greeting}\r\n`);
    }),
  );
}
