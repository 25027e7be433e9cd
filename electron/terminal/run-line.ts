/** Reads the line, runs its command, and turns trouble into exit codes. */
import { AppError, ERROR_CODES, isAppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import { splitCommand } from './arguments.ts';
import { commandNames, loadCommand } from './commands.ts';
import { wantsJson } from './language.ts';
import { noSuchCommand } from './no-such-command.ts';
import { createSession } from './session.ts';
import type { Streams } from './streams.ts';

const VERSION_WORDS: ReadonlySet<string> = new Set(['--version', '-v']);
const HELP: ReadonlySet<string> = new Set(['--help', '-h']);

/** @param argv without the program's own name. @returns the exit code */
export async function runLine(argv: readonly string[], streams: Streams): Promise<number> {
  const controller = new AbortController();
  const stopped = () => new AppError('cancelled', say('Stopped, as you asked.'));
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(stopped());
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const session = createSession(controller);
  const json = wantsJson(argv);
  try {
    await session.speak(argv);
    const { name, rest } = commandOf(argv);
    if (!commandNames().includes(name)) throw noSuchCommand(name);
    const command = await loadCommand(name);
    if (command.lines === true) streams.onGone = () => controller.abort(stopped());
    const code = await session.run(name, command, rest);
    const trouble = await streams.trouble();
    if (trouble === null) return code;
    session.fail(notWritten(trouble), false);
    // What was changed or sent stays so, and the code goes on telling what became of it.
    return command.changes === 'tenant' || command.changes === 'mail' ? code : code || 4;
  } catch (error) {
    // What an abort breaks is the abort's doing, whatever it looks like.
    const reason: unknown = controller.signal.aborted && !sentAlready(error) ? controller.signal.reason : error;
    if (isAppError(reason)) {
      session.fail(reason, json);
      return ERROR_CODES[reason.code];
    }
    await session.bug(reason, json);
    return 1;
  } finally {
    await session.close();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/** No command at all asks for help. @throws AppError `missing-input` */
function commandOf(argv: readonly string[]): { readonly name: string; readonly rest: readonly string[] } {
  const { name, rest } = splitCommand(argv);
  if (name !== null) return { name, rest };
  if (argv.length === 0 || argv.some((word) => HELP.has(word)))
    return { name: 'help', rest: argv.filter((word) => !HELP.has(word)) };
  if (argv.some((word) => VERSION_WORDS.has(word))) return { name: 'help', rest: argv };
  throw new AppError('missing-input', say('The command is missing.'), {
    field: 'COMMAND',
    remedy: say('Commands are: {names}.', { names: commandNames().join(', ') }),
  });
}

const notWritten = (code: string): AppError =>
  new AppError('storage', say('The result could not be written to standard output ({code}).', { code }), {
    remedy: say('Make room there, or name another place.'),
  });

const sentAlready = (error: unknown): boolean => isAppError(error) && error.code === 'outcome-unknown';
