/** The manual page: all of the table, nothing that roff takes for a request, and no complaint of the real formatter. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { english, say } from '../../../core/text.ts';
import { languageFor } from '../../../electron/storage/languages.ts';
import { COMMON_OPTIONS } from '../../../electron/terminal/arguments.ts';
import { loadCommands, type NamedCommand } from '../../../electron/terminal/commands.ts';
import { manualPage } from '../../../electron/terminal/manual-page.ts';

const commands = await loadCommands();
const hostile: NamedCommand = {
  name: 'hostile',
  summary: say('.so /etc/passwd'),
  usage: `.sy 'x' \\n`,
  options: { '.de': { type: 'string', value: '"q" \\fB', help: say('’.ex \\X-y') } },
  examples: [{ line: `'relayready \\ -`, text: say("'.rm a") }],
  run: async () => 0,
};
const pages = [
  ['English', manualPage(commands, english)],
  ['German', manualPage(commands, await languageFor('de'))],
  ['hostile', manualPage([hostile], english)],
] as const;

it('names every command, option and example', () => {
  const page = manualPage(commands, english).replaceAll(String.raw`\-`, '-');
  for (const { name, options } of commands) {
    expect(page).toContain(`.SH "relayready ${name}"`);
    for (const option of Object.keys({ ...COMMON_OPTIONS, ...options })) expect(page).toContain(`--${option}`);
  }
});

describe.each(pages)('%s', (_, page) => {
  it('has no request but its own, no bare hyphen, and ASCII alone', () => {
    for (const line of page.split('\n')) {
      if (/^[.']/.test(line)) expect(line).toMatch(/^\.(?:TH|SH|TP|PP|B|br|nf|fi)\b/);
      expect(line).not.toMatch(/(?<!\\)-/);
      expect(line).toMatch(/^[ -~]*$/);
      for (const [escape] of line.matchAll(/\\(?:\[u[\dA-F]{4,6}\]|.{0,3})/g))
        expect(escape).toMatch(/^\\(?:[-e&]|\(aq|\(dq|\[u)/);
    }
  });

  const groff = spawnSync('groff', ['--version']).status === 0;
  if (!groff) console.log('groff is not installed here: the page is only read, not set.');
  it.skipIf(!groff)('is set by groff without a warning', () => {
    const set = spawnSync('groff', ['-man', '-ww', '-z', '-Tutf8'], { input: page, encoding: 'utf8' });
    expect(set).toMatchObject({ status: 0, stderr: '' });
  });
});
