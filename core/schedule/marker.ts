/** The line by which our own files are recognised, and what it says was installed. */
import { z } from 'zod';
import { Schedule, type Job } from './schedule.ts';

const MARK = 'relayready/schedule@1';

const Marked = z.object({ schedule: Schedule, program: z.array(z.string()) });

/** One line of ASCII without a double hyphen, so that it may stand in any comment. */
export const markerOf = (schedule: Schedule, { program }: Pick<Job, 'program'>): string =>
  `${MARK} ${JSON.stringify({ schedule, program: [program.file, ...program.args] })
    .replaceAll('--', String.raw`-\u002d`)
    // U+2028 is a line end to some readers, and an encoding may get lost.
    .replaceAll(/[^\u0020-\u003d\u003f-\u007e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}`;

export type Mark = {
  /** Does this file come from us? */
  readonly ours: boolean;
  /** What was installed; null when only that much can be told. */
  readonly schedule: Schedule | null;
  /** File and first arguments of the program that was to be started. */
  readonly program: readonly string[];
};

export function readMarker(content: string): Mark {
  const at = content.indexOf(MARK);
  // The mark stands at the top; further down it is somebody's quotation.
  if (at === -1 || at > 400) return { ours: false, schedule: null, program: [] };
  const unclear = { ours: true, schedule: null, program: [] };
  const json = /^[^\n{]*(\{.*\})/.exec(content.slice(at + MARK.length))?.[1];
  try {
    return { ...unclear, ...(json === undefined ? {} : Marked.safeParse(JSON.parse(json)).data) };
  } catch {
    return unclear;
  }
}
