/** Whatever a path holds, each scheduler reads back exactly the words it was to be told, or it is refused. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronLine } from '../../../core/schedule/cron.ts';
import { launchdAgent, LAUNCHD_LABEL } from '../../../core/schedule/launchd.ts';
import { markerOf, readMarker } from '../../../core/schedule/marker.ts';
import { lookWords, Schedule } from '../../../core/schedule/schedule.ts';
import { execStart, systemdUnits } from '../../../core/schedule/systemd.ts';
import { all, job, schedule, untellable, written } from './hostile.ts';
import { readExecStart, readPlist } from './readers.ts';

describe('systemd', () => {
  it('reads back every word', () => {
    fc.assert(
      fc.property(job, (one) => {
        const line = written(() => execStart(one));
        const words = all(one);
        const odd = /["'\\]/.test(one.program.file);
        if (line === null) {
          expect(words.some(untellable) || (odd && one.program.file.includes('='))).toBe(true);
          return;
        }
        expect(words.some(untellable)).toBe(false);
        expect(line).not.toContain('\n');
        const read = readExecStart(line);
        expect(read).toEqual(odd ? ['/usr/bin/env', ...words] : words);
        // Its own rule for the program's path.
        expect(read[0]).not.toMatch(/["'\\]/);
      }),
      { numRuns: 400 },
    );
  });

  it('says when, and hardens what may be hardened', () => {
    const of = (packaged: boolean, more: object) =>
      systemdUnits(
        { program: { file: '/usr/bin/node', args: [], packaged }, words: ['fleet', 'look'] },
        Schedule.parse(more),
      );
    const daily = of(false, { at: '06:05' });
    expect(daily.timer).toContain('\nOnCalendar=*-*-* 06:05:00\nPersistent=true\nRandomizedDelaySec=15min\n');
    expect(daily.service).toContain('\nNoNewPrivileges=yes\n');
    expect(daily.service).toContain('\nTimeoutStartSec=3900\n');
    const weekly = of(true, { every: 'week', on: 'sunday' });
    expect(weekly.timer).toContain('\nOnCalendar=Sun *-*-* 07:30:00\n');
    // An AppImage is mounted by a program with more rights.
    expect(weekly.service).not.toContain('NoNewPrivileges');
  });
});

describe('launchd', () => {
  it('reads back every word and the time', () => {
    fc.assert(
      fc.property(job, schedule, (one, when) => {
        const document = written(() => launchdAgent(one, when));
        if (document === null) {
          expect(all(one).some(untellable)).toBe(true);
          return;
        }
        const [hour, minute] = when.at.split(':').map(Number);
        expect(readPlist(document)).toEqual({
          Label: LAUNCHD_LABEL,
          ProgramArguments: all(one),
          StartCalendarInterval: {
            Hour: hour,
            Minute: minute,
            ...(when.every === 'week' ? { Weekday: { monday: 1, saturday: 6, sunday: 7 }[when.on] } : {}),
          },
          RunAtLoad: false,
          ProcessType: 'Background',
          Nice: 10,
          LowPriorityIO: true,
          Umask: 0o77,
        });
        expect(readMarker(document)).toEqual({
          ours: true,
          schedule: when,
          program: [one.program.file, ...one.program.args],
        });
      }),
      { numRuns: 400 },
    );
  });
});

describe('cron', () => {
  it('gives a shell every word', () => {
    const sample = fc.sample(job, { numRuns: 60, seed: 7 });
    for (const one of sample) {
      const line = written(() =>
        cronLine(
          { ...one, program: { ...one.program, file: '/usr/bin/printf', args: ['%s\\0'] } },
          Schedule.parse({ every: 'week', on: 'sunday', at: '05:07' }),
        ),
      );
      if (line === null || one.words.length === 0) continue;
      expect(line).toMatch(/^7 5 \* \* 0 /);
      // cron takes the backslash before a % away; a bare one would be a line end.
      const command = line.slice('7 5 * * 0 '.length);
      expect(command).not.toMatch(/(?<!\\)%/);
      const output = execFileSync('/bin/sh', ['-c', command.replaceAll('\\%', '%')], { encoding: 'utf8' });
      expect(output.split('\0').slice(0, -1)).toEqual(one.words);
    }
  });
});

describe('a mark', () => {
  it('is one line that may stand in a comment, and is read back', () => {
    fc.assert(
      fc.property(schedule, job, (when, one) => {
        const mark = markerOf(when, one);
        expect(mark).toMatch(/^[ -~]+$/);
        expect(mark).not.toMatch(/--|>/);
        const program = [one.program.file, ...one.program.args];
        expect(readMarker(`# ${mark}\n`)).toEqual({ ours: true, schedule: when, program });
      }),
    );
  });
  it('is missing in files of others', () => {
    const program = { file: '/usr/bin/node', args: [], packaged: false };
    expect(readMarker('[Unit]\nDescription=relayready\n').ours).toBe(false);
    expect(readMarker(`${'#'.repeat(500)}${markerOf(Schedule.parse({}), { program })}`).ours).toBe(false);
    expect(readMarker('# relayready/schedule@1 {broken}')).toEqual({ ours: true, schedule: null, program: [] });
  });
});

it('the command says all that was chosen', () => {
  const id = '11111111-2222-4333-8444-555555555555';
  const when = Schedule.parse({ what: { kind: 'set-up', id }, place: 'office', environmentFile: '/srv/a b.json' });
  expect(lookWords(when, '/data', 'de').join('|')).toBe(
    `fleet|look|--notify|--set-up|${id}|--office|--language|de|--deadline|3600|--environment|/srv/a b.json|--data-folder|/data`,
  );
});
