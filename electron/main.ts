/** Host 1: the window. Sandboxed, isolated, on its own scheme; it only carries calls between the page and the engine. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  net,
  protocol,
  session,
  shell,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
} from 'electron';
import type { Progress } from '../core/progress.ts';
import { createApi } from './api.ts';
import { logBug } from './log.ts';
import { boundedBody } from './net/bounded-body.ts';
import { endDeadline, withDeadline } from './net/deadline.ts';
import { linkToOpen } from './open-link.ts';
import { openedFiles } from './opened-files.ts';
import { loadPage, pageHeaders, paperHeaders } from './page-files.ts';
import { runningCalls } from './running-calls.ts';
import { bucket } from './serve-guard.ts';
import { dropLooseningVariables, refusedSwitches } from './start-guard.ts';
import { dataFolder } from './storage/data-folder.ts';
import { languageFor } from './storage/languages.ts';
import { notPrinted, type PrintPdf } from './storage/print-pdf.ts';
import { windowUpdates } from './updates/window-updates.ts';
import { BUILD_FEED, INSPECTABLE } from './version.ts';
import { fromOurPage, mayGo, mayLoad, ORIGIN, permitted, WEB_PREFERENCES } from './window-rules.ts';

if (app.isPackaged) {
  dropLooseningVariables(process.env);
  const refused = refusedSwitches(process.argv.slice(1), {
    platform: process.platform,
    noSandbox: app.commandLine.hasSwitch('no-sandbox'),
    inspectable: INSPECTABLE,
  });
  if (refused.length > 0) {
    // Awaited at the top level, so that the program does not become ready meanwhile.
    const t = await languageFor(Intl.DateTimeFormat().resolvedOptions().locale);
    dialog.showErrorBox(
      'RelayReady',
      t(
        'RelayReady does not start with {switches}: it could weaken the protection of a program that administrators sign in with. Start it without. Where the window’s sandbox cannot be had, use “relayready serve” and your own browser.',
        { switches: refused.join(' ') },
      ),
    );
    app.exit(2);
  }
}

// One window per data folder; the window's own files lie beside the set-ups.
app.setPath('userData', path.join(dataFolder(), 'window'));

// A source checkout started with --no-sandbox (Chromium cannot sandbox root): enforcing it would end the program.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true } },
]);

/** Set when there is a page to tell. */
let tellOfFile = (): void => undefined;
const opened = openedFiles(() => tellOfFile());
opened.offer(process.argv.slice(1), process.cwd());
app.on('open-file', (event, file) => {
  event.preventDefault();
  opened.offer([file], path.sep);
});

if (app.requestSingleInstanceLock()) {
  // Not awaited at the top level: an ES module main would then never become ready.
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      console.error(error);
      app.exit(1);
    });
} else app.quit();

