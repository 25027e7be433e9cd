/** systemd's own checker reads the units: with plain and with hostile paths it has nothing to say, and of a broken one it does. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lookWords, Schedule } from '../../../core/schedule/schedule.ts';
import { systemdUnits } from '../../../core/schedule/systemd.ts';

const there = spawnSync('systemd-analyze', ['--version']).status === 0;
if (!there) console.log('systemd’s checker does not run: there is no systemd-analyze on this computer');

const folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function verify(units: { readonly service: string; readonly timer: string }): {
  readonly code: number | null;
  readonly said: string;
} {
  const files = (['service', 'timer'] as const).map((kind) => {
    const file = path.join(folder, `relayready-look.${kind}`);
    writeFileSync(file, units[kind]);
    return file;
  });
  const ran = spawnSync('systemd-analyze', ['verify', '--user', '--man=no', ...files], {
    encoding: 'utf8',
    timeout: 30_000,
    env: { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder },
  });
  return { code: ran.status, said: ran.stdout + ran.stderr };
}

const unitsFor = (name: string, more: object = {}, packaged = false) => {
  const file = path.join(folder, name, 'node');
  mkdirSync(path.dirname(file), { recursive: true });
  copyFileSync('/bin/true', file);
  const schedule = Schedule.parse({ place: 'office', environmentFile: `/srv/${name}.json`, ...more });
  const words = lookWords(schedule, `/home/${name}/data`, 'en');
  return systemdUnits({ program: { file, args: [`/opt/${name}/bin.mjs`], packaged }, words }, schedule);
};

describe.skipIf(!there)('systemd-analyze verify', () => {
  it.each([
    ['plain', {}],
    ['two words', { every: 'week', on: 'wednesday', at: '23:59' }],
    ['100%h $HOME ${x} 漢ü😀', {}],
    [`it's "quoted" \\ back & <more>; #no`, { every: 'week', on: 'sunday' }],
  ])('takes %s', (name, more) => {
    for (const packaged of [false, true]) expect(verify(unitsFor(name, more, packaged))).toEqual({ code: 0, said: '' });
  });

  it('speaks up about what is wrong', () => {
    const { service, timer } = unitsFor('plain');
    expect(verify({ service: service.replace('UMask=0077', 'UMask=x'), timer }).said).toContain('mode value');
    expect(verify({ service: service.replace('NoNewPrivileges', 'NoNewPrivilege'), timer }).said).toContain(
      'Unknown key',
    );
    expect(verify({ service: service.replaceAll('/node"', '/nothing"'), timer }).code).toBe(1);
    expect(verify({ service, timer: timer.replace('*-*-*', 'Someday') }).code).toBe(1);
  });
});
