/** The command line against Debian's own servers: nsd for DNS, Exim with STARTTLS and a relay rule; one acceptance, one refusal. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDocument } from '../../core/mail/test-document.ts';
import type { Report } from '../../core/report/report.ts';
import { createTestCa } from '../helpers/tls-certificates.ts';
import { serversFolder, serversMissing, startExim, startNsd, type RunningServer } from './debian.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const HOST = 'contoso-com.mail.protection.outlook.com';

const zone = (name: string, records: string) =>
  `$ORIGIN ${name}.\n$TTL 60\n@ SOA ns hostmaster 1 3600 600 86400 60\n@ NS ns\nns A 127.0.0.1\n${records}\n`;
const ZONES = {
  'contoso.com': zone(
    'contoso.com',
    `@ MX 0 ${HOST}.\n@ TXT "v=spf1 ip4:203.0.113.7 include:spf.protection.outlook.com -all"\n_dmarc TXT "v=DMARC1; p=none"`,
  ),
  'protection.outlook.com': zone(
    'protection.outlook.com',
    'contoso-com.mail A 127.0.0.1\nspf TXT "v=spf1 ip4:40.92.0.0/15 -all"',
  ),
};

type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

describe.skipIf(serversFolder === null)(
  `real servers${serversMissing === '' ? '' : ` (skipped: ${serversMissing})`}`,
  () => {
    let dns: RunningServer;
    let mail: RunningServer;
    let folder: string;

    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'relayready-servers-'));
      const ca = await createTestCa();
      dns = await startNsd(ZONES);
      mail = await startExim({
        hostName: 'BN1PEPF0001.mail.protection.outlook.com',
        domain: 'contoso.com',
        certificate: await ca.issue({ names: [HOST, 'BN1PEPF0001.mail.protection.outlook.com'] }),
      });
      writeFileSync(path.join(folder, 'ca.pem'), ca.cert);
      writeFileSync(
        path.join(folder, 'environment.json'),
        JSON.stringify({
          schema: 'relayready/environment@1',
          name: 'servers',
          login: {
            authority: 'https://localhost:9',
            clientId: '11111111-2222-3333-4444-555555555555',
            scopes: ['https://outlook.office365.com/Exchange.Manage'],
          },
          exchange: { adminApi: 'https://localhost:9/adminapi/beta' },
          relay: {
            hostSuffixes: ['mail.protection.outlook.com'],
            spfInclude: 'spf.protection.outlook.com',
            smtpPort: mail.port,
          },
          dns: { servers: [`127.0.0.1:${dns.port}`] },
          publicIp: [],
          blocklists: [],
          trust: { caFile: 'ca.pem' },
          loopback: true,
        }),
      );
    });
    afterAll(async () => {
      await Promise.all([dns?.stop(), mail?.stop()]);
      rmSync(folder, { recursive: true, force: true });
    });

    const relayready = (...args: readonly string[]): Promise<Ran> =>
      new Promise((resolve) => {
        const child = spawn(
          process.execPath,
          [
            path.join(root, 'bin/relayready.mjs'),
            ...args,
            '--json',
            '--environment',
            path.join(folder, 'environment.json'),
          ],
          { env: { ...process.env, RELAYREADY_DATA: path.join(folder, 'data') }, stdio: ['ignore', 'pipe', 'pipe'] },
        );
        let stdout = '';
        let stderr = '';
        child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
        child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
        child.once('close', (code) => resolve({ code, stdout, stderr }));
      });

    it('check sees the mail host, its encryption and the SPF record as they are', async () => {
      const { stdout, stderr } = await relayready('check', '--domain', 'contoso.com', '--public-ip', '203.0.113.7');
      const report = JSON.parse(stdout) as Report;
      const result = (id: string) => report.results.find((entry) => entry.id === id);
      expect(result('relay-host'), stderr).toMatchObject({
        status: 'pass',
        evidence: { host: HOST, source: 'mx', addresses: ['127.0.0.1'] },
      });
      expect(result('port-25')).toMatchObject({ status: 'pass', evidence: { open: true, microsoft: true } });
      expect(result('starttls')).toMatchObject({
        status: 'pass',
        evidence: { offered: true, protocol: 'TLSv1.3', certificate: { trusted: true, nameMatches: true } },
      });
      expect(result('spf')).toMatchObject({ status: 'pass', evidence: { result: 'pass', proposed: null } });
      expect(result('tenant')?.status).toBe('unknown');
      expect(report.verdict).toBe('cannot-tell');
    });

    it('check sees a refusal where the address is not in the SPF record, and proposes the record', async () => {
      const { code, stdout } = await relayready(
        'check',
        '--domain',
        'contoso.com',
        '--public-ip',
        '198.51.100.4',
        '--only',
        'spf',
      );
      expect(code).toBe(3);
      const [spf] = (JSON.parse(stdout) as Report).results;
      expect(spf).toMatchObject({
        status: 'fail',
        who: 'dns-host',
        evidence: { result: 'fail', proposed: expect.stringContaining('ip4:198.51.100.4') as string },
      });
    });

    it('test is accepted for a sender of the domain, over TLS', async () => {
      const { code, stdout, stderr } = await relayready(
        'test',
        '--domain',
        'contoso.com',
        '--sender',
        'scanner@contoso.com',
        '--internal',
        'office@contoso.com',
        '--external',
        'someone@example.com',
      );
      expect(code, stderr).toBe(0);
      const document = JSON.parse(stdout) as TestDocument;
      expect(document.verdict).toBe('ready');
      expect(document.messages.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
      expect(mail.log()).toMatch(/X=TLS1\.3/);
    });

    it('test is refused for a sender the server does not know, and says why', async () => {
      const { code, stdout } = await relayready(
        'test',
        '--domain',
        'contoso.com',
        '--sender',
        'scanner@other.example',
        '--external',
        'someone@example.com',
      );
      expect(code).toBe(3);
      const document = JSON.parse(stdout) as TestDocument;
      expect(document.messages[0]).toMatchObject({
        outcome: 'refused',
        reply: { code: 550, enhanced: '5.7.64' },
        explanation: { who: 'microsoft-admin' },
      });
    });
  },
);
