/** The command line's test message against Debian's Postfix: taken, refused, put off, too large, old, stripped, slow, cut. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDocument } from '../../core/mail/test-document.ts';
import { relayready } from '../electron/commands/command-line.ts';
import { RELAY_HOST, writeMailWorld } from '../helpers/mail-world.ts';
import { createTestCa } from '../helpers/tls-certificates.ts';
import { freePort, serversFolder, serversMissing, startNsd, type RunningServer } from './debian.ts';
import { startPostfix } from './postfix.ts';

const NAME = 'BN1PEPF0001.mail.protection.outlook.com';
const zone = (name: string, records: string) =>
  `$ORIGIN ${name}.\n$TTL 60\n@ SOA ns hostmaster 1 3600 600 86400 60\n@ NS ns\nns A 127.0.0.1\n${records}\n`;
const ZONES = {
  'contoso.com': zone('contoso.com', `@ MX 0 ${RELAY_HOST}.`),
  'protection.outlook.com': zone('protection.outlook.com', 'contoso-com.mail A 127.0.0.1'),
};
/** Listeners beside the usual one. */
const SPOILED = {
  'no encryption offered, and asked for': { smtpd_tls_security_level: 'none' },
  'encryption offered and refused': {
    smtpd_tls_security_level: 'may',
    smtpd_tls_cert_file: 'none',
    smtpd_tls_chain_files: '$folder/not-there.pem',
  },
  'outdated encryption only': {
    smtpd_tls_protocols: '>=TLSv1, <=TLSv1.1',
    smtpd_tls_mandatory_protocols: '>=TLSv1, <=TLSv1.1',
    tls_medium_cipherlist: 'ALL:@SECLEVEL=0',
  },
  'a message limit of one kilobyte': { message_size_limit: '1024' },
  'a slow recipient check': { smtpd_recipient_restrictions: 'sleep 4, permit' },
  'everybody turned away at the door': { smtpd_client_restrictions: 'reject', smtpd_delay_reject: 'no' },
  'a stranger by name': { myhostname: 'firewall.contoso.com', smtpd_tls_security_level: 'none' },
} as const;
type Spoiled = keyof typeof SPOILED;

describe.skipIf(serversFolder === null)(
  `Postfix${serversMissing === '' ? '' : ` (skipped: ${serversMissing})`}`,
  () => {
    let dns: RunningServer;
    let mail: RunningServer;
    let ports: readonly number[] = [];
    let folder: string;
    const ca = createTestCa();

    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'relayready-servers-'));
      dns = await startNsd(ZONES);
      ports = await Promise.all(Object.keys(SPOILED).map(() => freePort()));
      mail = await startPostfix({
        hostName: NAME,
        domain: 'contoso.com',
        certificate: await (await ca).issue({ names: [RELAY_HOST, NAME] }),
        atRecipient: {
          'denied@example.net': '550 5.7.64 TenantAttribution; Relay Access Denied',
          'nobody@example.net': '550 5.1.1 User unknown',
          'busy@example.net': '451 4.7.500 Server busy. Please try again later',
          'closing@example.net': '421 4.7.0 Closing the connection',
        },
        afterDot: {
          'dmarc@example.net': '550 5.7.509 Access denied, sending domain does not pass DMARC verification',
          'wait@example.net': '451 4.3.0 Try again later',
        },
        others: Object.values(SPOILED),
        ports,
      });
    });
    afterAll(async () => {
      await Promise.all([dns?.stop(), mail?.stop()]);
      rmSync(folder, { recursive: true, force: true });
    });

    const profile = (requireTls: boolean): string => {
      const file = path.join(folder, 'profile.json');
      const schema = 'relayready/profile@1';
      const document = { schema, domain: 'contoso.com', sender: 'scanner@contoso.com', connector: { requireTls } };
      writeFileSync(file, JSON.stringify(document));
      return file;
    };
    const send = async (external: string, spoiled?: Spoiled, ...args: readonly string[]) => {
      const smtpPort = spoiled === undefined ? mail.port : (ports[Object.keys(SPOILED).indexOf(spoiled)] ?? 0);
      const environment = writeMailWorld(folder, { smtpPort, dnsPort: dns.port, ca: (await ca).cert });
      const office = profile(spoiled?.includes('asked for') ?? false);
      const ran = await relayready(
        ['test', '--json', '--environment', environment, '--profile', office, '--external', external, ...args],
        { dataFolder: path.join(folder, 'data') },
      );
      expect(ran.stdout, ran.stderr).not.toBe('');
      const document = JSON.parse(ran.stdout) as TestDocument;
      return { ...ran, document, message: document.messages[0] as TestDocument['messages'][number] };
    };

    it('takes a message with a page like a scan, over TLS 1.3', async () => {
      const { code, message, stderr } = await send('mailbox@example.net', undefined, '--attach');
      expect(code, `${stderr}\n${mail.log()}`).toBe(0);
      expect(message.outcome).toBe('accepted');
      expect(mail.log()).toMatch(/TLSv1\.3 with cipher/);
      // Written by Postfix itself: the very message was queued.
      expect(mail.log()).toContain(`message-id=${message.messageId}`);
    });

    it.each([
      ['denied@example.net', 3, 'refused', 'relay-denied'],
      ['nobody@example.net', 3, 'refused', /./],
      ['busy@example.net', 4, 'deferred', /./],
      ['closing@example.net', 4, 'deferred', null],
      ['dmarc@example.net', 3, 'refused', 'dmarc-failed'],
      ['wait@example.net', 4, 'deferred', null],
    ] as const)('%s: exit %i, %s', async (to, exit, outcome, id) => {
      const { code, message } = await send(to);
      expect(message.outcome).toBe(outcome);
      expect(code).toBe(exit);
      if (typeof id === 'string') expect(message.explanation?.id).toBe(id);
      expect(message.explanation?.fix.length).toBeGreaterThan(0);
    });

    it.each<[Spoiled, TestDocument['messages'][number]['outcome'], RegExp]>([
      ['no encryption offered, and asked for', 'not-sent', /Encryption is not offered/],
      ['encryption offered and refused', 'not-sent', /encryption/],
      ['outdated encryption only', 'not-sent', /Only outdated encryption/],
      ['a message limit of one kilobyte', 'not-sent', /larger than the mail server takes/],
      ['everybody turned away at the door', 'refused', /./],
      ['a stranger by name', 'not-sent', /Something else answers/],
    ])('%s', async (spoiled, outcome, words) => {
      const { message } = await send('mailbox@example.net', spoiled, '--attach');
      expect(message.outcome, JSON.stringify(message.transcript)).toBe(outcome);
      expect(message.explanation?.title).toMatch(words);
    });

    it('a slow recipient check is waited for', async () => {
      const { message, code } = await send('mailbox@example.net', 'a slow recipient check');
      expect(message.outcome).toBe('accepted');
      expect(code).toBe(0);
      expect(message.transcript.at(-1)?.atMs).toBeGreaterThan(3900);
    });

    it('stopped dead while a message is under way: not sent, said in time', async () => {
      const begun = performance.now();
      const sending = send('mailbox@example.net', 'a slow recipient check');
      await new Promise<void>((resolve) => {
        const look = setInterval(() => {
          // The second call of this listener is at its recipient.
          if ((mail.log().match(/TLS connection established/g) ?? []).length === 0) return;
          clearInterval(look);
          resolve();
        }, 50);
      });
      await mail.stop();
      const { message, code } = await sending;
      expect(['not-sent', 'deferred']).toContain(message.outcome);
      expect(code).toBe(4);
      expect(performance.now() - begun).toBeLessThan(15_000);
    });
  },
);
