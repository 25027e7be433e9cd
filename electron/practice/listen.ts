/** Starts and fully stops servers on the loopback address. */
import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';

export type Listening = { readonly port: number; readonly stop: () => Promise<void> };

/** @param port 0 takes any that is free. @throws the system's error, e.g. when the port is taken */
export async function listen(server: Server, port = 0, host = '127.0.0.1'): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
