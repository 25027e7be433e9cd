/** Takes one port on both loopback addresses, as far as this computer has them. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../core/errors.ts';
import { say } from '../core/text.ts';
import { isOurs } from './net/own-listeners.ts';

const PORT_TRIES = 10;

async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  isOurs(server);
  return (server.address() as AddressInfo).port;
}

/**
 * One of the two is enough, and IPv4 comes first: where IPv6 is off, or IPv4 is held by a security program, the other serves.
 * @param port 0 takes any that is free on both
 * @returns `authority` is the one to open
 * @throws AppError `port-in-use` (field `--port`)
 */
export async function listenOnLoopback(
  create: () => Server,
  port: number,
): Promise<{ readonly port: number; readonly authority: string; readonly servers: readonly Server[] }> {
  for (let tries = 1; ; tries += 1) {
    const four = create();
    const six = create();
    const refused: string[] = [];
    const told = (error: unknown): null => {
      refused.push((error as NodeJS.ErrnoException).code ?? '?');
      return null;
    };
    const onFour = await listen(four, '127.0.0.1', port).catch(told);
    // A chosen port that is in use is told, even where IPv6 would have it: the person meant the usual address.
    const onSix = refused[0] === 'EADDRINUSE' ? null : await listen(six, '::1', onFour ?? port).catch(told);
    const [code = '?'] = refused;
    // A port somebody has for IPv6 is left to them where there is a choice.
    if (onFour !== null && onSix === null && code === 'EADDRINUSE' && port === 0 && tries < PORT_TRIES) {
      four.close();
      continue;
    }
    const taken = onFour ?? onSix;
    if (taken === null)
      throw new AppError('port-in-use', say('Port {port} cannot be used here ({code}).', { port, code }), {
        field: '--port',
        remedy: say('Leave --port out to take any free one.'),
      });
    return {
      port: taken,
      authority: onFour === null ? `[::1]:${taken}` : `127.0.0.1:${taken}`,
      servers: [...(onFour === null ? [] : [four]), ...(onSix === null ? [] : [six])],
    };
  }
}
