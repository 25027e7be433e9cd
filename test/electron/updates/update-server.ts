/** An update server on the loopback address, the maintainers' key, and an installed program's updater without Electron. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http, { createServer, type RequestOptions } from 'node:http';
import { createRequire, Module } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { signedBytes } from '../../../electron/updates/signature.ts';
import updater, { type AppUpdater } from 'electron-updater';
import executor from 'electron-updater/out/electronHttpExecutor.js';

const FILE = 'latest-linux.yml';

/** Plain Node where the window has Chromium's network. */
class NodeExecutor extends executor.ElectronHttpExecutor {
  override createRequest(options: RequestOptions, callback: (response: http.IncomingMessage) => void): never {
    return http.request(options, callback) as never;
  }
}

/** Outside the window the package `electron` would fetch its runtime; electron-updater asks it for one event. */
const require = createRequire(import.meta.url);
const electron = require.resolve('electron');
require.cache[electron] ??= Object.assign(new Module(electron), {
  loaded: true,
  exports: { autoUpdater: { emit: () => true } },
});

export type Served = { files: Map<string, Buffer | string>; readonly asked: { url: string; headers: unknown }[] };

export async function updateServer() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const served: Served = { files: new Map(), asked: [] };
  let held: (() => void) | null = null;
  const server = createServer((request, response) => {
    served.asked.push({ url: request.url ?? '', headers: request.headers });
    const body = served.files.get(decodeURIComponent((request.url ?? '').slice(1).split('?')[0] ?? ''));
    if (body === undefined) return response.writeHead(404).end();
    if (held !== null && request.url?.endsWith('.AppImage') === true) {
      response.writeHead(200, { 'content-length': 1000 }).write('x');
      return held();
    }
    response.writeHead(200, { 'content-length': Buffer.byteLength(body) }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    ...served,
    feed: { url, key: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') },
    /** Puts a version there as a release does. */
    publish: (version: string, content: string) => {
      const name = `relayready-${version}-linux-x86_64.AppImage`;
      const sha512 = createHash('sha512').update(content).digest('base64');
      const text = [
        `version: ${version}`,
        'files:',
        `  - url: ${name}`,
        `    sha512: ${sha512}`,
        `    size: ${Buffer.byteLength(content)}`,
        `path: ${name}`,
        `sha512: ${sha512}`,
        "releaseDate: '2026-01-01T00:00:00.000Z'",
        '',
      ].join('\n');
      served.files.set(name, content);
      served.files.set(FILE, text);
      served.files.set(`${FILE}.sig`, sign(null, signedBytes(FILE, text), privateKey).toString('base64'));
      return { name, file: FILE, text };
    },
    sign: (file: string, text: string) => sign(null, signedBytes(file, text), privateKey).toString('base64'),
    /** Sends one byte of a package and then nothing more. */
    hold: (then: () => void) => {
      held = then;
    },
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

/** electron-updater as an AppImage has it, with a folder of its own. */
export function installedUpdater(version: string) {
  const folder = mkdtempSync(path.join(tmpdir(), 'relayready-update-'));
  const appImage = path.join(folder, 'RelayReady.AppImage');
  writeFileSync(appImage, 'the version that is installed');
  writeFileSync(path.join(folder, 'app-update.yml'), 'provider: custom\nupdaterCacheDirName: relayready-updater\n');
  const quits: string[] = [];
  const app = {
    version,
    name: 'relayready',
    isPackaged: true,
    appUpdateConfigPath: path.join(folder, 'app-update.yml'),
    userDataPath: folder,
    baseCachePath: path.join(folder, 'cache'),
    whenReady: () => Promise.resolve(),
    quit: () => quits.push('quit'),
    relaunch: () => undefined,
    onQuit: () => undefined,
  };
  const load = async (): Promise<AppUpdater> => {
    const made = new updater.AppImageUpdater(null, app);
    (made as unknown as { httpExecutor: unknown }).httpExecutor = new NodeExecutor();
    return made;
  };
  return { folder, appImage, load, quits, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
