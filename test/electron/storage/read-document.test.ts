/** Documents handed in: every mistake names its field and its remedy. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnvironment, readProfile } from '../../../electron/storage/read-document.ts';
import { createTestCa } from '../../helpers/tls-certificates.ts';

const ENVIRONMENT = {
  schema: 'relayready/environment@1',
  name: 'example',
  login: {
    authority: 'https://localhost:9443',
    clientId: '11111111-2222-3333-4444-555555555555',
    scopes: ['https://outlook.office365.com/Exchange.Manage'],
  },
  exchange: { adminApi: 'https://localhost:9443/adminapi/beta' },
  graph: { api: 'https://localhost:9443/v1.0' },
  relay: {
    hostSuffixes: ['mail.protection.outlook.com', 'mx.microsoft'],
    spfInclude: 'spf.protection.outlook.com',
    smtpPort: 2525,
  },
  dns: { servers: ['127.0.0.1:5300'] },
  publicIp: [
    { kind: 'https', url: 'https://localhost:9443/ip' },
    { kind: 'dns', server: '127.0.0.1:5300', name: 'myip.example', type: 'A' },
    { kind: 'stun', server: '127.0.0.1:3478' },
  ],
  blocklists: ['zen.spamhaus.org'],
  trust: { caFile: 'ca.pem' },
  loopback: true,
};

describe('documents from files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'relayready-test-'));
    await writeFile(path.join(folder, 'ca.pem'), (await createTestCa()).cert);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const put = async (content: unknown, name = 'document.json'): Promise<string> => {
    const file = path.join(folder, name);
    await writeFile(
      file,
      typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
    );
    return file;
  };

  it('an environment is read whole, its certificates beside it', async () => {
    const { environment, warnings } = await readEnvironment(await put(ENVIRONMENT));
    expect(environment).toMatchObject({ name: 'example', loopback: true });
    expect(environment.ca).toHaveLength(1);
    expect(warnings).toEqual([]);
  });
  it('an unknown field of an environment is a warning', async () => {
    const { warnings } = await readEnvironment(await put({ ...ENVIRONMENT, colour: 'blue' }));
    expect(warnings.map(({ values }) => values)).toMatchObject([{ key: 'colour' }]);
  });
  it.each<[string, object, string]>([
    ['http', { login: { ...ENVIRONMENT.login, authority: 'http://localhost' } }, 'login.authority'],
    ['a user name in an address', { exchange: { adminApi: 'https://me@localhost/' } }, 'exchange.adminApi'],
    ['a client id that is none', { login: { ...ENVIRONMENT.login, clientId: 'abc' } }, 'login.clientId'],
    ['no suffix', { relay: { ...ENVIRONMENT.relay, hostSuffixes: [] } }, 'relay.hostSuffixes'],
    ['a port that is none', { relay: { ...ENVIRONMENT.relay, smtpPort: 70_000 } }, 'relay.smtpPort'],
    ['a server without a port', { dns: { servers: ['127.0.0.1'] } }, 'dns.servers.0'],
    ['an unknown kind of source', { publicIp: [{ kind: 'smoke' }] }, 'publicIp.0.kind'],
    ['certificates that are not there', { trust: { caFile: 'no.pem' } }, 'trust.caFile'],
    ['another schema', { schema: 'relayready/environment@9' }, 'schema'],
  ])('%s is refused by its field', async (_, change, field) => {
    await expect(readEnvironment(await put({ ...ENVIRONMENT, ...change }))).rejects.toMatchObject({
      code: 'bad-environment',
      field,
    });
  });
  it('a profile is read, and its unknown or wrong field named', async () => {
    expect(await readProfile(await put({ schema: 'relayready/profile@1', domain: 'Contoso.com' }))).toMatchObject({
      domain: 'contoso.com',
    });
    await expect(readProfile(await put({ domain: 'contoso.com', password: 'x' }))).rejects.toMatchObject({
      code: 'bad-profile',
      field: 'password',
    });
    await expect(readProfile(await put({ domain: 'contoso.com', publicIps: ['1.2.3'] }))).rejects.toMatchObject({
      field: 'publicIps.0',
    });
    await expect(readProfile(await put({ domain: 'nonsense' }))).rejects.toMatchObject({ field: 'domain' });
  });
  it.each<[string, string | Uint8Array]>([
    ['no JSON', '{'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0x00])],
    ['nested without end', '['.repeat(100_000)],
    ['a prototype in disguise', '{"domain":"contoso.com","__proto__":{"x":1}}'],
    ['a list', '[]'],
    ['nothing', ''],
  ])('%s is refused', async (_, content) => {
    await expect(readProfile(await put(content))).rejects.toMatchObject({ code: 'bad-profile' });
  });
  it('a missing file is named', async () => {
    await expect(readProfile(path.join(folder, 'none.json'))).rejects.toMatchObject({
      code: 'bad-profile',
      field: path.join(folder, 'none.json'),
    });
  });
});
