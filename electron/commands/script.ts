/** `script`: the plan as a PowerShell script, without sign-in. */
import path from 'node:path';
import { say } from '../../core/text.ts';
import { writeOutput } from '../storage/write-output.ts';
import type { Command } from '../terminal/command.ts';

const script: Command = {
  summary: say('Writes the change as a PowerShell script for an administrator; needs no sign-in.'),
  usage: '--out FILE.ps1',
  options: { out: { type: 'string', value: 'FILE.ps1', path: true, help: say('where to write the script') } },
  examples: [
    {
      line: 'relayready script --domain contoso.com --public-ip 203.0.113.7 --out relay.ps1',
      text: say('The change for an administrator who runs it themselves.'),
    },
  ],
  changes: 'file',
  run: async (context) => {
    const out = context.text('out') ?? (await context.ask(say('Where should the script be written?'), '--out'));
    const profile = await context.profile();
    const made = await context.call('plan.by-hand', { environment: await context.environment(), profile });
    await writeOutput(out, made.script, ['.ps1']);
    const file = path.resolve(out);
    context.print(
      { schema: 'relayready/script@1', file, script: made.script },
      context.t('Written to {file}. It first shows what it would do and changes nothing until told to.', { file }),
    );
    return 0;
  },
};
export default script;
