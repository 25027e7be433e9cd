/** Host 3: the command line. One file per command in `commands/`; this one answers what needs no command, and hands the rest over. */
import { watchStreams } from './terminal/streams.ts';
import { VERSION } from './version.ts';

/** Runs one command line and sets the process's exit code. @param argv without the program's own name */
export async function main(argv: readonly string[]): Promise<void> {
  const streams = watchStreams();
  const [first, ...more] = argv;
  // Each loads no more than it needs: the rest takes its time.
  if (more.length === 0 && (first === '--version' || first === '-v')) process.stdout.write(`${VERSION}\n`);
  else if (first === '--licences') {
    const { readNotices } = await import('./storage/notices.ts');
    process.stdout.write(await readNotices());
  } else {
    const { runLine } = await import('./terminal/run-line.ts');
    process.exitCode = await runLine(argv, streams);
  }
}
