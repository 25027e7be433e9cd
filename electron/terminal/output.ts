/** Where the words of a command go: its document to standard output, everything else to standard error. */
import { paint, wantsColour } from './colours.ts';

export type Output = {
  /** The command's one document: JSON with `--json`, else the text. */
  readonly print: (document: unknown, text: string) => void;
  /** Progress and company; nothing with `--quiet`. */
  readonly note: (text: string) => void;
  /** What a person has to see, also with `--quiet`: trouble, questions, what to do. */
  readonly warn: (text: string) => void;
};

export function openOutput({ json, quiet }: { readonly json: boolean; readonly quiet: boolean }): Output {
  const painted = (stream: NodeJS.WriteStream, text: string): string =>
    !json && wantsColour(stream, process.env) ? paint(text) : text;
  const warn = (text: string): void => void process.stderr.write(`${painted(process.stderr, text)}\n`);
  return {
    print: (document, text) =>
      void process.stdout.write(
        json ? `${JSON.stringify(document, null, 2)}\n` : `${painted(process.stdout, text.trimEnd())}\n`,
      ),
    note: quiet ? () => undefined : warn,
    warn,
  };
}