// A mistake of ours is written down and shown with the next problem report; a step that runs is not torn down for it.
for (const mistake of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(mistake, (error: unknown) => void logBug(dataFolder(), error));

const PRINT_DEADLINE_MS = 60_000;
/** Pages on their way to paper, by id; each is loaded once. */
const papers = new Map<string, string>();

/** In a window nobody sees, without scripts and without the door. */
const printPdf: PrintPdf = async (html, signal) => {
  const id = randomUUID();
  const sheet = new BrowserWindow({
    show: false,
    webPreferences: { ...WEB_PREFERENCES, javascript: false, devTools: false },
  });
  const print = async () => {
    papers.set(id, html);
    await sheet.loadURL(`app://paper/${id}`);
    return sheet.webContents.printToPDF({
      preferCSSPageSize: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
  };
  const waiting = withDeadline(signal, PRINT_DEADLINE_MS);
  // A window that is destroyed never answers; the wait ends by itself.
  const over = new Promise<never>((_resolve, reject) =>
    waiting.addEventListener('abort', () => reject(waiting.reason as Error), { once: true }),
  );
  try {
    return await Promise.race([print(), over]);
  } catch (error) {
    signal.throwIfAborted();
    throw notPrinted('RelayReady', error);
  } finally {
    endDeadline(waiting);
    papers.delete(id);
    sheet.destroy();
  }
};

/** A page this long without an answer to anything is ended, and comes back. */
const HANGS_MS = 30_000;

/** A page that crashed or hangs comes back at its step: every answer is on disk, and what runs, runs here. */
function comeBack(window: BrowserWindow): void {
  // One that crashes over and over is left, so that the person sees it.
  const again = bucket(5, 1 / 60);
  let hangs: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(hangs);
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    stop();
    if (reason !== 'clean-exit' && again()) window.webContents.reload();
  });
  window.on('unresponsive', () => {
    stop();
    hangs = setTimeout(() => window.webContents.forcefullyCrashRenderer(), HANGS_MS);
  });
  window.on('responsive', stop);
  window.on('closed', stop);
}

async function start(): Promise<void> {
  const api = createApi({
    dataFolder: dataFolder(),
    printPdf,
    openedFiles: opened,
    updates: windowUpdates({
      feed: app.isPackaged ? BUILD_FEED : null,
      platform: process.platform,
      env: process.env,
      folder: path.dirname(process.execPath),
      load: async () => (await import('electron-updater')).default.autoUpdater,
      underWay: () => calls.underWay(),
    }),
    openBrowser: async (url) => {
      const link = linkToOpen(url);
      if (link === null) throw new Error('not an address to open');
      await shell.openExternal(link);
    },
    // The window's network stack knows the system's proxy and certificate roots; Node's own does not.
    transport: async ({ method, url, headers, body, signal, maxBytes }) => {
      const response = await net.fetch(url, {
        method,
        headers: { ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Buffer.from(body) }),
        signal,
        redirect: 'manual',
        credentials: 'omit',
      });
      const bytes = await boundedBody(response, maxBytes, new URL(url).host);
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: bytes,
        text: new TextDecoder().decode(bytes),
      };
    },
  });
  const calls = runningCalls(api);
  if (process.argv.includes('--practice')) {
    const started = await calls.run('start', 'practice.start', { scenario: 'all-well' }, 'en', () => undefined);
    if (started.ok) api.worlds.start = 'practice';
  }

  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, allow) => allow(permitted(permission)));
  defaultSession.setPermissionCheckHandler((_contents, permission) => permitted(permission));
  defaultSession.setDevicePermissionHandler(() => false);
  // The policy of the page says the same; this holds where a policy would not be asked.
  defaultSession.webRequest.onBeforeRequest(({ url, webContentsId }, answer) =>
    answer({ cancel: !mayLoad(url, webContentsId) }),
  );

  const page = loadPage();
  protocol.handle('app', (request) => {
    const { origin, pathname, host } = new URL(request.url);
    const paper = host === 'paper' ? papers.get(pathname.slice(1)) : undefined;
    if (request.method === 'GET' && paper !== undefined)
      return new Response(paper, {
        headers: { ...paperHeaders(), 'content-type': 'text/html; charset=utf-8' },
      });
    const file = host === 'wizard' ? page.get(pathname) : undefined;
    if (request.method !== 'GET' || !file) return new Response(null, { status: 404, headers: { 'x-origin': origin } });
    return new Response(new Uint8Array(file.body), {
      headers: { ...pageHeaders("'none'"), 'content-type': file.type },
    });
  });

  const window = new BrowserWindow({
    width: 1200,
    height: 820,
    minWidth: 720,
    minHeight: 540,
    show: false,
    title: 'RelayReady',
    webPreferences: {
      ...WEB_PREFERENCES,
      preload: fileURLToPath(new URL('preload.cjs', import.meta.url)),
      // Nobody is talked into pasting something into a console here.
      devTools: !app.isPackaged || INSPECTABLE,
    },
  });
  window.setMenuBarVisibility(false);
  window.once('ready-to-show', () => window.show());
  comeBack(window);

  const ours = (event: IpcMainInvokeEvent | IpcMainEvent): boolean =>
    fromOurPage(event.senderFrame, window.webContents.mainFrame);
  ipcMain.handle('call', (event, id: unknown, method: unknown, params: unknown, language: unknown) => {
    if (!ours(event)) throw new Error('refused');
    const progress = (value: Progress) => {
      if (!window.isDestroyed()) window.webContents.send('progress', String(id), value);
    };
    return calls.run(String(id), String(method), params, String(language), progress);
  });
  tellOfFile = () => {
    if (!window.isDestroyed()) window.webContents.send('progress', 'opened-file', null);
  };
  ipcMain.on('cancel', (event, id: unknown) => {
    if (ours(event)) calls.cancel(String(id));
  });

  app.on('second-instance', (_event, words, folder) => {
    opened.offer(words.slice(1), folder);
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  let closing = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (closing) return;
    closing = true;
    event.preventDefault();
    calls.cancelAll();
    // A second quit is not heard any more; everything is closed, so the program may end.
    const saved = Promise.race([calls.idle(), new Promise((resolve) => setTimeout(resolve, 2000))]);
    void saved.then(() => api.close()).finally(() => app.exit());
  });
  await window.loadURL(`${ORIGIN}/`);
}

app.on('web-contents-created', (_event, contents) => {
  contents.setWindowOpenHandler(({ url }) => {
    const link = linkToOpen(url);
    if (link !== null) void shell.openExternal(link);
    return { action: 'deny' };
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  for (const navigation of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const)
    contents.on(navigation as 'will-navigate', (event: { preventDefault(): void; url?: string }) => {
      if (!mayGo(event.url)) event.preventDefault();
    });
});
