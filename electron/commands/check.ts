/** `check`: runs the readiness checks and changes nothing. */
import { reportText } from '../../core/report/report-text.ts';
import { say } from '../../core/text.ts';
import type { Command } from '../terminal/command.ts';
import { remember } from '../terminal/remember.ts';
import { SIGN_IN_OPTIONS } from '../terminal/session.ts';

const EXIT = { ready: 0, 'action-needed': 3, 'cannot-tell': 4 } as const;

const check: Command = {
  summary: say('Checks whether this office is ready to send through Microsoft 365.'),
  usage: '[--signed-in]',
  options: {
    'signed-in': { type: 'boolean', help: say('sign in and check the connector, too') },
    ...SIGN_IN_OPTIONS,
  },
  deadline: 'checks',
  examples: [
    { line: 'relayready check --domain contoso.com --device 192.168.1.50', text: say('The first look at an office.') },
    { line: 'relayready check --profile contoso.json --signed-in', text: say('With the connector in Microsoft 365.') },
    {
      line: 'relayready check --profile contoso.json --only spf,blocklists --json --quiet',
      text: say('Two checks for a program; the exit code says how they ended.'),
    },
  ],
  run: async (context) => {
    const profile = await context.profile();
    const environment = await context.environment();
    if (context.flag('signed-in')) await context.signIn(profile);
    const only = context
      .text('only')
      ?.split(',')
      .map((id) => id.trim());
    const report = await context.call('check.run', { environment, profile, ...(only ? { only } : {}) });
    if (!only) await remember(await context.api(), environment, profile, { report }, context.warn);
    context.print(report, reportText(report, context.t));
    return EXIT[report.verdict];
  },
};
export default check;
