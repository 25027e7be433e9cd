/** The relay host of practice: the relay rule as a table, and the protocol, over real SMTP. */
import { once } from 'node:events';
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import type { ExchangeObject } from '../../../core/plan/inbound-connector.ts';
import type { PracticeWorld } from '../../../electron/practice/practice.ts';
import { send, start } from './world.ts';

const OFFICE = 'office@contoso.com';
const OUTSIDE = 'mailbox@example.net';
const SCANNER = 'scanner@contoso.com';
const connector: ExchangeObject = {
  Name: 'Relay',
  Enabled: true,
  ConnectorType: 'OnPremises',
  SenderDomains: ['smtp:*;1'],
  SenderIPAddresses: ['203.0.113.7'],
  RequireTls: false,
};

/** Sends everything at once, as a pipelining client does. @returns the replies after the greeting */
async function talk({ environment }: PracticeWorld, ...parts: readonly string[]): Promise<readonly string[]> {
  const socket = net.connect(environment.relay.smtpPort, '127.0.0.1');
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  for (const part of parts) {
    socket.write(part);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  socket.write('QUIT\r\n');
  await once(socket, 'close');
  return heard
    .split('\r\n')
    .filter((line) => /^\d{3} /.test(line))
    .slice(1, -1);
}

describe('who may send to whom', () => {
  it.each<[string, string, string, readonly ExchangeObject[], string]>([
    ['inside without a connector (Direct Send)', SCANNER, OFFICE, [], '250'],
    ['inside from anybody', 'somebody@example.org', OFFICE, [], '250'],
    ['outside without a connector', SCANNER, OUTSIDE, [], '550 5.7.64 TenantAttribution; Relay Access Denied'],
    ['outside with one', SCANNER, OUTSIDE, [connector], '250'],
    ['outside as the first domain', 'scanner@contoso.onmicrosoft.com', OUTSIDE, [connector], '250'],
    ['outside as somebody else', 'scanner@fabrikam.com', OUTSIDE, [connector], '550 5.7.64'],
    ['outside, switched off', SCANNER, OUTSIDE, [{ ...connector, Enabled: false }], '550 5.7.64'],
    ['outside, of another type', SCANNER, OUTSIDE, [{ ...connector, ConnectorType: 'Partner' }], '550 5.7.64'],
    ['outside, other address', SCANNER, OUTSIDE, [{ ...connector, SenderIPAddresses: ['203.0.113.8'] }], '550 5.7.64'],
    ['outside, in its range', SCANNER, OUTSIDE, [{ ...connector, SenderIPAddresses: ['203.0.113.0/29'] }], '250'],
    [
      'outside, past its range',
      SCANNER,
      OUTSIDE,
      [{ ...connector, SenderIPAddresses: ['203.0.113.8/29'] }],
      '550 5.7.64',
    ],
    [
      'outside, other domain',
      SCANNER,
      OUTSIDE,
      [{ ...connector, SenderDomains: ['smtp:fabrikam.com;1'] }],
      '550 5.7.64',
    ],
    ['outside, by certificate', SCANNER, OUTSIDE, [{ ...connector, TlsSenderCertificateName: 'x.com' }], '550 5.7.64'],
    ['outside, encrypted as asked', SCANNER, OUTSIDE, [{ ...connector, RequireTls: true }], '250'],
    ['nobody there', SCANNER, 'nobody@contoso.com', [connector], '550 5.4.1 Recipient address rejected'],
  ])('%s', async (_, from, to, connectors, reply) => {
    const world = await start('all-well');
    world.tenant.connectors = connectors;
    expect(await send(world, to, from)).toMatch(new RegExp(`^${reply.replaceAll('.', String.raw`\.`)}`));
    expect(world.messages()).toHaveLength(reply === '250' ? 1 : 0);
  });
  it('in the clear not past a connector that asks for encryption; a bounce never to others', async () => {
    const world = await start('all-well');
    world.tenant.connectors = [{ ...connector, RequireTls: true }];
    const plain = await talk(world, `EHLO x\r\nMAIL FROM:<${SCANNER}>\r\nRCPT TO:<${OUTSIDE}>\r\n`);
    expect(plain.at(-1)).toMatch(/^550 5\.7\.64/);
    world.tenant.connectors = [connector];
    const bounce = await talk(world, `EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<${OUTSIDE}>\r\nRCPT TO:<${OFFICE}>\r\n`);
    expect(bounce.slice(-2)).toEqual([expect.stringMatching(/^550 5\.7\.64/), '250 2.1.5 Recipient OK']);
  });
});

describe('the protocol', () => {
  const begin = `EHLO x\r\nMAIL FROM:<${SCANNER}>\r\nRCPT TO:<${OFFICE}>\r\n`;

  it('greets as Microsoft does and tells the address it sees', async () => {
    const world = await start('all-well');
    const socket = net.connect(world.environment.relay.smtpPort, '127.0.0.1').setEncoding('utf8');
    socket.write('EHLO x\r\nQUIT\r\n');
    let heard = '';
    socket.on('data', (text: string) => (heard += text));
    await once(socket, 'close');
    const [greeting, ...lines] = heard.trimEnd().split('\r\n');
    expect(greeting).toMatch(/^220 \S+\.mail\.protection\.outlook\.com Microsoft ESMTP MAIL Service ready at /);
    expect(lines[0]).toMatch(/^250-\S+\.mail\.protection\.outlook\.com Hello \[203\.0\.113\.7\]$/);
    expect(lines.slice(1, -1).map((line) => line.slice(4))).toEqual(
      ['SIZE 157286400', 'PIPELINING', 'DSN', 'ENHANCEDSTATUSCODES', 'STARTTLS'].concat([
        '8BITMIME',
        'BINARYMIME',
        'CHUNKING',
        'SMTPUTF8',
      ]),
    );
  });
  it.each([
    ['an empty message', [`${begin}DATA\r\n.\r\n`]],
    ['a message in one piece', [`${begin}DATA\r\nSubject: Hi\r\n\r\nHello\r\n.\r\n`]],
    ['an end cut in pieces', [`${begin}DATA\r\nSubject: Hi\r\n\r\nHello\r`, '\n', '.', '\r', '\n']],
    ['chunks', [`${begin}BDAT 13\r\nSubject: Hi\r\nBDAT 9 LAST\r\n\r\nHello\r\n`]],
    ['an empty last chunk', [`${begin}BDAT 15\r\nSubject: Hi\r\n\r\n`, 'BDAT 0 LAST\r\n']],
  ])('takes %s', async (what, parts) => {
    const world = await start('all-well');
    expect((await talk(world, ...parts)).at(-1)).toMatch(/^250 2\.6\.0 <.*Queued mail for delivery$/);
    expect(world.messages()).toMatchObject([
      { subject: what === 'an empty message' ? '' : 'Hi', recipients: [OFFICE] },
    ]);
  });
  it('keeps its place after a chunk nobody may receive', async () => {
    const world = await start('all-well');
    const refused = await talk(world, 'EHLO x\r\nBDAT 6 LAST\r\nQUIT\r\nNOOP\r\n');
    expect(refused.slice(-2)).toEqual(['503 5.5.2 Need rcpt command', '250 2.0.0 OK']);
  });
  it.each([
    ['a command before hello', 'MAIL FROM:<a@contoso.com>\r\n', '503 5.5.2 Send hello first'],
    ['an address without brackets', 'EHLO x\r\nMAIL FROM:a@contoso.com\r\n', '501 5.1.7 Invalid address'],
    ['a recipient before the sender', `EHLO x\r\nRCPT TO:<${OFFICE}>\r\n`, '503 5.5.2 Need mail command'],
    ['a message before recipients', `EHLO x\r\nMAIL FROM:<${SCANNER}>\r\nDATA\r\n`, '503 5.5.2 Need rcpt command'],
    ['too big a message', `EHLO x\r\nMAIL FROM:<${SCANNER}> SIZE=157286401\r\n`, '552 5.3.4 '],
    ['a sign-in', 'EHLO x\r\nAUTH LOGIN\r\n', '504 5.7.4 '],
    ['a number of bytes that is none', `${begin}BDAT -1\r\n`, '501 5.5.4 '],
    ['nonsense', 'EHLO x\r\nconstructor\r\n', '500 5.3.3 '],
  ])('refuses %s', async (_, text, reply) => {
    expect((await talk(await start('all-well'), text)).at(-1)).toMatch(new RegExp(`^${reply}`));
  });
  it('hears nothing that was said in the clear after STARTTLS', async () => {
    const world = await start('all-well');
    const socket = net.connect(world.environment.relay.smtpPort, '127.0.0.1').setEncoding('utf8');
    let heard = '';
    socket.on('data', (text: string) => (heard += text));
    socket.on('error', () => undefined);
    socket.write('EHLO x\r\nSTARTTLS\r\nNOOP\r\n');
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.destroy();
    expect(heard).toContain('220 2.0.0');
    expect(heard).not.toContain('250 2.0.0 OK');
  });
});
