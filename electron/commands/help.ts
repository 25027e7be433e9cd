/** `help`: all commands, or the page of one. */
import { say } from '../../core/text.ts';
import type { Command } from '../terminal/command.ts';
import { commandNames, loadCommands } from '../terminal/commands.ts';
import { commandHelp, overview } from '../terminal/help.ts';
import { noSuchCommand } from '../terminal/no-such-command.ts';

const help: Command = {
  summary: say('Shows all commands, or the options and examples of one.'),
  usage: '[COMMAND] [--man]',
  options: { man: { type: 'boolean', help: say('print all of it as a manual page, for “man -l”') } },
  positionals: 1,
  verbs: commandNames(),
  examples: [
    { line: 'relayready help check', text: say('The options and examples of one command.') },
    { line: 'relayready help --man > relayready.1', text: say('The manual page, as a file.') },
  ],
  run: async ({ positionals: [name], flag, t }) => {
    const commands = await loadCommands();
    const command = commands.find((known) => known.name === name);
    if (name !== undefined && command === undefined) throw noSuchCommand(name);
    if (flag('man')) {
      const { manualPage } = await import('../terminal/manual-page.ts');
      process.stdout.write(manualPage(command ? [command] : commands, t));
      return 0;
    }
    process.stdout.write(command ? commandHelp(command.name, command, t) : overview(commands, t));
    return 0;
  },
};
export default help;
