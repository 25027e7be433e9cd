/** The simulated scanner: sends its page, and ends whatever the other side does. */
import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { listen, type Listening } from '../../../electron/practice/listen.ts';
import { scanTo } from '../../../electron/practice/scanner.ts';
import { context, start } from './world.ts';

const running: Listening[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});
const against = async (onSocket: (socket: net.Socket) => void, signal = context.signal) => {
  const listening = await listen(net.createServer(onSocket));
  running.push(listening);
  return scanTo(listening.port, 'scanner@contoso.com', 'office@contoso.com', signal);
};

describe('scanner of practice', () => {
  it('sends to colleagues, and is told when it may not send to others', async () => {
    const world = await start('all-well');
    expect(await world.scan('office@contoso.com', context.signal)).toMatchObject({ accepted: true });
    expect(await world.scan('mailbox@example.net', context.signal)).toMatchObject({
      accepted: false,
      reply: expect.stringContaining('5.7.64') as string,
    });
    expect(world.messages()).toMatchObject([{ subject: 'Scan', encrypted: false, seenAddress: '203.0.113.7' }]);
  });
  it('says that nothing was sent when the port is closed', async () => {
    const world = await start('port-25-blocked');
    expect(await world.scan('office@contoso.com', context.signal)).toEqual({ accepted: false, reply: '' });
  });
  it('ends when the other side hangs up', async () => {
    expect(await against((socket) => void socket.end('220 hello\r\n'))).toMatchObject({ accepted: false });
  });
  it('stops at once when cancelled', async () => {
    const controller = new AbortController();
    const scan = against(() => controller.abort(new Error('enough')), controller.signal);
    await expect(scan).rejects.toThrow('enough');
  });
});
