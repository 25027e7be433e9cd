/** The practice world: real sockets, real sign-in, the real relay rule; starts, refuses and stops. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import nodemailer from 'nodemailer';
import { afterEach, describe, expect, it } from 'vitest';
import { makePlan } from '../../../core/plan/make-plan.ts';
import { english } from '../../../core/text.ts';
import { applyPlan } from '../../../electron/microsoft/apply-plan.ts';
import { connectExchange, type Exchange } from '../../../electron/microsoft/exchange.ts';
import { readTenant } from '../../../electron/microsoft/read-tenant.ts';
import { signIn } from '../../../electron/microsoft/sign-in.ts';
import { createNet } from '../../../electron/net/net.ts';
import { listScenarios, startPractice, type PracticeWorld } from '../../../electron/practice/practice.ts';
import { loadChecks, runChecks } from '../../../electron/run-checks.ts';
import { readEnvironment, readProfile } from '../../../electron/storage/read-document.ts';
import { memoryJournal } from '../microsoft/memory-journal.ts';

const context = { signal: AbortSignal.timeout(120_000), onProgress: () => undefined, t: english };
const worlds: PracticeWorld[] = [];
const start = async (scenario: string): Promise<PracticeWorld> => {
  const world = await startPractice({ scenario, signal: context.signal });
  worlds.push(world);
  return world;
};
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.stop()));
});

const signedIn = async (world: PracticeWorld): Promise<Exchange> => {
  const { http } = createNet(world.environment);
  const session = await signIn({
    environment: world.environment,
    tenant: world.tenant.id,
    http,
    openBrowser: world.signIn,
    deviceCode: false,
    ...context,
  });
  return connectExchange({ environment: world.environment, session, http });
};
const check = async (world: PracticeWorld, exchange: Exchange | null = null) =>
  runChecks({
    checks: await loadChecks(),
    profile: world.profile,
    environment: world.environment,
    net: createNet(world.environment),
    exchange,
    ...context,
  });
const apply = async (world: PracticeWorld, exchange: Exchange, addresses = ['203.0.113.7']) => {
  const actual = await readTenant(exchange, { signal: context.signal });
  const plan = makePlan({ profile: world.profile, addresses, actual, tenant: exchange.tenant }, english);
  const outcome = await applyPlan({
    plan,
    profile: world.profile,
    addresses,
    exchange,
    journal: memoryJournal(),
    environmentName: 'practice',
    ...context,
  });
  return { plan, outcome };
};
const send = (world: PracticeWorld, to: string, from = 'scanner@contoso.com') =>
  nodemailer
    .createTransport({
      host: '127.0.0.1',
      port: world.environment.relay.smtpPort,
      tls: { ca: [...world.environment.ca], servername: 'localhost' },
    })
    .sendMail({ from, to, subject: 'Test', text: 'Hello' })
    .then(
      ({ response }) => response,
      (error: { response?: string; message: string }) => error.response ?? error.message,
    );

describe('all is well', () => {
  it('is ready before and after; the connector makes the difference outside', async () => {
    const world = await start('all-well');
    const before = await check(world);
    expect(before.results.filter(({ status }) => !['pass', 'skipped'].includes(status))).toEqual([]);
    expect(before.verdict).toBe('ready');
    expect(await send(world, 'office@contoso.com')).toMatch(/^250 2\.6\.0/);
    expect(await send(world, 'mailbox@example.net')).toMatch(/^550 5\.7\.64 TenantAttribution/);
    const exchange = await signedIn(world);
    expect((await apply(world, exchange)).outcome.status).toBe('done');
    expect(await send(world, 'mailbox@example.net')).toMatch(/^250 2\.6\.0/);
    expect((await world.scan('mailbox@example.net', context.signal)).accepted).toBe(true);
    expect(await send(world, 'mailbox@example.net', 'scanner@fabrikam.com')).toMatch(/^550 5\.7\.64/);
    expect(await send(world, 'nobody@contoso.com')).toMatch(/^550 5\.4\.1/);
    const again = await apply(world, exchange);
    expect(again.plan.steps).toEqual([]);
    expect(again.outcome.status).toBe('nothing-to-do');
    expect(world.tenant.connectors).toHaveLength(1);
    expect((await check(world, exchange)).results.find(({ id }) => id === 'connector')).toMatchObject({
      status: 'pass',
    });
    expect(world.messages().map(({ deliveredTo }) => deliveredTo)).toEqual(['internal', 'external', 'external']);
  });
});

describe('each scenario shows what it is about', () => {
  it.each([
    ['port-25-blocked', 'port-25', 'fail', 'internet-provider', 'action-needed'],
    ['spf-wrong', 'spf', 'fail', 'dns-host', 'action-needed'],
    ['vpn-on', 'seen-ip', 'warn', 'you', 'ready'],
    ['two-lines', 'seen-ip', 'warn', 'you', 'ready'],
    ['filter-in-front', 'relay-host', 'warn', 'you', 'ready'],
    ['moved-office', 'spf', 'fail', 'dns-host', 'action-needed'],
    ['firewall-strips-encryption', 'starttls', 'fail', 'you', 'action-needed'],
    ['somebody-else-answers', 'port-25', 'fail', 'internet-provider', 'action-needed'],
    ['unknown-domain', 'tenant', 'fail', 'microsoft-admin', 'action-needed'],
    ['direct-send-refused', 'port-25', 'pass', 'nobody', 'ready'],
    ['busy-microsoft', 'tenant', 'pass', 'nobody', 'ready'],
    ['new-tenant', 'port-25', 'pass', 'nobody', 'ready'],
  ])('%s', async (scenario, id, status, who, verdict) => {
    const report = await check(await start(scenario));
    const result = report.results.find((one) => one.id === id);
    expect(result).toMatchObject({ status, who });
    if (status !== 'pass') expect(result?.fix.length).toBeGreaterThan(0);
    expect(report.verdict).toBe(verdict);
  });
  it('new-tenant keeps the connector switched off, and that is Microsoft’s to change', async () => {
    const world = await start('new-tenant');
    const exchange = await signedIn(world);
    const { outcome } = await apply(world, exchange);
    expect(outcome.status).toBe('refused');
    expect(outcome.findings).toContainEqual(expect.objectContaining({ who: 'microsoft' }));
    expect(world.tenant.connectors).toMatchObject([{ Enabled: false }]);
    expect((await check(world, exchange)).results.find(({ id }) => id === 'connector')).toMatchObject({
      status: 'fail',
      who: 'microsoft',
    });
    expect(await send(world, 'mailbox@example.net')).toMatch(/^550 5\.7\.64/);
  });
  it('moved-office keeps the old address when the new one is added', async () => {
    const world = await start('moved-office');
    expect((await apply(world, await signedIn(world))).outcome.status).toBe('done');
    expect(world.tenant.connectors).toMatchObject([{ SenderIPAddresses: ['198.51.100.99', '203.0.113.7'] }]);
  });
  it('direct-send-refused refuses even colleagues until the connector is there', async () => {
    const world = await start('direct-send-refused');
    expect(await send(world, 'office@contoso.com')).toMatch(/^550 5\.7\.68/);
    await apply(world, await signedIn(world));
    expect(await send(world, 'office@contoso.com')).toMatch(/^250/);
  });
  it('busy-microsoft is waited for', async () => {
    const world = await start('busy-microsoft');
    expect((await signedIn(world)).tenant.name).toBe('Contoso');
    expect(world.tenant.busyCalls).toBe(0);
  });
  it('all have a title and a story', async () => {
    const scenarios = await listScenarios();
    expect(scenarios.slice(0, 4).map(({ id }) => id)).toEqual([
      'all-well',
      'port-25-blocked',
      'spf-wrong',
      'new-tenant',
    ]);
    expect(scenarios.length).toBeGreaterThanOrEqual(10);
    for (const { title, story } of scenarios) expect(english(title).length * english(story).length).toBeGreaterThan(0);
  });
});

describe('Exchange of practice refuses what Exchange refuses', () => {
  it.each<[string, string, object, string]>([
    ['an unknown parameter', 'New-InboundConnector', { Name: 'x', SenderDomains: ['*'], Colour: 'blue' }, 'Colour'],
    [
      'a private address',
      'New-InboundConnector',
      { Name: 'x', SenderDomains: ['*'], SenderIPAddresses: ['192.168.1.1'] },
      '192.168.1.1',
    ],
    [
      'too wide a range',
      'New-InboundConnector',
      { Name: 'x', SenderDomains: ['*'], SenderIPAddresses: ['203.0.113.0/23'] },
      '203.0.113.0/23',
    ],
    [
      'no address at all',
      'New-InboundConnector',
      { Name: 'x', SenderDomains: ['*'], SenderIPAddresses: ['nonsense'] },
      'nonsense',
    ],
    ['no sender domain', 'New-InboundConnector', { Name: 'x' }, 'SenderDomains'],
    ['a connector that is not there', 'Remove-InboundConnector', { Identity: 'x' }, 'x'],
    ['a command it does not know', 'Remove-Mailbox', {}, 'Remove-Mailbox'],
  ])('%s', async (_, cmdlet, parameters, word) => {
    const exchange = await signedIn(await start('all-well'));
    await expect(
      exchange.run({ cmdlet, parameters: parameters as never }, { signal: context.signal, write: true }),
    ).rejects.toMatchObject({
      code: expect.stringMatching(/refused|unexpected|not-permitted/) as string,
      detail: expect.stringContaining(word) as string,
    });
  });
  it('a token it did not give out', async () => {
    const world = await start('all-well');
    const { http } = createNet(world.environment);
    const url = `${world.environment.exchange.adminApi}/${world.tenant.id}/InvokeCommand`;
    const { status } = await http.send({
      method: 'POST',
      url,
      headers: { authorization: 'Bearer made-up' },
      body: '{}',
      signal: context.signal,
    });
    expect(status).toBe(401);
  });
});

describe('sign-in of practice refuses', () => {
  it.each([
    ['a code it did not give out', { code: 'x', code_verifier: 'y' }, 'AADSTS70008'],
    ['an unknown way', { grant_type: 'password' }, 'AADSTS70003'],
  ])('%s', async (_, fields, code) => {
    const { environment, tenant } = await start('all-well');
    const { http } = createNet(environment);
    const body = new URLSearchParams({ grant_type: 'authorization_code', ...fields }).toString();
    const { status, text } = await http.send({
      method: 'POST',
      url: `${environment.login.authority}/${tenant.id}/oauth2/v2.0/token`,
      body,
      signal: context.signal,
    });
    expect(status).toBe(400);
    expect(text).toContain(code);
  });
  it('another application, another redirect, no challenge', async () => {
    const { environment, tenant } = await start('all-well');
    const { http } = createNet(environment);
    const ask = async (query: Record<string, string>) => {
      const all = {
        client_id: tenant.clientId,
        redirect_uri: 'http://localhost:1234',
        code_challenge: 'x',
        code_challenge_method: 'S256',
        ...query,
      };
      const url = `${environment.login.authority}/organizations/oauth2/v2.0/authorize?${new URLSearchParams(all).toString()}`;
      return (await http.send({ method: 'GET', url, signal: context.signal })).text;
    };
    expect(await ask({ client_id: 'x' })).toContain('AADSTS700016');
    expect(await ask({ redirect_uri: 'https://evil.example' })).toContain('AADSTS50011');
    expect(await ask({ code_challenge: '' })).toContain('AADSTS9002325');
  });
});

describe('the world as a whole', () => {
  it('writes an environment other programs can read', async () => {
    const world = await start('all-well');
    const folder = await mkdtemp(path.join(tmpdir(), 'relayready-test-'));
    const { environment, warnings } = await readEnvironment(await world.writeEnvironment(folder));
    expect(warnings).toEqual([]);
    expect(environment.relay.smtpPort).toBe(world.environment.relay.smtpPort);
    expect(await readProfile(path.join(folder, 'profile.json'))).toMatchObject({ domain: 'contoso.com' });
    expect(await readFile(path.join(folder, 'ca.pem'), 'utf8')).not.toContain('PRIVATE');
    await rm(folder, { recursive: true });
  });
  it('stops whole: nothing listens any more', async () => {
    const world = await start('all-well');
    const { relay, login } = world.environment;
    await world.stop();
    for (const port of [relay.smtpPort, Number(new URL(login.authority).port)]) {
      const refused = await new Promise((resolve) =>
        net
          .connect(port, '127.0.0.1')
          .on('error', () => resolve(true))
          .on('connect', () => resolve(false)),
      );
      expect(refused).toBe(true);
    }
  });
  it('does not know a scenario that is not there', async () => {
    await expect(startPractice({ scenario: 'nothing', signal: context.signal })).rejects.toMatchObject({
      code: 'bad-option',
      field: '--scenario',
    });
  });
});
