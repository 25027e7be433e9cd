/** Where the program with the window begins: a command goes to the terminal host, anything else opens the window. */
import { commandWords } from './command-words.ts';

const words = commandWords(process.argv.slice(1), !process.defaultApp);
if (words !== null) {
  // Nothing of the window is loaded, and its runtime has not looked for a display yet: a command needs none.
  const { main } = await import('./cli.ts');
  await main(words);
  // Ending does not wait for what a pipe of Windows has not taken yet.
  await Promise.all(
    [process.stdout, process.stderr].map((stream) => new Promise<void>((done) => stream.write('', () => done()))),
  );
  process.exit(process.exitCode ?? 0);
}
await import('./main.ts');
