/** Public pages asked for by many looks of one run are fetched once: the services that tell an address, a domain's sign-in page. */
import type { Http, HttpRequest, HttpResponse } from './http.ts';

export type PageMemory = { readonly through: (http: Http) => Http };

const HELD_MS = 300_000;
const MOST_PAGES = 2000;

/** @param life of the run; what is asked for goes on for whoever else waits, until it ends */
export function createPageMemory(life: AbortSignal): PageMemory {
  const known = new Map<string, { readonly asked: Promise<HttpResponse>; readonly until: number }>();
  const isPublic = ({ method, headers, body }: HttpRequest): boolean =>
    method === 'GET' && headers === undefined && body === undefined;
  return {
    through: (http) => ({
      send: (request) => {
        if (!isPublic(request)) return http.send(request);
        const entry = known.get(request.url);
        if (entry && entry.until > performance.now()) return forAsker(entry.asked, request.signal);
        const asked = http.send({ ...request, signal: life });
        known.set(request.url, { asked, until: performance.now() + HELD_MS });
        // Trouble passes; the next one asks again.
        asked.catch(() => known.delete(request.url));
        const oldest = known.size > MOST_PAGES ? known.keys().next().value : undefined;
        if (oldest !== undefined) known.delete(oldest);
        return forAsker(asked, request.signal);
      },
    }),
  };
}

function forAsker<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason as Error);
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    asked.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
