/** `apply`: carries the plan out and reads it back. */
import { outcomeText } from '../../core/report/outcome-text.ts';
import { planText } from '../../core/report/plan-text.ts';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import type { Command } from '../terminal/command.ts';
import { OUTCOME_EXIT } from '../terminal/outcome-exit.ts';
import { remember } from '../terminal/remember.ts';
import { SIGN_IN_OPTIONS } from '../terminal/session.ts';

const apply: Command = {
  summary: say('Signs in, shows the plan, carries it out and reads it back.'),
  usage: '[--yes]',
  options: { yes: { type: 'boolean', help: say('do not ask before changing') }, ...SIGN_IN_OPTIONS },
  examples: [
    { line: 'relayready apply --domain contoso.com', text: say('Shows the change, asks, makes it and reads it back.') },
    {
      line: 'relayready apply --profile contoso.json --yes --no-browser --json',
      text: say('For a program: the change is agreed to, and the address to sign in at stands on standard error.'),
    },
  ],
  changes: 'tenant',
  run: async (context) => {
    const profile = await context.profile();
    const environment = await context.environment();
    // Without a terminal and without --yes nobody could agree; say so before anybody signs in.
    if (!context.flag('yes') && !process.stdin.isTTY)
      await context.confirm(say('Agree to the change with --yes.'), '--yes');
    await context.signIn(profile);
    const plan = await context.call('plan.make', { environment, profile });
    if (plan.steps.length > 0) {
      // Nobody agrees to what they were not shown.
      (context.flag('yes') ? context.note : context.warn)(planText(plan, context.t));
      if (!context.flag('yes') && !(await context.confirm(say('Change this in Microsoft 365 now?'), '--yes')))
        throw new AppError('cancelled', say('Nothing was changed.'));
    }
    const outcome = await context.call('plan.apply', { environment, profile, plan });
    await remember(await context.api(), environment, profile, { plan, outcome }, context.warn);
    context.print(outcome, outcomeText(outcome, context.t));
    return OUTCOME_EXIT[outcome.status];
  },
};
export default apply;
