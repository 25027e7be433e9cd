/** Stands in for the tools of three systems: each writes down what it was told and remembers what it would run; real files, no real scheduler. */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

const TOOLS: Readonly<Record<string, string>> = {
  systemctl: `
units="$HOME/.config/systemd/user"
case "$*" in
*" show "*) if [ -e "$STATE/active" ]; then printf 'ActiveState=active\\nUnitFileState=enabled\\n'; else printf 'ActiveState=inactive\\nUnitFileState=disabled\\n'; fi ;;
*" enable "*) mkdir -p "$units/timers.target.wants" && ln -sf ../relayready-look.timer "$units/timers.target.wants/relayready-look.timer" ;;
*" restart "*) : > "$STATE/active" ;;
*" disable "*) rm -f "$STATE/active" "$units/timers.target.wants/relayready-look.timer" ;;
esac`,
  launchctl: `
case "$1" in
print) [ -e "$STATE/active" ] || { echo "Could not find service" >&2; exit 113; } ;;
bootstrap) : > "$STATE/active" ;;
bootout) [ -e "$STATE/active" ] || exit 3; rm "$STATE/active" ;;
esac`,
  'schtasks.exe': `
case "$1" in
/Query) [ -e "$STATE/active" ] || { echo "ERROR: The system cannot find the file specified." >&2; exit 1; }; cat "$STATE/active" ;;
/Create) printf '<Source>RelayReady</Source>' > "$STATE/active" ;;
/Delete) rm "$STATE/active" ;;
esac`,
  'notify-send': '',
};

export type FakeTools = {
  readonly env: Readonly<Record<string, string>>;
  /** What was run since it was asked last: the tool, then each word. */
  readonly told: () => readonly (readonly string[])[];
  /** From now on the tool answers so. */
  readonly answerWith: (tool: string, script: string) => void;
};

/** @param folder an empty one */
export function fakeTools(folder: string, home: string): FakeTools {
  const bin = path.join(folder, 'bin');
  const state = path.join(folder, 'state');
  const record = path.join(folder, 'record');
  for (const one of [bin, state]) mkdirSync(one, { recursive: true });
  const write = (tool: string, script: string): void => {
    const file = path.join(bin, tool);
    // Each word ends with a zero byte, each command with another: no word can pretend to be two.
    writeFileSync(file, `#!/bin/sh\nprintf '%s\\0' ${tool} "$@" >> "$RECORD"\nprintf '\\0' >> "$RECORD"\n${script}\n`);
    chmodSync(file, 0o755);
  };
  for (const [tool, script] of Object.entries(TOOLS)) write(tool, script);
  return {
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: home, STATE: state, RECORD: record },
    told: () => {
      const text = existsSync(record) ? readFileSync(record, 'utf8') : '';
      writeFileSync(record, '');
      const commands: string[][] = [[]];
      for (const word of text.split('\0').slice(0, -1))
        if (word === '' && commands.at(-1)?.length !== 0 && text !== '') commands.push([]);
        else commands.at(-1)?.push(word);
      return commands.filter((words) => words.length > 0);
    },
    answerWith: write,
  };
}

/** Every file, link and folder below, with what is in it. */
export function treeOf(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((name) => {
        const file = path.join(folder, name);
        const info = lstatSync(file);
        if (info.isSymbolicLink()) return [name, `-> ${readlinkSync(file)}`];
        return [name, info.isDirectory() ? '/' : readFileSync(file, 'utf8')];
      }),
  );
}
