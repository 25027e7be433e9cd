/** `help`: all commands, or the page of one. */
import { say } from '../../core/text.ts';
import type { Command } from '../terminal/command.ts';
import { commandNames, loadCommands } from '../terminal/commands.ts';
import { commandHelp, overview } from '../terminal/help.ts';
import { noSuchCommand } from '../terminal/no-such-command.ts';

const help: Command = {
  summary: say('Shows all commands, or the options and examples of one.'),
  usage: '[COMMAND]',
  options: {},
  positionals: 1,
  verbs: commandNames(),
  examples: [{ line: 'relayready help check', text: say('The options and examples of one command.') }],
  run: async ({ positionals: [name], t }) => {
    const commands = await loadCommands();
    const command = commands.find((known) => known.name === name);
    if (name !== undefined && command === undefined) throw noSuchCommand(name);
    process.stdout.write(command ? commandHelp(command.name, command, t) : overview(commands, t));
    return 0;
  },
};
export default help;
