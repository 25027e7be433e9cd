/** A port on which nobody answers, and which nobody else can take while it is held. */
import { once } from 'node:events';
import net from 'node:net';
import { listen, type Listening } from './listen.ts';

/** A number merely given back would be handed to the next program that asks; one used by an outgoing connection is not. */
export async function holdClosedPort(): Promise<Listening> {
  const server = await listen(net.createServer((socket) => void socket.on('error', () => undefined)));
  const holder = net.connect(server.port, '127.0.0.1');
  try {
    await once(holder, 'connect');
  } catch (error) {
    await server.stop();
    throw error;
  }
  holder.on('error', () => undefined);
  return {
    port: holder.localPort ?? 0,
    stop: async () => {
      // Reset, or the number would stay taken for a minute (TIME-WAIT, RFC 9293 §3.6.1).
      holder.resetAndDestroy();
      await once(holder, 'close');
      await server.stop();
    },
  };
}
