/** Exchange of practice: refuses what Exchange refuses, in Exchange's shape. */
import { describe, expect, it } from 'vitest';
import { createNet } from '../../../electron/net/net.ts';
import { context, signedIn, start } from './world.ts';

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
    [
      'the same address twice',
      'New-InboundConnector',
      { Name: 'x', SenderDomains: ['*'], SenderIPAddresses: ['203.0.113.7', '203.0.113.7'] },
      '203.0.113.7',
    ],
    ['a type there is not', 'New-InboundConnector', { Name: 'x', SenderDomains: ['*'], ConnectorType: 'Own' }, 'Own'],
    ['a switch that is none', 'New-InboundConnector', { Name: 'x', SenderDomains: ['*'], Enabled: 'yes' }, 'yes'],
    ['a wildcard inside', 'New-InboundConnector', { Name: 'x', SenderDomains: ['a.*.com'] }, 'a.*.com'],
    ['no name', 'New-InboundConnector', { SenderDomains: ['*'] }, 'Name'],
    ['a question it does not know', 'Get-AcceptedDomain', { Colour: 'blue' }, 'Colour'],
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
  it('a second connector of the same name, also by renaming one', async () => {
    const world = await start('all-well');
    const exchange = await signedIn(world);
    const write = { signal: context.signal, write: true };
    const create = (Name: string) =>
      exchange.run({ cmdlet: 'New-InboundConnector', parameters: { Name, SenderDomains: ['*'] } }, write);
    await create('One');
    await create('Two');
    const there = { exceptionType: expect.stringMatching(/AlreadyExistsException$/) as string };
    await expect(create('ONE')).rejects.toMatchObject(there);
    await expect(
      exchange.run({ cmdlet: 'Set-InboundConnector', parameters: { Identity: 'Two', Name: 'one' } }, write),
    ).rejects.toMatchObject(there);
    expect(world.tenant.connectors.map(({ Name }) => Name)).toEqual(['One', 'Two']);
  });
  it('nothing by halves: what was refused has changed nothing', async () => {
    const world = await start('moved-office');
    const exchange = await signedIn(world);
    const before = world.tenant.connectors;
    const parameters = { Identity: 'RelayReady', Comment: 'new', SenderIPAddresses: ['10.0.0.1'] };
    await expect(
      exchange.run({ cmdlet: 'Set-InboundConnector', parameters }, { signal: context.signal, write: true }),
    ).rejects.toMatchObject({ code: 'exchange-refused' });
    expect(world.tenant.connectors).toBe(before);
  });
});
