/** `undo`: takes back what `apply` did, from the saved outcome. */
import { outcomeText } from '../../core/report/outcome-text.ts';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import type { Command } from '../terminal/command.ts';
import { OUTCOME_EXIT } from '../terminal/outcome-exit.ts';
import { remember } from '../terminal/remember.ts';
import { SIGN_IN_OPTIONS } from '../terminal/session.ts';

const undo: Command = {
  summary: say('Takes back what “apply” changed.'),
  usage: '[--yes]',
  options: { yes: { type: 'boolean', help: say('do not ask before changing') }, ...SIGN_IN_OPTIONS },
  examples: [{ line: 'relayready undo --domain contoso.com', text: say('Takes the last change back, after asking.') }],
  changes: 'tenant',
  run: async (context) => {
    const profile = await context.profile();
    const environment = await context.environment();
    if (!context.flag('yes') && !process.stdin.isTTY)
      await context.confirm(say('Agree to the change with --yes.'), '--yes');
    await context.signIn(profile);
    if (
      !context.flag('yes') &&
      !(await context.confirm(say('Take back what RelayReady changed in Microsoft 365?'), '--yes'))
    )
      throw new AppError('cancelled', say('Nothing was changed.'));
    const outcome = await context.call('plan.undo', { environment, profile });
    await remember(await context.api(), environment, profile, { outcome }, context.warn);
    context.print(outcome, outcomeText(outcome, context.t));
    return OUTCOME_EXIT[outcome.status];
  },
};
export default undo;
