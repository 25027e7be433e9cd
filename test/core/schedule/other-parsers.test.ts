/** Parsers that are not ours read the agent and the task, byte for byte as they lie on the disk. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { launchdAgent } from '../../../core/schedule/launchd.ts';
import { lookWords, Schedule } from '../../../core/schedule/schedule.ts';
import { taskXml } from '../../../core/schedule/task-scheduler.ts';

const there = spawnSync('python3', ['-c', 'import plistlib, xml.etree.ElementTree']).status === 0;
if (!there) console.log('The agent and the task are not read by other parsers: there is no python3 on this computer');

const folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const schedule = Schedule.parse({
  every: 'week',
  on: 'sunday',
  at: '23:59',
  environmentFile: `/srv/a -- b-->'"&<ü漢😀.json`,
});
const job = {
  program: { file: `/opt/it's "R&D" <ü>/node`, args: ['/opt/]]>/bin.mjs'], packaged: false },
  words: lookWords(schedule, `/home/ä ' " & <x>`, 'de'),
};
const all = [job.program.file, ...job.program.args, ...job.words];

function python(script: string, content: Buffer): unknown {
  const file = path.join(folder, 'document');
  writeFileSync(file, content);
  const ran = spawnSync('python3', ['-X', 'utf8', '-c', script, file], { encoding: 'utf8', timeout: 30_000 });
  expect(ran.stderr).toBe('');
  return JSON.parse(ran.stdout);
}

describe.skipIf(!there)('read by python', () => {
  it('the property list', () => {
    const script = 'import json, plistlib, sys; print(json.dumps(plistlib.load(open(sys.argv[1], "rb"))))';
    expect(python(script, Buffer.from(launchdAgent(job, schedule)))).toMatchObject({
      Label: 'app.relayready.look',
      ProgramArguments: all,
      StartCalendarInterval: { Hour: 23, Minute: 59, Weekday: 7 },
      RunAtLoad: false,
    });
  });

  it('the task, in the encoding it names', () => {
    const script = [
      'import json, sys, xml.etree.ElementTree as tree',
      'root = tree.parse(sys.argv[1]).getroot()',
      'name = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"',
      'print(json.dumps([root.tag == name + "Task", root.find(".//" + name + "Command").text, root.find(".//" + name + "UserId").text]))',
    ].join('\n');
    const document = `\ufeff${taskXml(job, schedule, String.raw`CONTOSO\Jörg & Co`)}`;
    expect(python(script, Buffer.from(document, 'utf16le'))).toEqual([
      true,
      job.program.file,
      String.raw`CONTOSO\Jörg & Co`,
    ]);
  });
});
