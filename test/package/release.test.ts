import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireSignature } from '../../electron/updates/signature.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
type Env = Readonly<Record<string, string | undefined>>;
type Settings = {
  readonly systemsOf: (words: readonly string[], platform: string) => readonly string[];
  readonly whatIsMissing: (env: Env, systems: readonly string[]) => readonly string[];
  readonly releaseOptions: (env: Env, systems: readonly string[]) => readonly string[];
};
type Signing = { readonly signUpdates: (folder: string, env: Env) => readonly string[] };
const script = (name: string): Promise<unknown> => import(path.join(root, 'scripts', name));
const { systemsOf, whatIsMissing, releaseOptions } = (await script('release-settings.mjs')) as Settings;
const { signUpdates } = (await script('sign-updates.mjs')) as Signing;

const EVERYWHERE = {
  RELAYREADY_RELEASE: 'latest',
  RELAYREADY_HOMEPAGE: 'https://relayready.example',
  RELAYREADY_MAINTAINER: 'RelayReady maintainers <maintainers@relayready.example>',
  RELAYREADY_UPDATE_URL: 'https://updates.relayready.example',
  RELAYREADY_UPDATE_KEY: 'public',
  RELAYREADY_UPDATE_SIGNING_KEY: 'private',
};
const APPLE = { CSC_LINK: 'c', APPLE_API_KEY: 'k', APPLE_API_KEY_ID: 'i', APPLE_API_ISSUER: 's' };

describe('a release', () => {
  it('is refused before anything is built while it cannot be signed', () => {
    const { status, stderr, stdout } = spawnSync(process.execPath, ['scripts/package.mjs', '--win', '--mac', 'dir'], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', RELAYREADY_RELEASE: 'latest' },
    });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('This release is not made: what people install has to be signed.');
    expect(stderr).toContain('one of WIN_CSC_LINK, CSC_LINK');
    expect(stderr).toContain('APPLE_API_KEY, APPLE_API_KEY_ID, APPLE_API_ISSUER');
    expect(stderr).toContain('RELAYREADY_UPDATE_SIGNING_KEY');
  });

  it.each([
    ['linux', EVERYWHERE, []],
    ['win', { ...EVERYWHERE, WIN_CSC_LINK: 'c' }, []],
    ['win', { ...EVERYWHERE, CSC_LINK: 'c' }, []],
    ['win', EVERYWHERE, ['one of WIN_CSC_LINK, CSC_LINK']],
    ['mac', { ...EVERYWHERE, ...APPLE }, []],
    ['mac', { ...EVERYWHERE, ...APPLE, APPLE_API_ISSUER: '' }, ['APPLE_API_KEY, APPLE_API_KEY_ID, APPLE_API_ISSUER']],
    ['linux', { ...EVERYWHERE, RELAYREADY_RELEASE: 'nightly' }, ['RELAYREADY_RELEASE=latest']],
    ['linux', { ...EVERYWHERE, RELAYREADY_UPDATE_KEY: undefined }, ['RELAYREADY_UPDATE_KEY']],
  ])('for %s lacks what it lacks (%#)', (system, env, missing) => {
    expect(whatIsMissing(env, [system])).toEqual(missing);
  });

  it('is for the systems that are named, else for this one', () => {
    expect(systemsOf(['--win', '--linux', 'deb'], 'darwin')).toEqual(['win', 'linux']);
    expect(systemsOf([], 'darwin')).toEqual(['mac']);
    expect(systemsOf([], 'win32')).toEqual(['win']);
  });

  it('fails where signing does, and puts nothing on a server by itself', () => {
    const options = releaseOptions(EVERYWHERE, ['win']);
    expect(options).toContain('-c.forceCodeSigning=true');
    expect(options.slice(-2)).toEqual(['--publish', 'never']);
    expect(options.join(' ')).not.toContain('private');
  });
});

describe('the news of a version', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'relayready-release-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const keys = () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    return {
      RELAYREADY_UPDATE_KEY: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
      RELAYREADY_UPDATE_SIGNING_KEY: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    };
  };

  it('is signed so that an installed program believes it', () => {
    const env = keys();
    const files = ['latest.yml', 'latest-mac.yml', 'latest-linux-arm64.yml'];
    for (const file of files) writeFileSync(path.join(folder, file), 'version: 1.5.0\n');
    writeFileSync(path.join(folder, 'builder-debug.yml'), 'x');
    expect([...signUpdates(folder, env)].sort((a, b) => (a < b ? 1 : -1))).toEqual(files);
    const signature = readFileSync(path.join(folder, 'latest-mac.yml.sig'), 'utf8');
    expect(() =>
      requireSignature('latest-mac.yml', 'version: 1.5.0\n', signature, env.RELAYREADY_UPDATE_KEY),
    ).not.toThrow();
    expect(() => requireSignature('latest.yml', 'version: 1.5.0\n', signature, env.RELAYREADY_UPDATE_KEY)).toThrow(
      /not signed/,
    );
  });

  it('is not signed with a key that the programs would not believe', () => {
    const env = { ...keys(), RELAYREADY_UPDATE_KEY: keys().RELAYREADY_UPDATE_KEY };
    expect(() => signUpdates(folder, env)).toThrow(/public half/);
  });
});
