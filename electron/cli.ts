/** Host 3: the command line. One file per command in `commands/`; this one reads the line, runs it and turns trouble into exit codes. */
import { readdirSync, readFileSync } from 'node:fs';
import { AppError, ERROR_CODES, isAppError } from '../core/errors.ts';
import { say, type Translate } from '../core/text.ts';
import type { Command } from './terminal/command.ts';

const COMMANDS = new URL('./commands/', import.meta.url);

const commandNames = (): readonly string[] =>
  readdirSync(COMMANDS)
    .filter((file) => /\.(ts|js)$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => file.replace(/\.(ts|js)$/, ''))
    .sort();

const loadCommand = async (name: string): Promise<Command> => {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return ((await import(new URL(`${name}.${extension}`, COMMANDS).href)) as { default: Command }).default;
};

/** Runs one command line and sets the process's exit code. @param argv without the program's own name */
export async function main(argv: readonly string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // The reader of our output went away (`| head`): nothing left to say.
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      throw error;
    });
  if (argv[0] === '--version' || argv[0] === '-v') {
    const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    process.stdout.write(`${(JSON.parse(manifest) as { version: string }).version}\n`);
    return;
  }
  if (argv[0] === '--licences') {
    const { readNotices } = await import('./storage/notices.ts');
    process.stdout.write(await readNotices());
    return;
  }
  process.exitCode = await run(argv);
}

async function run(argv: readonly string[]): Promise<number> {
  const { createSession } = await import('./terminal/session.ts');
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new AppError('cancelled', say('Stopped, as you asked.')));
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const session = createSession(controller);
  try {
    const [name, ...rest] = argv;
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      process.stdout.write(await overview(session.t));
      return 0;
    }
    if (!commandNames().includes(name))
      throw new AppError('bad-option', say('There is no command “{name}”.', { name: name.slice(0, 60) }), {
        field: name.slice(0, 60),
        remedy: say('Commands are: {names}.', { names: commandNames().join(', ') }),
      });
    return await session.run(name, await loadCommand(name), rest);
  } catch (error) {
    // What an abort breaks is the abort's doing, whatever it looks like.
    const reason: unknown = controller.signal.aborted && !sentAlready(error) ? controller.signal.reason : error;
    if (isAppError(reason)) {
      session.fail(reason, argv.includes('--json'));
      return ERROR_CODES[reason.code];
    }
    await session.bug(reason, argv.includes('--json'));
    return 1;
  } finally {
    await session.close();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

const sentAlready = (error: unknown): boolean => isAppError(error) && error.code === 'outcome-unknown';

async function overview(t: Translate): Promise<string> {
  const lines = await Promise.all(
    commandNames().map(async (name) => {
      const { summary, usage } = await loadCommand(name);
      return `  ${`${name} ${usage}`.trimEnd().padEnd(46)} ${t(summary)}`;
    }),
  );
  return [
    t('RelayReady gets a scanner sending mail through Microsoft 365, and proves it.'),
    '',
    t('Use: relayready COMMAND [options]'),
    '',
    ...lines,
    '',
    t('“relayready COMMAND --help” shows the options of a command.'),
    '',
  ].join('\n');
}
