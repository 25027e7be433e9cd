/** The program as people start it: its language before anything else, quiet on wish, and a reader who goes away in the middle of a change. */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPractice, type PracticeWorld } from '../../../electron/practice/practice.ts';
import { languageFor } from '../../../electron/storage/languages.ts';
import { relayready } from '../commands/command-line.ts';

let folder = '';
let world: PracticeWorld;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
  world = await startPractice({ scenario: 'all-well', signal: AbortSignal.timeout(600_000) });
  await world.writeEnvironment(folder);
});
afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true, force: true });
});
const run = (...args: readonly string[]) => relayready(args, { dataFolder: path.join(folder, 'data') });

it('speaks the language asked for, wherever that stands and whatever else is wrong', async () => {
  const t = await languageFor('de');
  const use = t('Use: relayready COMMAND [options]');
  expect(use).not.toContain('Use:');
  const [help, behind, command, option] = await Promise.all([
    run('--help', '--language', 'de'),
    run('--language', 'de', '--help'),
    run('chekc', '--language=de'),
    run('--language', 'de', 'check', '--dommain', 'x'),
  ]);
  for (const { stdout, code } of [help, behind]) {
    expect(code).toBe(0);
    expect(stdout).toContain(use);
  }
  expect(command.code).toBe(2);
  expect(command.stderr).toContain(t('There is no command “{name}”.', { name: 'chekc' }));
  expect(option.code).toBe(2);
  expect(option.stderr).toContain(t('There is no option {option}.', { option: '--dommain' }));
  for (const { stderr } of [command, option]) expect(stderr).not.toContain('There is no');
}, 60_000);

it('--quiet leaves nothing but the result, before and behind the command', async () => {
  const arguments_ = ['explain', '550 5.7.64 TenantAttribution; Relay Access Denied'];
  const [loud, before, behind] = await Promise.all([
    run(...arguments_),
    run('--quiet', ...arguments_),
    run(...arguments_, '-q'),
  ]);
  expect(loud.stdout).not.toBe('');
  for (const quiet of [before, behind]) expect(quiet).toEqual({ code: loud.code, stdout: loud.stdout, stderr: '' });
}, 60_000);

it('a reader of the output who goes away does not end the change', async () => {
  const args = [
    'apply',
    '--environment',
    path.join(folder, 'environment.json'),
    '--profile',
    path.join(folder, 'profile.json'),
    '--yes',
    '--no-browser',
  ];
  let child: ChildProcess | null = null;
  const { code, stderr } = await relayready(args, {
    dataFolder: path.join(folder, 'data'),
    onStart: (started) => (child = started),
    signIn: async (url) => {
      child?.stdout?.destroy();
      await world.signIn(url);
    },
  });
  expect(code, stderr).toBe(0);
  expect(world.tenant.connectors).toHaveLength(1);
}, 60_000);
