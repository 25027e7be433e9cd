/** `completion`: a script that lets a shell complete the command line. */
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import type { Command } from '../terminal/command.ts';
import { loadCommands } from '../terminal/commands.ts';
import { completion, SHELLS } from '../terminal/completion.ts';

const command: Command = {
  summary: say('Prints a script with which your shell completes commands and options.'),
  usage: 'bash | zsh | fish | powershell',
  options: {},
  positionals: 1,
  verbs: SHELLS,
  examples: [
    { line: 'relayready completion bash >> ~/.bashrc', text: say('From the next terminal on, the Tab key completes.') },
  ],
  run: async ({ positionals: [word], t }) => {
    const shell = SHELLS.find((one) => one === word);
    if (shell === undefined)
      throw new AppError(word === undefined ? 'missing-input' : 'bad-option', say('Which shell is it?'), {
        field: 'SHELL',
        remedy: say('Write one of {names}.', { names: SHELLS.join(', ') }),
      });
    process.stdout.write(completion(shell, await loadCommands(), t));
    return 0;
  },
};
export default command;
