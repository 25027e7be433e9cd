/** Turns a document into a PDF with a browser of this computer (Chrome, Edge or Chromium), without any network. */
import { execFile } from 'node:child_process';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';

const CANDIDATES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'].flatMap((name) =>
    ['/usr/bin', '/usr/local/bin', '/snap/bin'].map((folder) => `${folder}/${name}`),
  ),
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((base) =>
    ['Microsoft\\Edge\\Application\\msedge.exe', 'Google\\Chrome\\Application\\chrome.exe'].map((end) =>
      path.join(process.env[base] ?? 'C:\\', end),
    ),
  ),
};

/** @throws AppError `not-found` (field `--out`) when there is no browser; `storage` when the file cannot be written */
export async function printPdf(html: string, file: string, signal: AbortSignal): Promise<void> {
  const browser = await findBrowser();
  if (browser === null)
    throw new AppError('not-found', say('A PDF is made with Chrome, Edge or Chromium, and none was found here.'), {
      field: '--out',
      remedy: say('Write an .html file instead, open it and print it; or set CHROMIUM_PATH.'),
    });
  const folder = await mkdtemp(path.join(tmpdir(), 'relayready-pdf-'));
  try {
    const page = path.join(folder, 'page.html');
    await writeFile(page, html, { mode: 0o600 });
    await promisify(execFile)(
      browser,
      [
        '--headless',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--host-resolver-rules=MAP * ~NOTFOUND',
        '--no-pdf-header-footer',
        '--generate-pdf-document-outline',
        `--user-data-dir=${path.join(folder, 'profile')}`,
        // Chromium's sandbox refuses to run as root; the page is our own, without scripts or network.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        `--print-to-pdf=${path.resolve(file)}`,
        pathToFileURL(page).href,
      ],
      { signal, timeout: 60_000 },
    );
    await access(path.resolve(file));
  } catch (error) {
    signal.throwIfAborted();
    throw new AppError('storage', say('The PDF could not be written.'), {
      field: '--out',
      remedy: say('Write an .html file instead, open it and print it.'),
      cause: error,
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function findBrowser(): Promise<string | null> {
  for (const candidate of [process.env['CHROMIUM_PATH'] ?? '', ...(CANDIDATES[process.platform] ?? [])])
    if (
      candidate !== '' &&
      (await access(candidate).then(
        () => true,
        () => false,
      ))
    )
      return candidate;
  return null;
}
