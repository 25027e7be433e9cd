/** Turns a document into a PDF with a browser of this computer, without any network. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import { endDeadline, withDeadline } from '../net/deadline.ts';
import { openBrowserPipe, type BrowserPipe } from './browser-pipe.ts';
import { findBrowser } from './find-browser.ts';

/** A self-contained document → the bytes of a PDF: tagged, with an outline, on the paper the document asks for. */
export type PrintPdf = (html: string, signal: AbortSignal) => Promise<Uint8Array>;

const DEADLINE_MS = 60_000;
/** Version of Chromium that writes in the margins of a page (CSS Paged Media 3 §4.2). */
const MARGIN_BOXES_SINCE = 131;

/** @throws AppError `not-found` when there is no browser; `storage` when it could not print */
export const printWithBrowser: PrintPdf = async (html, signal) => {
  const browser = await findBrowser();
  if (browser === null)
    throw new AppError('not-found', say('A PDF is made with Chrome, Edge or Chromium, and none was found here.'), {
      field: '--out',
      remedy: say('Write an .html file instead, open it and print it; or set CHROMIUM_PATH.'),
    });
  const folder = await mkdtemp(path.join(await roomFor(browser), 'relayready-pdf-'));
  const waiting = withDeadline(signal, DEADLINE_MS);
  const pipe = openBrowserPipe(browser, folder, waiting);
  try {
    await expectRecent(pipe, browser);
    return await printed(pipe, html);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof AppError ? error : notPrinted(browser, error);
  } finally {
    endDeadline(waiting);
    await pipe.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
};

export const notPrinted = (browser: string, cause: unknown): AppError =>
  new AppError('storage', say('The PDF could not be made with {browser}.', { browser }), {
    field: '--out',
    remedy: say('Write an .html file instead, open it and print it.'),
    detail: cause instanceof Error ? cause.message.slice(0, 200) : '',
    cause,
  });

/** An older one would leave out the page numbers and, worse, the practice stamp. */
async function expectRecent({ ask }: BrowserPipe, browser: string): Promise<void> {
  const { product } = await ask('Browser.getVersion', {});
  const version = Number(/\/(\d+)\./.exec(String(product))?.[1] ?? 0);
  if (version < MARGIN_BOXES_SINCE)
    throw new AppError('not-found', say('{browser} is too old to make a PDF with page numbers.', { browser }), {
      field: '--out',
      remedy: say('Update the browser, or write an .html file instead, open it and print it.'),
      detail: String(product),
    });
}

async function printed({ ask }: BrowserPipe, html: string): Promise<Uint8Array> {
  const { targetId } = await ask('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await ask('Target.attachToTarget', { targetId, flatten: true });
  const session = String(sessionId);
  await ask('Emulation.setScriptExecutionDisabled', { value: true }, session);
  const { frameTree } = await ask('Page.getFrameTree', {}, session);
  const { id: frameId } = (frameTree as { readonly frame: { readonly id: string } }).frame;
  await ask('Page.setDocumentContent', { frameId, html }, session);
  const { data } = await ask(
    'Page.printToPDF',
    { preferCSSPageSize: true, generateTaggedPDF: true, generateDocumentOutline: true },
    session,
  );
  return Buffer.from(String(data), 'base64');
}

/** A browser from a snap sees no other program's temporary files, only its own folder. */
async function roomFor(browser: string): Promise<string> {
  if (!browser.startsWith('/snap/')) return tmpdir();
  const own = path.join(homedir(), 'snap', path.basename(browser), 'common');
  await mkdir(own, { recursive: true });
  return own;
}
