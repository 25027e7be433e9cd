import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { whyOff, windowUpdates } from '../../../electron/updates/window-updates.ts';
import { installedUpdater, updateServer } from './update-server.ts';

const NEWER = '#!/bin/sh\nexit 0\n';
const quiet = new AbortController().signal;

let server: Awaited<ReturnType<typeof updateServer>>;
let installed: ReturnType<typeof installedUpdater>;
let underWay: number;

beforeEach(async () => {
  server = await updateServer();
  installed = installedUpdater('1.4.0');
  underWay = 1;
  process.env['APPIMAGE'] = installed.appImage;
});
afterEach(async () => {
  delete process.env['APPIMAGE'];
  installed.remove();
  await server.close();
});

const updates = (feed = server.feed) =>
  windowUpdates({
    feed,
    platform: 'linux',
    env: { APPIMAGE: installed.appImage },
    folder: installed.folder,
    load: installed.load,
    underWay: () => underWay,
  });
const inPlace = () => readFileSync(installed.appImage, 'utf8');
const cached = () =>
  existsSync(path.join(installed.folder, 'cache'))
    ? readdirSync(path.join(installed.folder, 'cache'), { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.endsWith('.AppImage'),
      )
    : [];

describe('a newer version', () => {
  it('is found, fetched and put in place, each only when asked for', async () => {
    server.publish('1.5.0', NEWER);
    const program = updates();
    expect(program.known()).toEqual({ state: 'not-looked' });
    expect(server.asked).toEqual([]);

    expect(await program.look(quiet)).toEqual({ state: 'available', version: '1.5.0' });
    expect(server.asked.map(({ url }) => url.split('?')[0])).toEqual(['/latest-linux.yml', '/latest-linux.yml.sig']);
    expect(cached()).toEqual([]);

    const percents: number[] = [];
    expect(await program.download(quiet, (percent) => percents.push(percent))).toEqual({
      state: 'ready',
      version: '1.5.0',
    });
    expect(cached()).toHaveLength(1);
    expect(inPlace()).toBe('the version that is installed');

    await program.install();
    expect(inPlace()).toBe(NEWER);
    await expect.poll(() => installed.quits).toEqual(['quit']);
  });

  it('is told nothing about this computer', async () => {
    server.publish('1.5.0', NEWER);
    await updates().look(quiet);
    for (const { headers } of server.asked) expect(JSON.stringify(headers)).not.toMatch(/staging|uuid|cookie/i);
  });

  it('is not put in place while something else is under way', async () => {
    server.publish('1.5.0', NEWER);
    const program = updates();
    await program.look(quiet);
    await program.download(quiet, () => undefined);
    underWay = 2;
    await expect(program.install()).rejects.toMatchObject({ code: 'busy' });
    expect(inPlace()).toBe('the version that is installed');
  });

  it('is not put in place before it was fetched', async () => {
    server.publish('1.5.0', NEWER);
    const program = updates();
    await expect(program.install()).rejects.toMatchObject({ code: 'missing-input' });
    await program.look(quiet);
    await expect(program.install()).rejects.toMatchObject({ code: 'missing-input' });
  });
});

describe('what is no newer version', () => {
  it.each(['1.4.0', '1.3.9', '0.9.0', '1.4.0-beta.2'])('%s is not offered to 1.4.0', async (version) => {
    server.publish(version, NEWER);
    const program = updates();
    expect(await program.look(quiet)).toEqual({ state: 'current' });
    await program.download(quiet, () => undefined);
    expect(cached()).toEqual([]);
  });
});

describe('what is not the maintainers’', () => {
  const tried = async (program = updates()) => {
    const refusal = await program.look(quiet).catch((error: unknown) => error as { readonly code?: string });
    await program.download(quiet, () => undefined);
    return {
      code: 'code' in refusal ? refusal.code : null,
      state: program.known().state,
      cached: cached(),
      packagesAskedFor: server.asked.filter(({ url }) => !url.includes('.yml')),
    };
  };
  const REFUSED = { code: 'unexpected-answer', state: 'not-looked', cached: [], packagesAskedFor: [] };

  it('another key’s signature is refused', async () => {
    const other = await updateServer();
    await other.close();
    server.publish('1.5.0', NEWER);
    expect(await tried(updates({ url: server.feed.url, key: other.feed.key }))).toEqual(REFUSED);
  });
  it('one changed letter is refused', async () => {
    const { file, text } = server.publish('1.5.0', NEWER);
    server.files.set(file, text.replace('version: 1.5.0', 'version: 9.5.0'));
    expect(await tried()).toEqual(REFUSED);
  });
  it('what was signed for another system is refused', async () => {
    const { file, text } = server.publish('1.5.0', NEWER);
    server.files.set(`${file}.sig`, server.sign('latest-mac.yml', text));
    expect(await tried()).toEqual(REFUSED);
  });
  it.each(['', 'AAAA', '<html>', 'x'.repeat(300_000)])('no signature is refused (%#)', async (signature) => {
    const { file } = server.publish('1.5.0', NEWER);
    server.files.set(`${file}.sig`, signature);
    expect(await tried()).toEqual(REFUSED);
  });
  it.each(['', 'AAAA', Buffer.from('x'.repeat(44)).toString('base64')])(
    'a key that is none is no key (%#)',
    async (key) => {
      server.publish('1.5.0', NEWER);
      expect(await tried(updates({ url: server.feed.url, key }))).toEqual(REFUSED);
    },
  );
  it('a missing signature is refused', async () => {
    const { file } = server.publish('1.5.0', NEWER);
    server.files.delete(`${file}.sig`);
    const program = updates();
    await expect(program.look(quiet)).rejects.toMatchObject({ code: 'network' });
    expect(program.known()).toEqual({ state: 'not-looked' });
  });
});

describe('a download', () => {
  it('that arrives damaged is thrown away, and can be asked for again', async () => {
    const { name } = server.publish('1.5.0', NEWER);
    server.files.set(name, `${NEWER.slice(0, -1)} `);
    const program = updates();
    await program.look(quiet);
    await expect(program.download(quiet, () => undefined)).rejects.toMatchObject({ code: 'unexpected-answer' });
    expect(cached()).toEqual([]);
    expect(program.known()).toEqual({ state: 'available', version: '1.5.0' });
    await expect(program.install()).rejects.toMatchObject({ code: 'missing-input' });
    server.files.set(name, NEWER);
    expect(await program.download(quiet, () => undefined)).toEqual({ state: 'ready', version: '1.5.0' });
  });

  it('that is not there is told', async () => {
    const { name } = server.publish('1.5.0', NEWER);
    server.files.delete(name);
    const program = updates();
    await program.look(quiet);
    await expect(program.download(quiet, () => undefined)).rejects.toMatchObject({ code: 'network' });
  });

  it('can be stopped', async () => {
    server.publish('1.5.0', NEWER);
    const program = updates();
    await program.look(quiet);
    for (const early of [true, false]) {
      const controller = new AbortController();
      const stop = () => controller.abort(new Error('stopped'));
      const downloading = program.download(controller.signal, () => undefined);
      if (early) stop();
      else server.hold(stop);
      await expect(downloading).rejects.toThrow('stopped');
    }
    expect(cached()).toEqual([]);
    expect(program.known()).toEqual({ state: 'available', version: '1.5.0' });
    expect(inPlace()).toBe('the version that is installed');
  });
});

it('a server that is not there is told', async () => {
  await server.close();
  await expect(updates().look(quiet)).rejects.toMatchObject({ code: 'network' });
  server = await updateServer();
});

describe('a program that does not update itself says why', () => {
  const feed = { url: 'https://updates.example', key: '' };
  it.each([
    ['without a server', { feed: null, platform: 'win32', env: {} }, /without an update server/],
    ['a package of Linux', { feed, platform: 'linux', env: {} }, /package of this system/],
    ['an MSI', { feed, platform: 'win32', env: {} }, /package of this system/],
    ['a portable program', { feed, platform: 'win32', env: { PORTABLE_EXECUTABLE_FILE: 'r.exe' } }, /portable/],
  ] as const)('%s', async (_, build, why) => {
    expect(whyOff({ ...build, folder: '/nowhere' })?.message).toMatch(why);
    const off = windowUpdates({
      ...build,
      folder: '/nowhere',
      load: () => Promise.reject(new Error('loaded')),
      underWay: () => 1,
    });
    expect(off.known().state).toBe('off');
    await expect(off.look(quiet)).rejects.toMatchObject({ code: 'not-found' });
  });
  it('an AppImage, an installation on Windows and one on macOS do', () => {
    const { folder } = installed;
    writeFileSync(path.join(folder, 'Uninstall RelayReady.exe'), '');
    expect(whyOff({ feed, folder, platform: 'linux', env: { APPIMAGE: '/r' } })).toBeNull();
    expect(whyOff({ feed, folder, platform: 'win32', env: {} })).toBeNull();
    expect(whyOff({ feed, folder, platform: 'darwin', env: {} })).toBeNull();
  });
});
