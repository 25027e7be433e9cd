/** The practice world as a whole: what each scenario shows, what is written down, and that nothing is left when it stops. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { english } from '../../../core/text.ts';
import { traceMessage } from '../../../electron/microsoft/trace.ts';
import { listScenarios, startPractice } from '../../../electron/practice/practice.ts';
import { readEnvironment, readProfile } from '../../../electron/storage/read-document.ts';
import { apply, check, context, send, signedIn, start } from './world.ts';

const isFree = async (server: net.Server | dgram.Socket): Promise<boolean> => {
  const free = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (free) server.close();
  return free;
};

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
    ['new-tenant-refused', 'port-25', 'pass', 'nobody', 'ready'],
    ['no-rights', 'tenant', 'pass', 'nobody', 'ready'],
  ])('%s', async (scenario, id, status, who, verdict) => {
    const report = await check(await start(scenario));
    const result = report.results.find((one) => one.id === id);
    expect(result).toMatchObject({ status, who });
    if (status !== 'pass') expect(result?.fix.length).toBeGreaterThan(0);
    expect(report.verdict).toBe(verdict);
  });
  it('two-lines shows nothing but its two lines', async () => {
    const { results } = await check(await start('two-lines'));
    expect(results.filter(({ status }) => !['pass', 'skipped'].includes(status)).map(({ id }) => id)).toEqual([
      'seen-ip',
    ]);
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
  it('new-tenant-refused makes no connector, and that is Microsoft’s to change', async () => {
    const world = await start('new-tenant-refused');
    const { outcome } = await apply(world, await signedIn(world));
    expect(outcome.status).toBe('refused');
    expect(outcome.findings).toContainEqual(expect.objectContaining({ who: 'microsoft' }));
    expect(world.tenant.connectors).toEqual([]);
  });
  it('no-rights lets nobody look or change, and names who can', async () => {
    const world = await start('no-rights');
    const exchange = await signedIn(world);
    expect(exchange.tenant.name).toBeNull();
    const command = { cmdlet: 'New-InboundConnector', parameters: { Name: 'x', SenderDomains: ['*'] } };
    await expect(exchange.run(command, { signal: context.signal, write: true })).rejects.toMatchObject({
      code: 'not-permitted',
      who: 'microsoft-admin',
    });
    expect(world.tenant.connectors).toEqual([]);
  });
  it.each([
    ['all-well', 'Delivered', 'Delivered'],
    ['spf-wrong', 'FilteredAsSpam', 'Failed'],
    ['moved-office', 'FilteredAsSpam', 'Delivered'],
  ])('%s: the message trace tells what SPF leads to', async (scenario, inside, outside) => {
    const world = await start(scenario);
    const exchange = await signedIn(world);
    expect((await apply(world, exchange)).outcome.status).toBe('done');
    for (const to of ['office@contoso.com', 'mailbox@example.net']) expect(await send(world, to)).toMatch(/^250/);
    const statuses = await Promise.all(
      world
        .messages()
        .map(async ({ messageId }) => (await traceMessage(exchange, messageId, context)).events[0]?.status),
    );
    expect(statuses).toEqual([inside, outside]);
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

describe('the world as a whole', () => {
  it('writes an environment other programs can read', async () => {
    const world = await start('all-well');
    const folder = await mkdtemp(path.join(tmpdir(), 'relayready-test-'));
    const { environment, warnings } = await readEnvironment(await world.writeEnvironment(folder));
    expect(warnings).toEqual([]);
    expect(environment.relay.smtpPort).toBe(world.environment.relay.smtpPort);
    expect(environment.practice).toEqual({ scenario: 'all-well' });
    expect(await readProfile(path.join(folder, 'profile.json'))).toMatchObject({ domain: 'contoso.com' });
    expect(await readFile(path.join(folder, 'ca.pem'), 'utf8')).not.toContain('PRIVATE');
    await rm(folder, { recursive: true });
  });
  it.each(['all-well', 'port-25-blocked'])('%s stops whole: every port is free again', async (scenario) => {
    const world = await start(scenario);
    const { relay, login, dns } = world.environment;
    const names = Number(dns?.servers[0]?.split(':')[1]);
    await world.stop();
    const ports = [relay.smtpPort, relay.submission?.port ?? 0, Number(new URL(login.authority).port), names];
    for (const port of ports) expect(await isFree(net.createServer().listen(port, '127.0.0.1'))).toBe(true);
    expect(await isFree(dgram.createSocket('udp4').bind(names, '127.0.0.1'))).toBe(true);
  });
  it.each([0, 30, 100])('cancelled after %i ms it does not start', async (afterMs) => {
    const controller = new AbortController();
    const starting = startPractice({ scenario: 'all-well', signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), afterMs);
    const ended = await starting.then(
      async (world) => {
        await world.stop();
        return controller.signal.aborted ? 'started though cancelled' : 'was quicker';
      },
      (error: Error) => error.message,
    );
    expect(['enough', 'was quicker']).toContain(ended);
    if (afterMs === 0) expect(ended).toBe('enough');
  });
  it('does not know a scenario that is not there', async () => {
    await expect(startPractice({ scenario: 'nothing', signal: context.signal })).rejects.toMatchObject({
      code: 'bad-option',
      field: '--scenario',
    });
  });
});
