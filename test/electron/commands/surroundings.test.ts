/** The command line in surroundings that are against it: proxies, closed pipes, no terminal, odd folders and languages, several at once. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root, type Ran } from './command-line.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-around-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Surroundings = {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly onStart?: (child: ChildProcess) => void;
};
async function run(args: readonly string[], { env = {}, cwd = root, onStart }: Surroundings = {}): Promise<Ran> {
  const child = spawn(process.execPath, [path.join(root, 'bin/relayready.mjs'), ...args], {
    env: { ...process.env, RELAYREADY_DATA: folder, ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  onStart?.(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}
const PRACTICE = ['practice', '--json'];

it('a proxy in the environment never gets what is for this computer', async () => {
  let calls = 0;
  const proxy = net.createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];
  const env = { ...Object.fromEntries(names.map((name) => [name, address])), NODE_USE_ENV_PROXY: '1', NO_PROXY: '' };
  try {
    const { code, stderr } = await run(PRACTICE, { env });
    expect([code, calls], stderr).toEqual([0, 0]);
  } finally {
    proxy.close();
  }
});

describe('a reader that goes away', () => {
  it.each([['--help'], ['explain', '550 5.7.64 TenantAttribution; Relay Access Denied'], ['practice']])(
    '%s ends without a word about it',
    async (...args) => {
      const { code, stderr } = await run(args, { onStart: (child) => child.stdout?.destroy() });
      expect(stderr).not.toMatch(/EPIPE|Error|at .*\.js:/);
      expect(code).not.toBeNull();
      expect([0, 3]).toContain(code);
    },
  );
});

describe('stopped by the person', () => {
  /** It waits for a scanner. */
  const LISTEN = ['practice', '--listen'];
  const started = (child: ChildProcess, then: () => void): void => {
    let heard = '';
    let told = false;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        heard += chunk.toString();
        if (told || heard.length < 40) return;
        told = true;
        then();
      });
  };
  it.each(['SIGINT', 'SIGTERM'] as const)('%s: says so and gives its code', async (signal) => {
    const { code, stderr } = await run(LISTEN, {
      onStart: (child) => started(child, () => void child.kill(signal)),
    });
    expect([code, /\n\s+at /.test(stderr)], stderr).toEqual([130, false]);
  });
  it('twice: ends at once', async () => {
    const { code } = await run(LISTEN, {
      onStart: (child) =>
        started(child, () => {
          child.kill('SIGINT');
          child.kill('SIGINT');
        }),
    });
    expect(code).toBe(130);
  });
});

it('where nobody can be asked, it names what is missing instead of waiting', async () => {
  const { code, stdout, stderr } = await run(['apply', '--json'], { env: { CI: '1' } });
  expect(code, stdout + stderr).toBe(2);
});

it.each<[string, NodeJS.ProcessEnv]>([
  ['a terminal of ASCII', { LANG: 'C', LC_ALL: 'C', TERM: 'dumb', NO_COLOR: '1', COLUMNS: '80' }],
  ['a language nobody knows', { LANG: 'xx_YY.UTF-8', LC_ALL: '', LANGUAGE: 'xx' }],
  ['a language that is a path', { LANG: '../../../../etc/passwd', LC_ALL: '../x' }],
])('in %s: the same document and the same code', async (_, env) => {
  const { code, stdout, stderr } = await run([...PRACTICE, '--scenario', 'spf-wrong'], { env });
  expect(code, stderr).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ schema: 'relayready/report@1', verdict: 'action-needed' });
});

it('a hostile folder to stand in changes nothing', async () => {
  const here = path.join(folder, `-rf "$(x)" 'ü\n`);
  mkdirSync(path.join(here, 'node_modules/zod'), { recursive: true });
  writeFileSync(path.join(here, 'package.json'), '{"type":"commonjs","main":"evil.js"}');
  writeFileSync(path.join(here, 'node_modules/zod/index.js'), 'throw new Error("taken in from the working folder")');
  writeFileSync(path.join(here, '.env'), 'RELAYREADY_DATA=/nowhere\n');
  const { code, stderr } = await run(PRACTICE, { cwd: here });
  expect(code, stderr).toBe(0);
});

it('works with a data folder of letters, blanks and a path of more than 260 characters', async () => {
  const far = path.join(folder, 'Ünïcödé 名前', ...Array.from({ length: 5 }, () => 'a b'.repeat(18)));
  expect(far.length).toBeGreaterThan(260);
  const { code, stderr } = await run(PRACTICE, { env: { RELAYREADY_DATA: far } });
  expect(code, stderr).toBe(0);
});

it('four at once with one data folder: each its whole document', async () => {
  const ran = await Promise.all(Array.from({ length: 4 }, () => run(PRACTICE)));
  expect(ran.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  for (const { stdout } of ran) expect(JSON.parse(stdout)).toMatchObject({ verdict: 'ready' });
  const lines = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  for (const name of lines)
    for (const line of readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n')) JSON.parse(line);
});
