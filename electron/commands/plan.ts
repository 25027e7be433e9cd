/** `plan`: signs in, reads the tenant and says what would change and why. */
import { planText } from '../../core/report/plan-text.ts';
import { say } from '../../core/text.ts';
import type { Command } from '../terminal/command.ts';
import { remember } from '../terminal/remember.ts';
import { SIGN_IN_OPTIONS } from '../terminal/session.ts';

const plan: Command = {
  summary: say('Signs in and says what would change in Microsoft 365; changes nothing.'),
  usage: '',
  options: SIGN_IN_OPTIONS,
  examples: [
    {
      line: 'relayready plan --domain contoso.com --public-ip 203.0.113.7',
      text: say('What would change for an office with this address.'),
    },
  ],
  run: async (context) => {
    const profile = await context.profile();
    const environment = await context.environment();
    await context.signIn(profile);
    const document = await context.call('plan.make', { environment, profile });
    await remember(await context.api(), environment, profile, { plan: document }, context.warn);
    context.print(document, planText(document, context.t));
    const blocked = document.findings.some(({ severity }) => severity === 'blocker');
    return document.steps.length > 0 || blocked ? 3 : 0;
  },
};
export default plan;
