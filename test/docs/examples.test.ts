/** The ready examples of the pages run as they stand there: the line for cron and the job of a pipeline, by their exit codes. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../electron/commands/command-line.ts';
import { runApart } from '../helpers/run-apart.ts';
import { startFleetWorld, type FleetWorld } from '../electron/fleet/fleet-world.ts';

const page = (name: string): string => readFileSync(path.join(root, 'docs', name), 'utf8');
const block = (text: string, language: string): string =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1] ?? '';
const cron = /^17 5 \* \* \* (.*)$/m.exec(block(page('regular-looks.md'), 'crontab'))?.[1] ?? '';
const job = parse(block(page('fleet.md'), 'yaml')) as { jobs: { look: { steps: { name?: string; run?: string }[] } } };
const step = job.jobs.look.steps.find(({ name }) => name?.startsWith('Look again') === true)?.run ?? '';

let folder = '';
let world: FleetWorld;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
  world = await startFleetWorld(folder, 8);
  mkdirSync(path.join(folder, 'tools'));
  // The installed command, in the simulated world.
  const command = path.join(folder, 'tools', 'relayready');
  writeFileSync(
    command,
    `#!/bin/sh\nexec "${process.execPath}" "${root}bin/relayready.mjs" "$@" --environment "${world.environmentFile}"\n`,
  );
  chmodSync(command, 0o755);
  symlinkSync(path.join(root, 'bin'), path.join(folder, 'bin'));
});
afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The first is well; the name server of the eighth fails. */
const list = (at: number): void =>
  writeFileSync(
    path.join(folder, 'clients.csv'),
    `client,domain,publicIps\nContoso,client-${at}.example,198.51.100.${at + 1}\n`,
  );
const run = (shell: string, script: string) =>
  runApart(shell, ['-c', script], {
    cwd: folder,
    env: {
      PATH: `${folder}/tools:${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      RELAYREADY_DATA: path.join(folder, 'data'),
    },
  });

describe.skipIf(spawnSync('bash', ['--version']).status !== 0)('an example', () => {
  it('cron: silent until somebody has to know', { timeout: 60_000 }, async () => {
    const line = cron.replace('/srv/relays', folder);
    expect(line).toContain(folder);
    list(0);
    expect(await run('sh', line)).toMatchObject({ code: 0, stdout: '' });
    world.setText('client-0.example', ['v=spf1 -all']);
    const news = await run('sh', line);
    expect(news.stdout).toContain('"after":["v=spf1 -all"]');
    expect(news.stdout).toContain('1 with something new');
    list(7);
    expect(await run('sh', line)).toMatchObject({ code: 0, stdout: '' });
    writeFileSync(path.join(folder, 'clients.csv'), 'client,domain\nContoso,nowhere\n');
    expect((await run('sh', line)).stdout).toContain('clients.csv:2');
  });

  it('pipeline: red for news and bad rows, a warning for what could not be told', { timeout: 60_000 }, async () => {
    const script = step.replace('fleet look', `fleet look --environment "${world.environmentFile}"`);
    expect(script).not.toBe(step);
    list(0);
    expect(await run('bash', script)).toMatchObject({ code: 0, stdout: '' });
    world.setText('client-0.example', ['v=spf1 -all']);
    expect((await run('bash', script)).code).toBe(3);
    expect((await run('bash', script)).code).toBe(0);
    list(7);
    const unclear = await run('bash', script);
    expect(unclear).toMatchObject({ code: 0, stdout: '::warning::some clients could not be told\n' });
    expect(readFileSync(path.join(folder, 'looked.jsonl'), 'utf8')).toContain('"verdict":"cannot-tell"');
  });
});
