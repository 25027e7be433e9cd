/** Asks a person on the terminal; where there is none, says which option would have answered. */
import { createInterface } from 'node:readline/promises';
import { AppError } from '../../core/errors.ts';
import { say, type Text, type Translate } from '../../core/text.ts';

export const canAsk = (): boolean => process.stdin.isTTY && process.stderr.isTTY;

/** @throws AppError `missing-input` without a terminal */
export async function ask(question: Text, option: string, t: Translate, signal: AbortSignal): Promise<string> {
  if (!canAsk())
    throw new AppError('missing-input', say('{option} is missing.', { option }), {
      field: option,
      remedy: say('Add it to the command: {question}', { question: t(question) }),
    });
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`${t(question)} `, { signal })).trim();
  } finally {
    terminal.close();
  }
}
