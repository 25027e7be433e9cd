/** Stands between the program and a practice world's sign-in and Exchange, and may keep a question or an answer for itself. */
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { PracticeWorld } from '../../../electron/practice/practice.ts';
import { createTestCa } from '../../helpers/tls-certificates.ts';

/** `hold-question`: it never gets there. `hold-answer`: it takes effect, but nobody hears of it. */
type Verdict = 'pass' | 'hold-question' | 'hold-answer';

export type Between = {
  /** File of an environment that goes this way; a profile is in the same folder. */
  readonly environment: string;
  readonly watch: (judge: (body: string) => Verdict) => void;
  /** Settles when something was held for the first time since the last `watch`. */
  readonly reached: Promise<void>;
  readonly close: () => Promise<void>;
};

/** @param folder where the world's environment was written */
export async function standBetween(world: PracticeWorld, folder: string): Promise<Between> {
  const ca = await createTestCa('Contoso Proxy Authority');
  let judge: (body: string) => Verdict = () => 'pass';
  let reach: () => void = () => undefined;
  let reached = new Promise<void>((resolve) => (reach = resolve));
  const server = https.createServer(await ca.issue(), (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const verdict = judge(body.toString());
      if (verdict === 'hold-question') return reach();
      const target = new URL(request.url ?? '/', world.environment.login.authority);
      const onward = https.request(
        target,
        { method: request.method, headers: request.headers, ca: [...world.environment.ca] },
        (answer) => {
          if (verdict === 'hold-answer') {
            answer.resume();
            answer.on('end', reach);
          } else {
            response.writeHead(answer.statusCode ?? 500, answer.headers);
            answer.pipe(response);
          }
        },
      );
      onward.end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  const document = JSON.parse(readFileSync(path.join(folder, 'environment.json'), 'utf8')) as object;
  const environment = path.join(folder, 'through.json');
  writeFileSync(path.join(folder, 'both.pem'), `${readFileSync(path.join(folder, 'ca.pem'), 'utf8')}\n${ca.cert}`);
  writeFileSync(
    environment,
    JSON.stringify({ ...document, exchange: { adminApi: `${origin}/adminapi/beta` }, trust: { caFile: 'both.pem' } }),
  );
  return {
    environment,
    watch: (next) => {
      judge = next;
      reached = new Promise<void>((resolve) => (reach = resolve));
    },
    get reached() {
      return reached;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
