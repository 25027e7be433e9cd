/** `test`: sends the test messages from this computer. */
import { maskTest } from '../../core/mail/mask-test.ts';
import { testText } from '../../core/report/test-text.ts';
import { parseMailAddress } from '../../core/address.ts';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import type { Command } from '../terminal/command.ts';
import { remember } from '../terminal/remember.ts';

const EXIT = { ready: 0, 'action-needed': 3, 'cannot-tell': 4 } as const;

const test: Command = {
  summary: say('Sends one test message inside and one outside, as the scanner would.'),
  usage: '[--internal A] [--external A] [--wait MINUTES]',
  options: {
    internal: { type: 'string', value: 'ADDRESS', help: say('recipient in your own organisation') },
    external: { type: 'string', value: 'ADDRESS', help: say('recipient outside, e.g. a private mailbox') },
    attach: { type: 'boolean', help: say('with a small PDF, like a scan') },
    wait: {
      type: 'string',
      value: 'MINUTES',
      help: say('try a refusal again that long, at most 60, while Microsoft takes a change up'),
    },
    masked: { type: 'boolean', help: say('leave addresses out of what is printed') },
  },
  examples: [
    {
      line: 'relayready test --domain contoso.com --sender scanner@contoso.com --external mailbox@example.net',
      text: say('One message to a mailbox outside.'),
    },
    {
      line: 'relayready test --profile contoso.json --attach --wait 30',
      text: say('Both messages with a page attached, tried again for half an hour after a change.'),
    },
  ],
  changes: 'mail',
  run: async (context) => {
    const profile = await context.profile();
    const recipient = (option: 'internal' | 'external'): string | null => {
      const value = context.text(option);
      if (value === undefined) return profile.testRecipients[option];
      const address = parseMailAddress(value);
      if (address !== null) return address;
      throw new AppError('bad-option', say('“{value}” is not one mail address.', { value: value.slice(0, 80) }), {
        field: `--${option}`,
        remedy: say('Write it like name@example.com.'),
      });
    };
    const internal = recipient('internal');
    let external = recipient('external');
    if (internal === null && external === null) {
      external = parseMailAddress(
        await context.ask(say('Which mailbox outside your organisation should get the test?'), '--external'),
      );
      if (external === null)
        throw new AppError('missing-input', say('That is not one mail address.'), { field: '--external' });
    }
    profile.sender ??= parseMailAddress(
      await context.ask(
        say('Which address does the scanner send from, e.g. scanner@{domain}?', { domain: profile.domain }),
        '--sender',
      ),
    );
    const environment = await context.environment();
    const document = await context.call('message.send', {
      environment,
      profile,
      internal,
      external,
      attach: context.flag('attach'),
      wait: minutes(context.text('wait')),
    });
    await remember(await context.api(), environment, profile, { test: document }, context.warn);
    const shown = context.flag('masked') ? maskTest(document) : document;
    context.print(shown, testText(shown, context.t));
    return document.messages.some(({ outcome }) => outcome === 'unknown') ? 5 : EXIT[document.verdict];
  },
};
export default test;

/** @throws AppError `bad-option` */
function minutes(value: string | undefined): number {
  if (value === undefined) return 0;
  const number = /^\d{1,2}$/.test(value) ? Number(value) : 61;
  if (number <= 60) return number;
  throw new AppError(
    'bad-option',
    say('“{value}” is no number of minutes from 0 to 60.', { value: value.slice(0, 20) }),
    {
      field: '--wait',
      remedy: say('For example: --wait 30'),
    },
  );
}
