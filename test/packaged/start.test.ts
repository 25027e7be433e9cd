/** How the packaged program lets itself be started: in its sandbox, and without whatever loosens it. */
import { cpSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { refusedSwitches } from '../../electron/start-guard.ts';
import { newHome, packaged, processesOf, start, until, type Home } from './program.ts';

const missing = inject('packagedMissing');
const NET_LOG = '/tmp/relayready-net.json';
const REFUSED = [
  '--remote-debugging-port=0',
  '--remote-debugging-pipe',
  '--remote-allow-origins=*',
  '--inspect=0',
  '--inspect-brk=0',
  '--js-flags=--expose-gc',
  '--disable-web-security',
  '--no-sandbox',
  '--disable-site-isolation-trials',
  '--ignore-certificate-errors',
  '--host-resolver-rules=MAP * 127.0.0.1',
  '--allow-running-insecure-content',
  '--enable-blink-features=All',
  '--disable-features=NetworkServiceSandbox',
  '--load-extension=/tmp',
  `--log-net-log=${NET_LOG}`,
  '--ssl-key-log-file=/tmp/relayready-keys',
  '--renderer-cmd-prefix=/bin/echo',
  '--proxy-server=127.0.0.1:9',
  '--user-data-dir=/tmp',
  '-r=/tmp/x.js',
];

describe('which switches are refused', () => {
  const ask = (argv: readonly string[], platform = 'linux') =>
    refusedSwitches(argv, { platform, noSandbox: false, inspectable: false });

  it('all that are not known to be of use', () => {
    for (const word of REFUSED) expect(ask([word]), word).toEqual([word.replace(/=.*/, '')]);
    expect(ask(['--practice', '--lang=de', '--ozone-platform=wayland', '/home/kim/office.relayready'])).toEqual([]);
  });
  it('as Windows writes them, too', () => {
    expect(ask(['/no-sandbox', '--JS-FLAGS=x', '--PRACTICE'], 'win32')).toEqual(['/no-sandbox', '--JS-FLAGS']);
  });
  it('not the names of macOS', () => {
    expect(ask(['-psn_0_1234', '-AppleLanguages', '(de)', '--psn', '-Apple'], 'darwin')).toEqual(['--psn', '-Apple']);
  });
  it('the sandbox that a variable switched off', () => {
    expect(refusedSwitches([], { platform: 'linux', noSandbox: true, inspectable: false })).toEqual(['--no-sandbox']);
  });
});

describe.skipIf(missing !== '')(`the packaged program${missing === '' ? '' : `: ${missing}`}`, () => {
  let home: Home;
  beforeAll(() => {
    home = newHome();
  });
  afterAll(() => home.remove());

  /** It never shows a window, opens a port or writes a set-up: it says why and ends. */
  const refuses = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const program = start({ home, args, env });
    const code = await program.ended;
    return { code, text: program.output() };
  };

  it('does not start with any of the switches that loosen it', async () => {
    const { code, text } = await refuses(REFUSED.filter((word) => !word.startsWith('--no-sandbox')));
    expect(code, text).toBe(2);
    expect(text).not.toContain('DevTools listening');
    for (const word of REFUSED) if (word !== '--no-sandbox') expect(text).toContain(word.replace(/=.*/, ''));
    for (const args of [['--no-sandbox'], ['--remote-debugging-port=0'], ['--inspect=0'], ['--disable-web-security']]) {
      const one = await refuses(args);
      expect(one.code, one.text).toBe(2);
      expect(one.text).toContain('RelayReady does not start with');
      expect(one.text).not.toMatch(/listening on/);
    }
    // Chromium opens its log before anybody is asked; nothing was asked of the network.
    const log = existsSync(NET_LOG) ? readFileSync(NET_LOG, 'utf8') : '';
    expect(log).not.toMatch(/https?:\/\/[a-z]/);
    rmSync(NET_LOG, { force: true });
    expect(existsSync('/tmp/relayready-keys')).toBe(false);
  });

  it('does not start when a variable switches its sandbox off', async () => {
    const { code, text } = await refuses([], { ELECTRON_DISABLE_SANDBOX: '1' });
    expect(code, text).toBe(2);
    expect(text).toContain('--no-sandbox');
  });

  it('starts in its sandbox, is no Node program, loads no module and no port for anybody’s variables', async () => {
    const { released } = packaged();
    const planted = path.join(home.folder, 'planted.cjs');
    const mark = path.join(home.folder, 'planted-ran');
    writeFileSync(planted, `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`);
    const keys = path.join(home.folder, 'keys');
    const program = start({
      home,
      args: ['--practice'],
      env: {
        ELECTRON_RUN_AS_NODE: '1',
        NODE_OPTIONS: `--require ${planted} --inspect=0`,
        NODE_EXTRA_CA_CERTS: path.join(home.folder, 'no.pem'),
        SSLKEYLOGFILE: keys,
        NODE_TLS_REJECT_UNAUTHORIZED: '0',
      },
    });
    try {
      const pages = await until(`a page process; it said ${program.output()}`, () => {
        const found = processesOf(path.join(released, 'relayready'), '--type=renderer');
        return found.length > 0 ? found : null;
      });
      const status = await until('the page in its sandbox', () => {
        const text = readFileSync(`/proc/${pages[0]}/status`, 'utf8');
        return /^Seccomp:\t2$/m.test(text) ? text : null;
      });
      expect(status).toMatch(/^NoNewPrivs:\t1$/m);
      await until('the page of the practice', () => existsSync(path.join(home.folder, 'data')) || null);
      expect(existsSync(mark)).toBe(false);
      expect(existsSync(keys)).toBe(false);
      expect(program.output()).not.toMatch(/Debugger listening|DevTools listening|extra certs/i);
    } finally {
      await program.stop();
    }
  });

  it('runs nothing but its archive; a changed archive is refused where the platform checks it', async () => {
    const { released } = packaged();
    const copy = path.join(home.folder, 'copy');
    linked(released, copy);
    const whole = start({ home, build: copy, args: ['--practice'] });
    await until('the copy runs as it is', () => processesOf(path.join(copy, 'relayready'), '--type=renderer')[0]);
    await whole.stop();
    const resources = path.join(copy, 'resources');
    rmSync(path.join(resources, 'app.asar'));
    mkdirSync(path.join(resources, 'app'));
    writeFileSync(path.join(resources, 'app/package.json'), '{"main":"x.js"}');
    const mark = path.join(home.folder, 'other-ran');
    writeFileSync(path.join(resources, 'app/x.js'), `require('fs').writeFileSync(${JSON.stringify(mark)},'')`);
    const program = start({ home, build: copy });
    const code = await Promise.race([
      program.ended,
      new Promise((resolve) => setTimeout(resolve, 15_000, 'still there')),
    ]);
    await program.stop();
    expect(existsSync(mark)).toBe(false);
    expect(code).not.toBe('still there');
    expect(processesOf(path.join(copy, 'relayready'), '--type=renderer')).toEqual([]);
    console.log(
      'A changed byte in app.asar is not tried here: Electron checks the archive on Windows and macOS only (docs/tutorial/asar-integrity.md). The fuse is on.',
    );
  });
});

/** The same files once more, without their bytes; the folder of resources as a copy. */
function linked(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true }))
    if (!entry.isDirectory()) linkSync(path.join(from, entry.name), path.join(to, entry.name));
    else cpSync(path.join(from, entry.name), path.join(to, entry.name), { recursive: true });
}
