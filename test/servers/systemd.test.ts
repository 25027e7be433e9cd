/** A real systemd of a person's own, in a name space where it is alone: the regular look is installed, timed, started, and taken away. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../electron/commands/command-line.ts';
import { startFleetWorld, type FleetWorld } from '../electron/fleet/fleet-world.ts';
import { fakeTools, treeOf, type FakeTools } from '../electron/schedule/fake-tools.ts';
import { runApart } from '../helpers/run-apart.ts';

const SYSTEMD = '/lib/systemd/systemd';
const ALONE = ['-m', '-p', '-f', '--mount-proc'];
const missing = !existsSync(SYSTEMD)
  ? 'there is no systemd'
  : spawnSync('unshare', [...ALONE, 'mount', '-t', 'tmpfs', 'tmpfs', '/run']).status === 0
    ? null
    : 'no name space of its own can be had';
if (missing !== null) console.log(`The regular look is not tried with a real systemd: ${missing}`);

let folder = '';
let home = '';
let world: FleetWorld;
let tools: FakeTools;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
  home = path.join(folder, 'home');
  mkdirSync(home);
  world = await startFleetWorld(folder, 1);
  tools = fakeTools(path.join(folder, 'tools'), home);
  // Of the tools only the desktop is made up.
  rmSync(path.join(folder, 'tools/bin/systemctl'));
});
afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs it as somebody who is signed in; each `step NAME COMMAND…` becomes an entry with its code and what it said. */
async function signedIn(
  script: string,
): Promise<ReadonlyMap<string, { readonly code: number; readonly said: string }>> {
  const file = path.join(folder, 'session.sh');
  writeFileSync(
    file,
    `mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system /run/user/0 && chmod 700 /run/user/0 || exit 9
export XDG_RUNTIME_DIR=/run/user/0 SYSTEMD_LOG_TARGET=console
unset DBUS_SESSION_BUS_ADDRESS XDG_CONFIG_HOME XDG_DATA_HOME
${SYSTEMD} --user >"$HOME/../systemd.log" 2>&1 &
manager=$!
for _ in $(seq 600); do [ "$(systemctl --user is-system-running 2>/dev/null)" = running ] && break; sleep 0.1; done
# As a desktop does with its own variables.
systemctl --user import-environment PATH RECORD
step() { name=$1; shift; said=$("$@" 2>&1); printf '\\001%s\\002%s\\002%s' "$name" "$?" "$said"; }
relayready() { "$NODE" "$PROGRAM" "$@"; }
${script}
kill "$manager"; wait "$manager"
`,
  );
  const ran = await runApart('unshare', [...ALONE, 'bash', file], {
    env: {
      ...process.env,
      ...tools.env,
      NODE: process.execPath,
      PROGRAM: path.join(root, 'bin/relayready.mjs'),
      // Spaces, a specifier, a variable and quotes, all the way through.
      RELAYREADY_DATA: path.join(home, `da ta 100%h $HOME "it's" ü`),
      WORLD: world.environmentFile,
      CLIENTS: path.join(folder, 'clients.csv'),
    },
  });
  expect(ran.code, ran.stderr).not.toBe(9);
  return new Map(
    ran.stdout
      .split('\u0001')
      .slice(1)
      .map((entry) => entry.split('\u0002'))
      .map(([name = '', code, said = '']) => [name, { code: Number(code), said }]),
  );
}

describe.skipIf(missing !== null)('a real systemd', () => {
  it('runs the regular look, and knows nothing of it afterwards', { timeout: 120_000 }, async () => {
    writeFileSync(path.join(folder, 'clients.csv'), 'client,domain,publicIps\nContoso,client-0.example,198.51.100.1\n');
    world.setText('client-0.example', ['v=spf1 -all']);
    const steps = await signedIn(`
step import relayready fleet import "$CLIENTS" --environment "$WORLD"
step install relayready schedule install --yes --at 06:15 --away --environment "$WORLD"
step timers systemctl --user list-timers
step run systemctl --user start relayready-look.service
step result systemctl --user show relayready-look.service --property=Result,ExecMainStatus,NoNewPrivileges,TimeoutStartUSec
step replace relayready schedule install --yes --every week --on friday --at 18:45
step replaced systemctl --user show relayready-look.timer --property=TimersCalendar
step status relayready schedule status --json
step remove relayready schedule remove --yes
step left systemctl --user list-timers --all
step again relayready schedule remove --yes
`);
    const of = (name: string) => steps.get(name) ?? { code: NaN, said: `no step ${name}` };
    expect(of('import').said).toContain('1 added');
    expect(of('install').said).toContain('The regular look is installed');
    expect(of('timers').said).toContain('relayready-look.service');
    expect(of('run'), of('run').said).toMatchObject({ code: 0 });
    // Something is new, and that is no failure of the unit.
    expect(of('result').said.split('\n').sort()).toEqual([
      'ExecMainStatus=3',
      'NoNewPrivileges=yes',
      'Result=success',
      'TimeoutStartUSec=1h 5min',
    ]);
    expect(tools.told().map((words) => [words[0], words[4]])).toEqual([
      ['notify-send', 'RelayReady: something is new at Contoso'],
    ]);
    expect(of('replaced').said).toContain('OnCalendar=Fri *-*-* 18:45:00');
    expect(JSON.parse(of('status').said)).toMatchObject({
      state: 'installed',
      installed: { on: 'friday' },
      problems: [],
    });
    expect(JSON.parse(of('status').said)).not.toMatchObject({ lastLook: null });
    expect(of('remove').said).toContain('No regular look is installed.');
    expect(of('left').said).toContain('0 timers listed.');
    for (const name of ['install', 'replace', 'status', 'remove', 'again'])
      expect(of(name), name).toMatchObject({ code: 0 });
    const own = Object.keys(treeOf(home)).filter((name) => !name.startsWith('da ta'));
    expect(own.sort()).toEqual(['.config', '.local', '.local/share']);
  });
});
