/** A report of a problem names nobody: no secret, address, name or domain of an office stands in it, and it can still be followed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactAll } from '../../../core/redact.ts';
import { problemReport, type Problem } from '../../../core/report/problem-report.ts';
import type { SetUp } from '../../../core/set-up.ts';
import { english } from '../../../core/text.ts';

const PRIVATE = {
  office: 'Fabrikam Dental Care',
  domain: 'fabrikam.com',
  sender: 'reception.desk@fabrikam.com',
  recipient: 'j.doe@example.net',
  device: 'Hallway copier',
  deviceAddress: '192.168.77.12',
  office4: '203.0.113.77',
  relay: 'fabrikam-com.mail.protection.outlook.com',
  tenant: 'Fabrikam Holding',
  tenantId: '7f1c9a52-1111-4222-8333-0123456789ab',
  initial: 'fabrikamhq.onmicrosoft.com',
  computer: 'FABRIKAM-PC7',
};
const SECRETS = ['hunter2hunter2', 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln'];

const setUp = {
  schema: 'relayready/set-up@1',
  id: '0b7c2c1e-5c0a-4b57-9a43-0d9b8f6f1a11',
  environment: 'public',
  step: 'test',
  skipped: ['dns'],
  finished: [],
  profile: {
    name: PRIVATE.office,
    domain: PRIVATE.domain,
    sender: PRIVATE.sender,
    devices: [{ name: PRIVATE.device, address: PRIVATE.deviceAddress, brand: 'Ricoh', model: 'IM C3000' }],
    publicIps: [PRIVATE.office4],
    relayHost: PRIVATE.relay,
    testRecipients: { internal: null, external: PRIVATE.recipient },
    connector: { name: 'RelayReady', authentication: 'ip', certificateName: null, requireTls: false },
    notes: 'The key lies under the mat.',
  },
  report: {
    profile: { name: PRIVATE.office },
    results: [
      {
        id: 'seen-ip',
        status: 'pass',
        summary: `Microsoft sees ${PRIVATE.office4}.`,
        cause: null,
        evidence: { addresses: [PRIVATE.office4, '2001:db8:77::1'], host: PRIVATE.relay },
      },
    ],
  },
  spf: {
    result: 'softfail',
    lookups: 1,
    voidLookups: 0,
    records: [`v=spf1 ip4:${PRIVATE.office4} include:spf.protection.outlook.com ~all`],
    problem: null,
    proposed: null,
  },
  plan: {
    tenant: { id: PRIVATE.tenantId, name: PRIVATE.tenant, initialDomain: PRIVATE.initial },
    steps: [{ cmdlet: 'New-InboundConnector', parameters: { SenderIPAddresses: [PRIVATE.office4] } }],
    findings: [{ severity: 'info', text: `In ${PRIVATE.tenant} nothing else changes.` }],
  },
  outcome: null,
  test: {
    messages: [
      {
        kind: 'external',
        outcome: 'refused',
        reply: { code: 550, text: `5.7.64 Relay Access Denied for ${PRIVATE.recipient}` },
        transcript: [{ atMs: 3, from: 'client', line: `EHLO ${PRIVATE.computer.toLowerCase()}.${PRIVATE.domain}` }],
      },
    ],
  },
} as unknown as SetUp;

const problem: Problem = {
  version: '1.2.3',
  system: 'win32 x64 10.0.26100',
  step: 'Test',
  words: `It says ${PRIVATE.recipient} is not let in. My password=${SECRETS[0]}`,
  error: {
    code: 'bug',
    message: 'Our mistake.',
    remedy: null,
    detail: `C:\\Users\\${PRIVATE.computer}\\x Bearer ${SECRETS[1]}`,
  },
  setUp,
  log: `2026-11-25 Error at /home/someone/relayready/dist/electron/dispatch.js:12 00:1b:a9:44:55:66`,
  computer: [PRIVATE.computer],
  at: '2026-11-25T08:00:00.000Z',
};

describe('the report of a problem', () => {
  const text = problemReport(problem, english);
  it.each([...Object.entries(PRIVATE), ['a secret', SECRETS[0]], ['a token', SECRETS[1]]])(
    'says nothing of %s',
    (_, value) => {
      expect(text.toLowerCase()).not.toContain(String(value).toLowerCase());
    },
  );
  it.each(['The key lies', 'someone', '2001:db8', '00:1b:a9', 'fabrikam'])('nor “%s”', (value) => {
    expect(text.toLowerCase()).not.toContain(value.toLowerCase());
  });
  it('keeps what helps: version, codes, commands, replies, public names, our own files', () => {
    for (const value of [
      '1.2.3',
      'seen-ip: pass',
      'New-InboundConnector',
      '550',
      '5.7.64',
      'include:spf.protection.outlook.com',
      'dispatch.js:12',
    ])
      expect(text).toContain(value);
  });
  it('gives the same thing the same number', () => {
    const sees = /Microsoft sees (\[address \d+\])/.exec(text)?.[1] ?? '?';
    expect(text).toContain(`v=spf1 ip4:${sees} include`);
  });
});

describe('redactAll', () => {
  it('lets no mail address, IP address or domain through, wherever it stands', () => {
    const ip = fc.ipV4().filter((address) => address !== '');
    const word = fc.stringMatching(/^[a-z]{1,12}$/);
    fc.assert(
      fc.property(
        ip,
        fc.emailAddress(),
        fc.domain().filter((name) => !/\.(js|ts|json|log|html|css)$/i.test(name)),
        word,
        (address, mail, domain, before) => {
          const out = redactAll(`${before} ${address}, <${mail}> (${domain}) "${address}"`);
          expect(out).not.toContain(address);
          expect(out).not.toContain(mail);
          expect(out.toLowerCase()).not.toContain(` (${domain.toLowerCase()})`);
        },
      ),
      { numRuns: 500 },
    );
  });
  it('does not mistake numbers and codes for addresses', () => {
    const plain = '550 5.7.64 TenantAttribution; TLSv1.3; 10 of 10 look-ups; 12:30:05; size 4,096';
    expect(redactAll(plain)).toBe(plain);
  });
});
