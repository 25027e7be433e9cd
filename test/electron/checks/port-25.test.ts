/** Port 25: open, blocked, or somebody else's. */
import { describe, expect, it } from 'vitest';
import portCheck from '../../../electron/checks/port-25.ts';
import { english } from '../../../core/text.ts';
import { startSmtpHost } from './smtp-host.ts';
import { within, type WorldOptions } from './bench.ts';

const look = (options: WorldOptions, profile = {}) => within(options, ({ check }) => check('port-25', profile));

describe('port 25', () => {
  it('is open when Microsoft answers', async () => {
    const result = await look({});
    expect(result).toMatchObject({ status: 'pass', evidence: { open: true, microsoft: true, outcome: 'greeted' } });
    expect(result.evidence['banner']).toMatch(/^AM1PEPF0001\.mail\.protection\.outlook\.com Microsoft/);
  });
  it('is blocked when the call is turned away, and the provider gets a letter', async () => {
    const result = await look({ smtp: 'nothing-listens' });
    expect(result).toMatchObject({
      status: 'fail',
      who: 'internet-provider',
      evidence: { open: false, banner: null, microsoft: false, outcome: 'refused', submissionOpen: null },
    });
    expect(result.details).toContainEqual(
      expect.objectContaining({ kind: 'copy', text: expect.stringContaining('203.0.113.7') as string }),
    );
  });
  it('is blocked while the submission service answers', async () => {
    const other = await startSmtpHost();
    const result = await look({
      smtp: 'nothing-listens',
      records: {
        'contoso.com': { MX: '0 contoso-com.mail.protection.outlook.com' },
        'contoso-com.mail.protection.outlook.com': { A: '127.0.0.1' },
        'smtp.example': { A: '127.0.0.1' },
      },
      environment: (base) => ({
        ...base,
        relay: { ...base.relay, submission: { host: 'smtp.example', port: other.port } },
      }),
    });
    await other.close();
    expect(result).toMatchObject({ status: 'fail', evidence: { submissionOpen: true } });
  });
  it('is not called blocked when nothing at all can be reached', async () => {
    const result = await look({
      smtp: 'nothing-listens',
      environment: (base) => ({ ...base, relay: { ...base.relay, submission: { host: '127.0.0.1', port: 1 } } }),
    });
    expect(result).toMatchObject({ status: 'unknown', who: 'you', evidence: { submissionOpen: false } });
  });
  it.each([
    ['another mail server', '220 mail.provider.example ESMTP ready'],
    ['a firewall that masks the greeting', '220 ***************************'],
    ['an Exchange server of one’s own', '220 mail.contoso.com Microsoft ESMTP MAIL Service ready'],
    ['a web server', 'HTTP/1.1 400 Bad Request'],
  ])('says that %s answers instead', async (_, greeting) => {
    expect(await look({ smtp: { greeting } })).toMatchObject({
      status: 'fail',
      who: 'internet-provider',
      evidence: { open: true, microsoft: false },
    });
  });
  it('passes on a refusal of Microsoft’s with its meaning', async () => {
    const greeting =
      '554 AM1PEPF0001.mail.protection.outlook.com 5.7.606 Access denied, banned sending IP [203.0.113.7]';
    expect(await look({ smtp: { greeting } })).toMatchObject({
      status: 'fail',
      evidence: { open: true, microsoft: true, outcome: 'rejected' },
    });
  });
  it('waits out a busy Microsoft', async () => {
    const greeting = '421 AM1PEPF0001.mail.protection.outlook.com 4.3.2 Service not available';
    expect(await look({ smtp: { greeting } })).toMatchObject({ status: 'unknown', essential: true });
  });
  it('cannot tell when the line is cut before a greeting', async () => {
    expect(await look({ smtp: { hangUp: true } })).toMatchObject({
      status: 'unknown',
      evidence: { open: true, banner: null },
    });
  });
  it('calls a silence blocked', () => {
    const evidence = { ...portCheck.blank, outcome: 'timeout' as const, submissionOpen: true };
    const needs = {
      relayHost: { host: 'x.mail.protection.outlook.com' },
      publicIp: { address: null, agreed: false, votes: [] },
    } as never;
    const verdict = portCheck.judge(evidence, {
      profile: { publicIps: [] } as never,
      environment: { relay: { smtpPort: 25 } } as never,
      needs,
      t: english,
    });
    expect(verdict).toMatchObject({ status: 'fail', who: 'internet-provider' });
    expect(verdict.summary).toMatch(/never answers/);
  });
});
