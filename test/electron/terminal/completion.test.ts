/** Completion as the shells themselves do it; a shell that is not here is named with its reason. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { english, say } from '../../../core/text.ts';
import { COMMON_OPTIONS } from '../../../electron/terminal/arguments.ts';
import { loadCommands, type NamedCommand } from '../../../electron/terminal/commands.ts';
import { completion, SHELLS } from '../../../electron/terminal/completion.ts';
import { stringsOf, tokenize } from '../../helpers/powershell-tokens.ts';

const commands = await loadCommands();
const has = (shell: string): boolean => {
  const there = spawnSync(shell, ['--version']).status === 0;
  if (!there) console.log(`${shell} is not installed here: its completion is only read, not run.`);
  return there;
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
  writeFileSync(path.join(folder, 'con toso.json'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** @param words as bash splits them; the last is the one to complete */
function complete(words: readonly string[], table = commands): readonly string[] {
  const script = `${completion('bash', table, english)}
COMP_WORDS=(relayready "$@"); COMP_CWORD=$#
_relayready 2>/dev/null
if (( \${#COMPREPLY[@]} )); then printf '%s\\n' "\${COMPREPLY[@]}"; fi`;
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', script, 'bash', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.split('\n').filter(Boolean);
}

const hostile: NamedCommand = {
  name: 'hostile',
  summary: say("It’s ' $(touch harm) `touch harm` ‘x"),
  usage: '',
  options: {
    pick: { type: 'string', values: ["a'$(touch harm)", '`touch harm`', 'a b'], help: say("it's $(touch harm) ’; x") },
  },
  examples: [],
  run: async () => 0,
};

describe.skipIf(!has('bash'))('bash', () => {
  it('completes commands, and the options of each', () => {
    expect(complete([''])).toEqual(commands.map(({ name }) => name));
    expect(complete(['ch'])).toEqual(['check']);
    for (const { name, options } of commands) {
      const offered = complete([name, '--']);
      for (const option of Object.keys({ ...COMMON_OPTIONS, ...options })) expect(offered).toContain(`--${option}`);
    }
    expect(complete(['check', '--for-nothing'])).toEqual([]);
  });

  it('completes verbs, values and files', () => {
    expect(complete(['fleet', ''])).toEqual(expect.arrayContaining(['check', 'look', 'import', 'export']));
    expect(complete(['completion', ''])).toEqual(SHELLS);
    expect(complete(['report', '--kind', 'h'])).toEqual(['handover']);
    expect(complete(['report', '--kind', '=', 'h'])).toEqual(['handover']);
    expect(complete(['report', '--kind=h'])).toEqual(['--kind=handover']);
    expect(complete(['check', '--profile', 'con'])).toEqual(['con toso.json']);
    expect(complete(['fleet', 'import', 'con'])).toEqual(['con toso.json']);
    expect(complete(['check', '--domain', 'con'])).toEqual([]);
  });

  it('finds the command behind options that stand before it', () => {
    expect(complete(['--language', 'd'])).toEqual(['de']);
    expect(complete(['--language', 'de', '--quiet', 'ch'])).toEqual(['check']);
    expect(complete(['--language', '=', 'de', 'report', '--kind', 'c'])).toEqual(['checklist']);
  });

  it('runs nothing of what stands in a value', () => {
    expect(complete(['hostile', '--pick', 'a'], [hostile])).toHaveLength(2);
    expect(complete(['hostile', '--pick', ''], [hostile])).toContain(String.raw`a\ b`);
    expect(existsSync(path.join(folder, 'harm'))).toBe(false);
  });
});

describe.each(['zsh', 'fish'] as const)('%s', (shell) => {
  it.skipIf(!has(shell))('reads the script without complaint', () => {
    for (const table of [commands, [hostile]]) {
      const file = path.join(folder, `completion.${shell}`);
      writeFileSync(file, completion(shell, table, english));
      expect(spawnSync(shell, ['-n', file], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    }
  });
});

it.each(SHELLS)('%s: every command and option is in it', (shell) => {
  const script = completion(shell, commands, english);
  for (const { name, options } of commands) {
    expect(script).toContain(`'${name}`);
    for (const option of Object.keys({ ...COMMON_OPTIONS, ...options }))
      expect(script).toContain(shell === 'fish' ? ` -l ${option} ` : `--${option}'`);
  }
});

it('PowerShell: whole literals, whatever stands in them', () => {
  const strings = stringsOf(tokenize(completion('powershell', [...commands, hostile], english)));
  for (const { name } of commands) expect(strings).toContain(name);
  expect(strings).toEqual(
    expect.arrayContaining(
      [hostile.options['pick']?.help, hostile.summary, ...(hostile.options['pick']?.values ?? [])].map((text) =>
        typeof text === 'string' ? text : english(text ?? say('')),
      ),
    ),
  );
});

it('PowerShell: one row stays a row', () => {
  expect(completion('powershell', [hostile], english)).toContain("'' = @(,@('hostile', ");
});
