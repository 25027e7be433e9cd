/** Asks the engine; the only file that knows whether it talks over the window's door or over HTTP on the loopback address. */
import type { Method, Params, Reply, Result, WireError } from '../core/contract.ts';
import type { Progress } from '../core/progress.ts';

/** What the window's preload puts on `window`. */
type Door = {
  readonly host: 'window';
  readonly call: (id: string, method: string, params: unknown, language: string) => Promise<Reply<unknown>>;
  readonly cancel: (id: string) => void;
  readonly onProgress: (listener: (id: string, progress: Progress) => void) => () => void;
};
declare global {
  interface Window {
    readonly relayready?: Door;
  }
}

/** Under this name the window says that a file was opened with the program; `file.opened` gives it. */
const OPENED = 'opened-file';

/** @returns stops listening */
export const onOpenedFile = (listener: () => void): (() => void) =>
  window.relayready?.onProgress((about) => {
    if (about === OPENED) listener();
  }) ?? (() => undefined);

/** The engine answered that it could not be done, or could not be asked. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly wire: WireError;
  constructor(wire: WireError) {
    super(wire.message);
    this.wire = wire;
  }
}

/** Code of a WireError that means: the page has lost its engine and has to be opened again. */
export const SESSION_GONE = 'session-gone';

export type CallOptions = {
  readonly language?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
};
export type Call = <M extends Method>(method: M, params: Params<M>, options?: CallOptions) => Promise<Result<M>>;

export const call: Call = async (method, params, options = {}) => {
  const id = crypto.randomUUID();
  const ask = window.relayready ? askWindow : askLoopback;
  options.signal?.throwIfAborted();
  const reply = await ask(id, method, params, options);
  if (reply.ok) return reply.value as never;
  throw new ClientError(reply.error);
};

type Ask = (id: string, method: string, params: unknown, options: CallOptions) => Promise<Reply<unknown>>;

const askWindow: Ask = async (id, method, params, { language = 'en', signal, onProgress }) => {
  const door = window.relayready as Door;
  const stopListening = door.onProgress((about, progress) => {
    if (about === id) onProgress?.(progress);
  });
  const cancel = () => door.cancel(id);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await door.call(id, method, params, language);
  } finally {
    signal?.removeEventListener('abort', cancel);
    stopListening();
  }
};

const TOKEN = 'relayready.token';
let token: Promise<string> | null = null;

const gone = (): ClientError =>
  new ClientError({
    schema: 'relayready/error@1',
    code: SESSION_GONE,
    message: 'RelayReady is no longer running behind this page.',
    remedy: null,
    field: null,
    who: 'you',
    detail: null,
  });

const post = async (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> => {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }).catch(() => {
    throw gone();
  });
  if (!response.ok) throw gone();
  return response;
};

/** The key in the address works once and is taken out of it; the token survives a reload of this tab, not a new one. */
async function openSession(): Promise<string> {
  const opened = await takeToken();
  void stayHere(opened);
  return opened;
}

async function takeToken(): Promise<string> {
  const key = new URLSearchParams(location.hash.slice(1)).get('k');
  if (key === null) {
    const kept = sessionStorage.getItem(TOKEN);
    if (kept === null) throw gone();
    return kept;
  }
  history.replaceState(null, '', location.pathname + location.search);
  const answer = (await (await post('/session', { key })).json()) as { readonly token: string };
  sessionStorage.setItem(TOKEN, answer.token);
  return answer.token;
}

/** An answer held open as long as this page is: RelayReady does not stop for want of use meanwhile. */
async function stayHere(opened: string): Promise<void> {
  try {
    for await (const _ of linesOf(await post('/here', {}, { 'X-RelayReady-Token': opened })));
  } catch {
    // The next call says that RelayReady is gone.
  }
}

const askLoopback: Ask = async (id, method, params, { language = 'en', signal, onProgress }) => {
  token ??= openSession();
  const headers = { 'X-RelayReady-Token': await token };
  const cancel = () => void post('/cancel', { id }, headers).catch(() => undefined);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const response = await post('/call', { id, method, params, language }, headers);
    let reply: Reply<unknown> | null = null;
    // Read to its end: a stream left half read counts as broken off.
    for await (const line of linesOf(response)) {
      const said = JSON.parse(line) as { readonly progress?: Progress; readonly reply?: Reply<unknown> };
      if (said.progress) onProgress?.(said.progress);
      if (said.reply) reply = said.reply;
    }
    if (reply === null) throw gone();
    return reply;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
};

/** Newline-delimited JSON as it arrives. */
async function* linesOf(response: Response): AsyncGenerator<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  if (!reader) return;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw gone();
    });
    if (done) break;
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line.trim() !== '');
  }
  if (rest.trim() !== '') yield rest;
}
