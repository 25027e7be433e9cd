/** Writes a report of a problem from what is known here; nothing leaves the computer. */
import os from 'node:os';
import type { problemCalls } from '../../core/calls/problem.ts';
import { problemReport } from '../../core/report/problem-report.ts';
import { logTail } from '../log.ts';
import { VERSION } from '../version.ts';
import type { EngineParts, PartOf } from './engine-parts.ts';

/** Names of the computer and its user; a name that cannot be told cannot stand in the text either. */
function computerNames(): readonly string[] {
  try {
    return [os.hostname(), os.userInfo().username].filter((name) => name !== 'root' && name !== 'localhost');
  } catch {
    return [os.hostname()];
  }
}

export const problemPart = ({ dataFolder }: EngineParts): PartOf<typeof problemCalls> => ({
  'problem.write': async (problem, { t }) => {
    const at = new Date().toISOString();
    const system = `${process.platform} ${process.arch} ${os.release()}`;
    const log = await logTail(dataFolder);
    return {
      text: problemReport({ ...problem, version: VERSION, system, log, computer: computerNames(), at }, t),
      fileName: `relayready-problem-${at.slice(0, 10)}.txt`,
    };
  },
});
