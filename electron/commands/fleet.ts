/** `fleet check`: the checks over many profiles, one JSON line each as it finishes. */
import { AppError, isAppError } from '../../core/errors.ts';
import type { ReportVerdict } from '../../core/result.ts';
import { verdictWord } from '../../core/report/words.ts';
import { say } from '../../core/text.ts';
import { wireError } from '../dispatch.ts';
import { readProfiles, type ProfileRow } from '../storage/read-profiles.ts';
import type { Command, CommandContext } from '../terminal/command.ts';

/** Profiles looked at side by side. */
const AT_ONCE = 8;

const fleet: Command = {
  summary: say('Runs the checks over many profiles (folder, JSON lines or CSV), one line each.'),
  usage: 'check PATH',
  options: {},
  positionals: 2,
  deadline: 'checks',
  run: async (context) => {
    const [verb, location] = context.positionals;
    if (verb !== 'check' || location === undefined)
      throw new AppError('missing-input', say('Write “fleet check” and a folder or file.'), {
        field: verb === 'check' ? 'PATH' : 'check',
        remedy: say('For example: relayready fleet check clients/'),
      });
    const counts: Record<ReportVerdict | 'bad', number> = { ready: 0, 'action-needed': 0, 'cannot-tell': 0, bad: 0 };
    const rows = readProfiles(location);
    const worker = async (): Promise<void> => {
      for (;;) {
        const next = await rows.next();
        if (next.done) return;
        counts[await look(next.value, context)] += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    context.note(
      context.t(
        '{ready, number} ready, {action, number} need something, {unknown, number} could not be told, {bad, number} unreadable.',
        {
          ready: counts.ready,
          action: counts['action-needed'],
          unknown: counts['cannot-tell'],
          bad: counts.bad,
        },
      ),
    );
    if (counts.bad > 0) return 2;
    if (counts['action-needed'] > 0) return 3;
    return counts['cannot-tell'] > 0 ? 4 : 0;
  },
};
export default fleet;

async function look(row: ProfileRow, context: CommandContext): Promise<ReportVerdict | 'bad'> {
  const line = (document: unknown, words: string) =>
    process.stdout.write(`${context.json ? JSON.stringify(document) : words}\n`);
  const bad = (error: AppError): 'bad' => {
    const wire = wireError(error, context.t);
    line({ where: row.where, error: wire }, `${row.where}: ${wire.message}`);
    return 'bad';
  };
  if ('problem' in row)
    return bad(new AppError('bad-profile', row.problem, { field: row.field ?? row.where, remedy: row.remedy }));
  const profile = 'document' in row ? row.document.sites[0]!.profile : row.profile;
  try {
    const only = context.text('only')?.split(',');
    const report = await context.call('check.run', {
      environment: await context.environment(),
      profile,
      ...(only ? { only } : {}),
    });
    line({ where: row.where, ...report }, `${row.where}: ${profile.domain}: ${verdictWord(report.verdict, context.t)}`);
    return report.verdict;
  } catch (error) {
    if (isAppError(error) && error.code !== 'cancelled') return bad(error);
    throw error;
  }
}
