/** `trace`: what Microsoft did with a test message. */
import { traceText } from '../../core/report/trace-text.ts';
import { say } from '../../core/text.ts';
import type { Command } from '../terminal/command.ts';
import { SIGN_IN_OPTIONS } from '../terminal/session.ts';

const trace: Command = {
  summary: say('Asks Microsoft what became of a test message.'),
  usage: '--message-id ID',
  options: {
    'message-id': { type: 'string', value: 'ID', help: say('the Message-ID that “test” printed') },
    ...SIGN_IN_OPTIONS,
  },
  examples: [
    {
      line: 'relayready trace --domain contoso.com --message-id "<20260101.1@contoso.com>"',
      text: say('What became of one message.'),
    },
  ],
  run: async (context) => {
    const messageId = context.text('message-id') ?? (await context.ask(say('Which Message-ID?'), '--message-id'));
    const profile = await context.profile();
    const environment = await context.environment();
    await context.signIn(profile);
    const document = await context.call('message.trace', { environment, messageId });
    context.print(document, traceText(document, context.t));
    if (document.events.length === 0) return 4;
    return document.events.every(({ status }) => /^(delivered|expanded|resolved)$/i.test(status)) ? 0 : 3;
  },
};
export default trace;
