/** `fleet import PATH` and `fleet export FILE`: clients from and into files, all of it or nothing. */
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import { importClients, previewImport } from '../clients/import.ts';
import { writeOutput } from '../storage/write-output.ts';
import type { CommandContext } from './command.ts';

export async function fleetImport(location: string, context: CommandContext): Promise<number> {
  const { t, warn } = context;
  const { clients } = await context.api();
  const options = {
    source: { kind: 'path' as const, path: location },
    environment: await context.environment(),
    clients,
    context: context.callContext,
  };
  const preview = await previewImport({
    ...options,
    onProblem: ({ where, text, remedy }) => warn(`${where}: ${text} ${remedy}`),
  });
  for (const one of preview.notes) warn(one);
  const leaveOutBad = context.flag('leave-out-bad');
  const { added, changed, same, leftOut } = await importClients({ ...options, digest: preview.digest, leaveOutBad });
  context.print(
    { schema: 'relayready/imported@1', added, changed, same, leftOut },
    t(
      '{added, number} added, {changed, number} changed, {same, number} as they were, {leftOut, number} rows left out.',
      {
        added,
        changed,
        same,
        leftOut,
      },
    ),
  );
  return leftOut > 0 ? 2 : 0;
}

export async function fleetExport(file: string | undefined, context: CommandContext): Promise<number> {
  const format = context.text('format') ?? (file?.endsWith('.jsonl') === true ? 'jsonl' : 'csv');
  if (format !== 'csv' && format !== 'jsonl')
    throw new AppError(
      'bad-option',
      say('“{value}” is not a value for {option}.', { value: format, option: '--format' }),
      {
        field: '--format',
        remedy: say('Write csv or jsonl.'),
      },
    );
  const { text } = await context.call('clients.export', { format });
  if (file === undefined) process.stdout.write(text);
  else await writeOutput(file, text, ['.csv', '.jsonl']);
  return 0;
}
