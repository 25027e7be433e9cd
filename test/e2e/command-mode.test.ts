/** The window's program runs one command without a window and without a display, as a scheduler starts it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { ScheduleDocument } from '../../core/schedule/schedule.ts';
import { runApart } from '../helpers/run-apart.ts';

const root = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));
const electron = inject('electron');

const folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(file: string, args: readonly string[]) {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env;
  return runApart(file, args, {
    env: { ...env, HOME: folder, RELAYREADY_DATA: path.join(folder, 'data') },
  });
}

describe.skipIf(electron === null || process.platform !== 'linux')('the window’s program', () => {
  it('shows itself as what the scheduler starts, and runs what it showed', { timeout: 120_000 }, async () => {
    const shown = await run(electron ?? '', ['--no-sandbox', root, '--', 'schedule', 'show', '--json']);
    expect(shown.code).toBe(0);
    const { command, files } = ScheduleDocument.parse(JSON.parse(shown.stdout));
    const switches = ['--no-sandbox', '--no-zygote', '--log-level=3'];
    expect(command.slice(1, 9)).toEqual([...switches, root, '--', 'fleet', 'look', '--notify']);
    // An AppImage could not be mounted under it.
    expect(files[0]?.content).not.toContain('NoNewPrivileges');
    const [file = '', ...args] = command;
    expect(await run(file, args)).toMatchObject({ code: 0, stdout: '' });
    expect((await run(file, [...args, '--away', '--office'])).code).toBe(2);
  });
});
