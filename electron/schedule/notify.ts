/** Shows a notice on the desktop; that it cannot be shown is said, and never spoils the look. */
import { noticeCommand, type Notice } from '../../core/schedule/notice.ts';
import type { Translate } from '../../core/text.ts';
import { runTool, shortAnswer, type RunTool } from './run-command.ts';

type Options = {
  readonly signal: AbortSignal;
  readonly t: Translate;
  readonly run?: RunTool;
  readonly platform?: NodeJS.Platform;
};

/** @returns null when it was handed over, else why not */
export async function notify(
  notice: Notice,
  { signal, t, run = runTool, platform = process.platform }: Options,
): Promise<string | null> {
  const { file, args, env } = noticeCommand(notice, platform, process.env['SystemRoot']);
  const ran = await run(file, args, { signal, env });
  if (ran.code === 0) return null;
  return ran.missing
    ? t('No notice was shown: “{tool}” is not on this computer.', { tool: file })
    : t('No notice was shown: {answer}', { answer: shortAnswer(ran) || t('none') });
}
