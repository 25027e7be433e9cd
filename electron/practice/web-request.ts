/** A request as the services of a practice world see it, and how they answer. */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

export type WebRequest = { readonly url: URL; readonly headers: IncomingHttpHeaders; readonly body: string };
export type WebHandler = (request: WebRequest, response: ServerResponse) => void;

export const sendJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(JSON.stringify(body));
};
