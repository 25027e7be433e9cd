/** Wrong input: exit 2, the field and the remedy, nothing written; an unreachable world: exit 4. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WireError } from '../../../core/contract.ts';
import { relayready } from './command-line.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const data = () => path.join(folder, 'data');
const put = (name: string, content: unknown): string => {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

const NOWHERE = {
  schema: 'relayready/environment@1',
  name: 'nowhere',
  login: {
    authority: 'https://localhost:9',
    clientId: '11111111-2222-3333-4444-555555555555',
    scopes: ['https://outlook.office365.com/Exchange.Manage'],
  },
  exchange: { adminApi: 'https://localhost:9/adminapi/beta' },
  relay: { hostSuffixes: ['mail.protection.outlook.com'], spfInclude: 'spf.protection.outlook.com', smtpPort: 9 },
  dns: { servers: ['127.0.0.1:9'] },
  publicIp: [{ kind: 'https', url: 'https://localhost:9/ip' }],
  loopback: true,
};

describe('wrong input', () => {
  it.each<[string, () => readonly string[], string]>([
    ['no command of that name', () => ['chek'], 'chek'],
    ['no option of that name', () => ['check', '--domian', 'contoso.com'], '--domian'],
    ['no domain, and nobody to ask', () => ['check'], '--domain'],
    ['a domain that is none', () => ['check', '--domain', 'contoso'], '--domain'],
    ['a sender that is none', () => ['check', '--domain', 'contoso.com', '--sender', 'scanner'], '--sender'],
    ['an address that is none', () => ['check', '--domain', 'contoso.com', '--public-ip', '1.2.3'], '--public-ip'],
    ['a check that does not exist', () => ['check', '--domain', 'contoso.com', '--only', 'magic'], '--only'],
    ['a deadline that is none', () => ['check', '--domain', 'contoso.com', '--deadline', 'soon'], '--deadline'],
    ['a profile that is not there', () => ['check', '--profile', path.join(folder, 'none.json')], 'none.json'],
    [
      'a profile with an unknown field',
      () => ['check', '--profile', put('p.json', { domain: 'contoso.com', password: 'x' })],
      'password',
    ],
    [
      'an environment that is no JSON',
      () => ['check', '--domain', 'contoso.com', '--environment', put('e.json', '{')],
      'e.json',
    ],
    [
      'an environment without a field',
      () => ['check', '--domain', 'contoso.com', '--environment', put('e.json', { ...NOWHERE, relay: undefined })],
      'relay',
    ],
    [
      'an output of another kind',
      () => ['script', '--domain', 'contoso.com', '--public-ip', '203.0.113.7', '--out', path.join(folder, 'x.exe')],
      '--out',
    ],
    ['SPF without an address', () => ['spf', '--domain', 'contoso.com'], '--ip'],
  ])('%s', async (_, args, field) => {
    const { code, stdout, stderr } = await relayready([...args(), '--json'], { dataFolder: data() });
    expect(code, stderr).toBe(2);
    const error = JSON.parse(stdout) as WireError;
    expect(error.schema).toBe('relayready/error@1');
    expect(error.field).toContain(field);
    expect(error.remedy).not.toBe(null);
    expect(existsSync(data()) ? readdirSync(data()) : []).toEqual([]);
  });
});

describe('a world that cannot be reached', () => {
  const environment = () => put('nowhere.json', NOWHERE);
  it('check cannot tell', async () => {
    const { code, stdout } = await relayready(
      ['check', '--domain', 'contoso.com', '--environment', environment(), '--json'],
      { dataFolder: data() },
    );
    expect(code).toBe(4);
    const report = JSON.parse(stdout) as { verdict: string; results: readonly { status: string }[] };
    expect(report.verdict).toBe('cannot-tell');
    expect(report.results.filter(({ status }) => status === 'fail' || status === 'pass')).toEqual([]);
  });
  it('apply changes nothing', async () => {
    const { code, stdout } = await relayready(
      [
        'apply',
        '--yes',
        '--domain',
        'contoso.com',
        '--environment',
        environment(),
        '--no-browser',
        '--json',
        '--deadline',
        '20',
      ],
      { dataFolder: data() },
    );
    expect(code).toBe(4);
    expect((JSON.parse(stdout) as WireError).schema).toBe('relayready/error@1');
  });
  it('explain, checklist and script need nobody', async () => {
    const explained = await relayready(['explain', '550 5.7.64 TenantAttribution; Relay Access Denied', '--json'], {
      dataFolder: data(),
    });
    expect(explained.code).toBe(0);
    expect(JSON.parse(explained.stdout)).toMatchObject({ schema: 'relayready/explanation@1', id: 'relay-denied' });
    const checklist = path.join(folder, 'checklist.html');
    expect((await relayready(['report', '--kind', 'checklist', '--out', checklist], { dataFolder: data() })).code).toBe(
      0,
    );
    expect(existsSync(checklist)).toBe(true);
    const script = path.join(folder, 'relay.ps1');
    expect(
      (
        await relayready(['script', '--domain', 'contoso.com', '--public-ip', '203.0.113.7', '--out', script], {
          dataFolder: data(),
        })
      ).code,
    ).toBe(0);
    expect(existsSync(script)).toBe(true);
  });
});
