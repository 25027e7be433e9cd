/** What sign-in gives out is found nowhere: not in files, documents, standard output, standard error, nor after a refusal or a crash. */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPractice, type PracticeWorld } from '../../../electron/practice/practice.ts';
import { logBug } from '../../../electron/log.ts';
import { standBetween, type Between } from './between.ts';
import { relayready, type Ran } from './command-line.ts';

let world: PracticeWorld;
let between: Between;
let folder = '';
let dataFolder = '';
/** All that was printed, by command. */
const printed: { readonly what: string; readonly text: string; readonly document: string }[] = [];
beforeAll(async () => {
  world = await startPractice({ scenario: 'all-well', signal: AbortSignal.timeout(300_000) });
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
  dataFolder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
  await world.writeEnvironment(folder);
  between = await standBetween(world, folder);
});
afterAll(async () => {
  await between.close();
  await world.stop();
  for (const one of [folder, dataFolder]) rmSync(one, { recursive: true, force: true });
});

type Running = { readonly onStart?: (child: ChildProcess) => void; readonly signIn?: (url: string) => Promise<void> };

async function run(command: string, args: readonly string[], { onStart, signIn }: Running = {}): Promise<Ran> {
  const ran = await relayready(
    [
      command,
      ...args,
      '--json',
      '--no-browser',
      '--environment',
      between.environment,
      '--profile',
      path.join(folder, 'profile.json'),
    ],
    { dataFolder, signIn: signIn ?? world.signIn, ...(onStart ? { onStart } : {}) },
  );
  printed.push({ what: `${command} ${args.join(' ')}`, text: `${ran.stdout}\n${ran.stderr}`, document: ran.stdout });
  return ran;
}

const filesIn = (place: string): readonly (readonly [string, string])[] =>
  readdirSync(place, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(place, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => [file, readFileSync(file, 'latin1')]);

/** In any spelling somebody may have copied it in. */
const spellings = (secret: string): readonly string[] => [
  secret,
  secret.slice(0, 16),
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').slice(0, 24),
  Buffer.from(secret).toString('hex').slice(0, 32),
];

function expectNoSecret(): void {
  const { secrets, account } = world.tenant;
  expect(secrets.length).toBeGreaterThan(10);
  const places = [
    ...filesIn(dataFolder).map(([name, text]) => [`file ${path.basename(name)}`, text] as const),
    ...filesIn(folder)
      .filter(([name]) => !name.endsWith('.pem'))
      .map(([name, text]) => [`file ${path.basename(name)}`, text] as const),
    ...printed.map(({ what, text }) => [what, text] as const),
  ];
  expect(places.length).toBeGreaterThan(5);
  const found = places.flatMap(([where, text]) =>
    secrets.filter((secret) => spellings(secret).some((spelling) => text.includes(spelling))).map(() => where),
  );
  expect(found).toEqual([]);
  for (const [where, text] of places)
    expect(text, where).not.toMatch(/Bearer (?!\[)|refresh_token=(?!\[)|code_verifier|eyJ[\w-]{20,}/);
  // Who signed in is told to that person, and kept by nobody.
  for (const [name, text] of filesIn(dataFolder)) expect(text, name).not.toContain(account);
  for (const { what, document } of printed) expect(document, what).not.toContain(account);
}

describe('secrets', () => {
  it('stay nowhere after plan, apply, trace, test, report and undo', async () => {
    expect((await run('plan', [])).code).toBe(3);
    expect((await run('apply', ['--yes'])).code).toBe(0);
    expect((await run('apply', ['--yes'])).code).toBe(0);
    expect([0, 3]).toContain((await run('check', ['--signed-in'])).code);
    await run('test', ['--to', 'office@contoso.com', '--yes']);
    await run('trace', ['--message-id', world.messages()[0]?.messageId ?? '<none@contoso.com>']);
    expect((await run('undo', ['--yes'])).code).toBe(0);
    expectNoSecret();
  }, 60_000);

  it('stay nowhere after a sign-in that is refused, and one that is answered wrongly', async () => {
    const answer = (fields: Record<string, string>) => async (url: string) => {
      const query = new URL(url).searchParams;
      const body = new URLSearchParams({ ...fields, state: query.get('state') ?? '' });
      await fetch(query.get('redirect_uri') ?? '', { method: 'POST', body });
    };
    const planted = 'planted-code-0123456789abcdef';
    world.tenant.secrets.push(planted);
    const declined = { error: 'access_denied', error_description: `AADSTS65004: declined, code=${planted}` };
    expect((await run('apply', ['--yes'], { signIn: answer(declined) })).code).toBe(4);
    expect((await run('apply', ['--yes'], { signIn: answer({ code: planted }) })).code).toBe(4);
    expectNoSecret();
  }, 30_000);

  it('stay nowhere after the program was killed in the middle', async () => {
    world.tenant.connectors = [];
    between.watch((body) => (body.includes('New-InboundConnector') ? 'hold-answer' : 'pass'));
    const { reached } = between;
    await run('apply', ['--yes'], { onStart: (child) => void reached.then(() => child.kill('SIGKILL')) });
    between.watch(() => 'pass');
    expect(world.tenant.connectors).toHaveLength(1);
    expectNoSecret();
  }, 30_000);

  it('stay out of the log of a mistake of ours, whatever it carries', async () => {
    const [secret = ''] = world.tenant.secrets;
    const error = new Error(
      `Authorization: Bearer eyJhbGciOiJub25lIn0.${secret}.x for ${world.tenant.account} refresh_token=${secret}`,
    );
    await logBug(dataFolder, error);
    expectNoSecret();
    const logs = filesIn(dataFolder).filter(([name]) => name.endsWith('.log'));
    expect(logs.length).toBeGreaterThan(0);
  });
});
