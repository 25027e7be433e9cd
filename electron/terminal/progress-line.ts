/** One line of progress for standard error. */
import type { Progress } from '../../core/progress.ts';
import type { Status } from '../../core/result.ts';

const MARK: Readonly<Record<Status, string>> = { pass: '✓', warn: '!', fail: '✗', unknown: '?', skipped: '–' };

export function progressLine({ topic, state, message, result, seconds, code }: Progress): string {
  const mark = result ? MARK[result.status] : state === 'done' ? '✓' : state === 'waiting' ? '…' : '·';
  const wait = seconds === undefined ? '' : ` (${Math.round(seconds)} s)`;
  return `${mark} ${topic}: ${message}${code === undefined ? '' : ` ${code}`}${wait}`;
}
