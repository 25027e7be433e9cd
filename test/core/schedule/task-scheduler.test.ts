/** The Task Scheduler reads back exactly the words it was to be told, in the shape Microsoft publishes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMarker } from '../../../core/schedule/marker.ts';
import { taskXml } from '../../../core/schedule/task-scheduler.ts';
import { all, job, schedule, untellable, word, written } from './hostile.ts';
import { readWindowsArguments, readXml, type Node } from './readers.ts';

const find = (node: Node, name: string): Node => {
  const found =
    node.name === name ? node : node.children.map((child) => (child.name === name ? child : null)).find(Boolean);
  if (!found) throw new Error(`no ${name} in ${node.name}`);
  return found;
};

/** Children in [MS-TSCH] 2.5: `all` in any order but once each, `sequence` in this order. */
const SHAPES: Readonly<
  Record<
    string,
    { readonly all?: readonly string[]; readonly sequence?: readonly string[]; readonly needs?: readonly string[] }
  >
> = {
  Task: { all: ['RegistrationInfo', 'Triggers', 'Settings', 'Data', 'Principals', 'Actions'], needs: ['Actions'] },
  RegistrationInfo: {
    all: ['URI', 'SecurityDescriptor', 'Source', 'Date', 'Author', 'Version', 'Description', 'Documentation'],
  },
  Triggers: { sequence: ['CalendarTrigger'] },
  CalendarTrigger: {
    sequence: [
      'Enabled',
      'StartBoundary',
      'EndBoundary',
      'Repetition',
      'ExecutionTimeLimit',
      'RandomDelay',
      'ScheduleByDay',
      'ScheduleByWeek',
    ],
    needs: ['StartBoundary'],
  },
  ScheduleByDay: { all: ['DaysInterval'] },
  ScheduleByWeek: { all: ['WeeksInterval', 'DaysOfWeek'] },
  DaysOfWeek: { all: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] },
  Principals: { sequence: ['Principal'] },
  Principal: { all: ['UserId', 'LogonType', 'GroupId', 'DisplayName', 'RunLevel'] },
  Settings: {
    all: [
      'AllowStartOnDemand',
      'RestartOnFailure',
      'MultipleInstancesPolicy',
      'DisallowStartIfOnBatteries',
      'StopIfGoingOnBatteries',
      'AllowHardTerminate',
      'StartWhenAvailable',
      'NetworkProfileName',
      'RunOnlyIfNetworkAvailable',
      'WakeToRun',
      'Enabled',
      'Hidden',
      'DeleteExpiredTaskAfter',
      'IdleSettings',
      'NetworkSettings',
      'ExecutionTimeLimit',
      'Priority',
      'RunOnlyIfIdle',
    ],
  },
  Actions: { sequence: ['Exec'] },
  Exec: { all: ['Command', 'Arguments', 'WorkingDirectory'], needs: ['Command'] },
};

const DURATION = /^P(?!$)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/;
const TRUTH = /^(true|false)$/;
/** Simple types of the same schema, where a value is not free text. */
const VALUES: Readonly<Record<string, RegExp>> = {
  StartBoundary: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
  RandomDelay: DURATION,
  DaysInterval: /^1$/,
  WeeksInterval: /^1$/,
  UserId: /./,
  LogonType: /^(S4U|Password|InteractiveToken|InteractiveTokenOrPassword)$/,
  RunLevel: /^(LeastPrivilege|HighestAvailable)$/,
  MultipleInstancesPolicy: /^(Parallel|Queue|IgnoreNew|StopExisting)$/,
  DisallowStartIfOnBatteries: TRUTH,
  StopIfGoingOnBatteries: TRUTH,
  StartWhenAvailable: TRUTH,
  RunOnlyIfNetworkAvailable: TRUTH,
  ExecutionTimeLimit: DURATION,
  Priority: /^([0-9]|10)$/,
  Command: /^.{1,260}$/s,
};

function checkShape(node: Node): void {
  const names = node.children.map(({ name }) => name);
  const shape = SHAPES[node.name];
  if (VALUES[node.name]) expect(node.text, node.name).toMatch(VALUES[node.name] as RegExp);
  expect(new Set(names).size, `${node.name}: ${names.join()}`).toBe(names.length);
  if (shape === undefined) {
    expect(names, node.name).toEqual([]);
    return;
  }
  const allowed = shape.all ?? shape.sequence ?? [];
  expect(names.filter((name) => !allowed.includes(name))).toEqual([]);
  if (shape.sequence) expect(names).toEqual(shape.sequence.filter((name) => names.includes(name)));
  for (const name of shape.needs ?? []) expect(names).toContain(name);
  for (const child of node.children) checkShape(child);
}

describe('the Task Scheduler', () => {
  it('reads back every word, in the shape Microsoft publishes', () => {
    fc.assert(
      fc.property(job, schedule, word, (one, when, name) => {
        const user = `CONTOSO\\${name.replaceAll(new RegExp(String.raw`[\u0000-\u001f\u007f-\u009f\ufffe\uffff\p{Cs}]`, 'gu'), '')}`;
        const document = written(() => taskXml(one, when, user));
        const words = all(one);
        const variable = words.some((text) => /%[^%]+%|\$\(/.test(text));
        if (document === null) {
          expect(words.some(untellable) || variable || one.program.file.length > 260).toBe(true);
          return;
        }
        expect(variable).toBe(false);
        const task = readXml(document);
        expect(task.attributes).toEqual({
          version: '1.2',
          xmlns: 'http://schemas.microsoft.com/windows/2004/02/mit/task',
        });
        checkShape(task);
        const exec = find(find(task, 'Actions'), 'Exec');
        expect(find(exec, 'Command').text).toBe(words[0]);
        const line = exec.children.find((child) => child.name === 'Arguments')?.text ?? '';
        expect(readWindowsArguments(line)).toEqual(words.slice(1));
        const principal = find(find(task, 'Principals'), 'Principal');
        expect(principal.attributes['id']).toBe(find(task, 'Actions').attributes['Context']);
        expect(principal.children.map((child) => [child.name, child.text])).toEqual([
          ['UserId', user],
          ['LogonType', 'InteractiveToken'],
          ['RunLevel', 'LeastPrivilege'],
        ]);
        const trigger = find(find(task, 'Triggers'), 'CalendarTrigger');
        expect(find(trigger, 'StartBoundary').text.slice(11, 16)).toBe(when.at);
        const days = when.every === 'week' ? find(find(trigger, 'ScheduleByWeek'), 'DaysOfWeek').children : [];
        expect(days.map((day) => day.name.toLowerCase())).toEqual(when.every === 'week' ? [when.on] : []);
        expect(find(find(task, 'Settings'), 'StartWhenAvailable').text).toBe('true');
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
