/** `practice`: the whole job against a simulated Microsoft 365, told step by step. */
import { outcomeText } from '../../core/report/outcome-text.ts';
import { planText } from '../../core/report/plan-text.ts';
import { reportText } from '../../core/report/report-text.ts';
import { testText } from '../../core/report/test-text.ts';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import type { Command } from '../terminal/command.ts';
import { OUTCOME_EXIT } from '../terminal/outcome-exit.ts';

const EXIT = { ready: 0, 'action-needed': 3, 'cannot-tell': 4 } as const;

const practice: Command = {
  summary: say('Does the whole job against a simulated Microsoft 365, without account or internet.'),
  usage: '[--scenario ID] [--listen]',
  options: {
    scenario: { type: 'string', value: 'ID', help: say('what to practise (all-well)') },
    listen: { type: 'boolean', help: say('keep the simulated Microsoft 365 up and print its environment file') },
  },
  examples: [
    { line: 'relayready practice', text: say('The whole job, and how it goes when all is well.') },
    {
      line: 'relayready practice --scenario port-25-blocked',
      text: say('How it looks when the provider blocks port 25.'),
    },
  ],
  run: async (context) => {
    const { t } = context;
    const id = context.text('scenario') ?? 'all-well';
    const { scenarios } = await context.call('app.info', {});
    const scenario = scenarios.find((entry) => entry.id === id);
    if (!scenario)
      throw new AppError('bad-option', say('There is no scenario “{id}”.', { id: id.slice(0, 60) }), {
        field: '--scenario',
        remedy: say('Scenarios are: {ids}.', { ids: scenarios.map((entry) => entry.id).join(', ') }),
      });
    const tell = (title: string, body = '') => context.note(`\n== ${title}${body === '' ? '' : `\n${body.trimEnd()}`}`);
    tell(t('Practice: {title}', { title: scenario.title }), scenario.story);
    const world = await context.call('practice.start', { scenario: id, files: context.flag('listen') });
    const place = { environment: world.name, profile: world.profile };
    if (world.environmentFile !== null) {
      const line = t('Environment file: {file}', { file: world.environmentFile });
      if (context.json) context.warn(line);
      else process.stdout.write(`${line}\n`);
    }

    tell(t('1. What the office looks like'));
    const before = await context.call('check.run', place);
    context.note(reportText(before, t));

    tell(t('2. Sign in'), t('A simulated administrator signs in.'));
    let outcomeExit = 0;
    let testVerdict: keyof typeof EXIT = 'ready';
    try {
      await context.signIn(world.profile, world.name);
      tell(t('3. The plan'));
      const plan = await context.call('plan.make', place);
      context.note(planText(plan, t));
      tell(t('4. Let it send'));
      const outcome = await context.call('plan.apply', { ...place, plan });
      context.note(outcomeText(outcome, t));
      outcomeExit = OUTCOME_EXIT[outcome.status];
    } catch (error) {
      if (!(error instanceof AppError) || context.signal.aborted) throw error;
      context.note([t(error.text), error.remedy === null ? '' : t(error.remedy)].join(' '));
      outcomeExit = 3;
    }
    tell(t('5. The test messages'));
    const { internal, external } = world.profile.testRecipients;
    const test = await context.call('message.send', { ...place, internal, external });
    context.note(testText(test, t));
    testVerdict = test.verdict;

    tell(t('6. The result'));
    const report = await context.call('check.run', place);
    context.print(report, reportText(report, t));
    if (context.flag('listen')) {
      context.note(t('The simulated Microsoft 365 stays up; stop it with Ctrl+C.'));
      await new Promise<void>((resolve) => context.signal.addEventListener('abort', () => resolve(), { once: true }));
      return 130;
    }
    return EXIT[report.verdict] || outcomeExit || EXIT[testVerdict];
  },
};
export default practice;
