/** `fleet`: many profiles at once; each verb has a file of its own in `terminal/`. */
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import type { Command } from '../terminal/command.ts';
import { fleetCheck } from '../terminal/fleet-check.ts';
import { fleetExport, fleetImport } from '../terminal/fleet-files.ts';
import { fleetLook } from '../terminal/fleet-look.ts';
import { FLEET_OPTIONS } from '../terminal/fleet-options.ts';

const fleet: Command = {
  summary: say('Runs the checks over many profiles (folder, JSON lines or CSV), one line each.'),
  usage: 'check PATH | look [PATH] | import PATH | export [FILE]',
  options: FLEET_OPTIONS,
  positionals: 2,
  deadline: 'checks',
  examples: [
    {
      line: 'relayready fleet check clients/ --away --json',
      text: say('All clients from a server, one JSON line each.'),
    },
    { line: 'relayready fleet import clients.csv', text: say('Keeps the clients of a table.') },
    { line: 'relayready fleet look', text: say('Looks at all kept clients again and tells what is new.') },
    { line: 'relayready fleet export clients.jsonl', text: say('Writes all kept clients to a file.') },
  ],
  verbs: ['check', 'look', 'import', 'export'],
  path: true,
  lines: true,
  run: (context) => {
    const [verb, location] = context.positionals;
    if (verb === 'look') return fleetLook(location, context);
    if (verb === 'export') return fleetExport(location, context);
    if ((verb !== 'check' && verb !== 'import') || location === undefined)
      throw new AppError('missing-input', say('Write “fleet check” and a folder or file.'), {
        field: verb === 'check' || verb === 'import' ? 'PATH' : 'check',
        remedy: say('For example: relayready fleet check clients/'),
      });
    return verb === 'check' ? fleetCheck(location, context) : fleetImport(location, context);
  },
};
export default fleet;
