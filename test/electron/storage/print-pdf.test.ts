/** Printing with a browser that is none: it ends at once, hangs, answers nonsense, refuses, or is too old; nothing stays behind. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../core/errors.ts';
import { findBrowser } from '../../../electron/storage/find-browser.ts';
import { printWithBrowser } from '../../../electron/storage/print-pdf.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** An executable that does what `script` says, with the pipe at 3 and 4. */
function browser(script: string): string {
  const file = path.join(folder, 'browser');
  writeFileSync(file, `#!${process.execPath}\n${script}`);
  chmodSync(file, 0o755);
  vi.stubEnv('CHROMIUM_PATH', file);
  return file;
}
/** Answers every question by `answer`, an expression of `asked`. */
const answering = (answer: string): string =>
  browser(`const fs = require('node:fs'); const input = fs.createReadStream(null, { fd: 3 });
let rest = '';
input.on('data', (chunk) => { rest += chunk; for (let at; (at = rest.indexOf('\\0')) >= 0; rest = rest.slice(at + 1)) {
  const asked = JSON.parse(rest.slice(0, at)); if (asked.method === 'Browser.close') process.exit(0);
  fs.writeSync(4, ${answer} + '\\0'); } });`);
const trouble = async (signal = AbortSignal.timeout(30_000)): Promise<unknown> =>
  printWithBrowser('<p>x</p>', signal).then(
    () => 'printed',
    (error: unknown) => error,
  );
const left = () => readdirSync(folder).filter((name) => name.startsWith('relayready-pdf-'));

describe.skipIf(process.platform === 'win32')('printing with a browser', () => {
  it('that ends at once is told with its last words', async () => {
    browser('console.error("no room here"); process.exit(3);');
    const error = (await trouble()) as AppError;
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'storage', field: '--out' });
    expect(error.detail).toContain('ended (3)');
    expect(error.remedy?.message).toContain('.html');
    expect(left()).toEqual([]);
  });

  it('that hangs ends when it is cancelled, and is gone', async () => {
    const file = browser('setInterval(() => {}, 1000);');
    const controller = new AbortController();
    const waiting = trouble(controller.signal);
    setTimeout(() => controller.abort(new Error('stopped')), 500);
    expect(await waiting).toMatchObject({ message: 'stopped' });
    expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(file);
    expect(left()).toEqual([]);
  });

  it('that answers nonsense is told', async () => {
    answering("'nonsense'");
    expect(await trouble()).toMatchObject({ code: 'storage', detail: 'it does not answer like a browser' });
    expect(left()).toEqual([]);
  });

  it('that refuses is told with its own words', async () => {
    answering("JSON.stringify({ id: asked.id, error: { message: 'not today' } })");
    expect(await trouble()).toMatchObject({ code: 'storage', detail: 'not today' });
  });

  it('that is too old for page numbers and the stamp is not used', async () => {
    answering("JSON.stringify({ id: asked.id, result: { product: 'Chrome/130.0.1' } })");
    expect(await trouble()).toMatchObject({ code: 'not-found', detail: 'Chrome/130.0.1' });
  });

  it('that is not there has a remedy', async () => {
    vi.stubEnv('CHROMIUM_PATH', path.join(folder, 'none'));
    expect(await findBrowser()).toBeNull();
    expect(await trouble()).toMatchObject({ code: 'not-found', field: '--out' });
  });

  it('is found on the PATH', async () => {
    const file = browser('');
    vi.stubEnv('CHROMIUM_PATH', '');
    const named = path.join(folder, 'chromium');
    execFileSync('cp', [file, named]);
    vi.stubEnv('PATH', `${folder}${path.delimiter}${process.env['PATH'] ?? ''}`);
    expect(process.platform === 'linux' ? await findBrowser() : named).toBe(named);
  });
});
