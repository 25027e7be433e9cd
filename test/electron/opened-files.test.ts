import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileIn, openedFiles } from '../../electron/opened-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-opened-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};

describe('a command line names a file', () => {
  it.each([
    [['office.relayready'], '/home/kim/office.relayready'],
    [['--practice', '/tmp/Büro 1.JSON'], '/tmp/Büro 1.JSON'],
    [['file:///tmp/a%20b.relayready'], '/tmp/a b.relayready'],
    [['a.json', 'b.json'], '/home/kim/b.json'],
  ])('%j', (words, named) => expect(fileIn(words, '/home/kim')).toBe(named));

  it.each([
    [[]],
    [['--x=a.json']],
    [['report.html']],
    [['/etc/passwd']],
    [['https://a.example/a.json\0']],
    [['file://server/a.json']],
  ])('and %j none', (words) => expect(fileIn(words, '/home/kim')).toBeNull());
  it('and no name without end', () => expect(fileIn([`${'x'.repeat(5000)}.json`], '/')).toBeNull());
});

describe('an opened file', () => {
  it('is handed over once, and the window is told', async () => {
    let told = 0;
    const files = openedFiles(() => (told += 1));
    expect(await files.take()).toBeNull();
    files.offer([file('a.relayready', '{"schema":"relayready/report@1"}')], '/');
    expect(told).toBe(1);
    expect(await files.take()).toEqual({
      name: 'a.relayready',
      text: '{"schema":"relayready/report@1"}',
      profile: null,
    });
    expect(await files.take()).toBeNull();
    files.offer(['--practice'], folder);
    expect(told).toBe(1);
  });

  it('that is a profile is read as one', async () => {
    const profile = { domain: 'contoso.com', sender: 'scanner@contoso.com' };
    const files = openedFiles(() => undefined);
    files.offer([file('office.relayready', JSON.stringify({ schema: 'relayready/profile@1', ...profile }))], '/');
    expect((await files.take())?.profile?.domain).toBe('contoso.com');
    files.offer([file('office.relayready', '{"schema":"relayready/profile@1","domain":7}')], '/');
    await expect(files.take()).rejects.toMatchObject({ code: 'bad-profile' });
  });

  const refused = async (name: string): Promise<unknown> => {
    const files = openedFiles(() => undefined);
    files.offer([name], folder);
    return files.take().catch((error: { code?: string }) => error.code);
  };
  it('is a plain file: no pipe, no folder, no device, nothing that is not there', async () => {
    execFileSync('mkfifo', [path.join(folder, 'pipe.json')]);
    mkdirSync(path.join(folder, 'folder.json'));
    symlinkSync('/dev/zero', path.join(folder, 'zero.json'));
    for (const name of ['pipe.json', 'folder.json', 'zero.json', 'nowhere.json'])
      expect(await refused(name)).toBe('bad-input');
  });
  it('is not on a server that would have to be signed in to', async () => {
    expect(await refused('//server/share/a.json')).toBe('bad-input');
  });
  it('is text, and of a size that documents have', async () => {
    file('film.json', 'x'.repeat(17 * 1024 * 1024));
    writeFileSync(path.join(folder, 'bytes.json'), Buffer.from([0xff, 0xfe, 0, 1]));
    for (const name of ['film.json', 'bytes.json']) expect(await refused(name)).toBe('bad-option');
  });
});
