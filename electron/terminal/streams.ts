/** What becomes of a command whose output nobody reads any more, or cannot be written: it ends what it began, and says so. */

export type Streams = {
  /** Called when the reader of standard output went away (`| head`). */
  onGone: () => void;
  /** Why standard output could not be written, once all of it is out; null when it was, or when nobody reads it. */
  readonly trouble: () => Promise<string | null>;
  readonly stop: () => void;
};

export function watchStreams(): Streams {
  let trouble: string | null = null;
  let gone = false;
  const onOutput = ({ code }: NodeJS.ErrnoException): void => {
    // A change that is being made goes on, and its exit code still tells what became of it.
    if (gone || code === 'EPIPE') {
      gone = true;
      streams.onGone();
    } else trouble ??= code ?? '?';
  };
  // Where nobody hears what is said beside the result, nobody can be told.
  const onOther = (): void => undefined;
  const streams: Streams = {
    onGone: () => undefined,
    // Trouble with a file is told a moment after the write.
    trouble: () => new Promise((resolve) => process.stdout.write('', () => setImmediate(() => resolve(trouble)))),
    stop: () => void process.stdout.off('error', onOutput),
  };
  process.stdout.on('error', onOutput);
  process.stderr.on('error', onOther);
  return streams;
}
