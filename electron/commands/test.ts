/** `test`: sends the test messages from this computer. */
import { testText } from '../../core/report/test-text.ts';
import { parseMailAddress } from '../../core/address.ts';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import type { Command } from '../terminal/command.ts';
import { remember } from '../terminal/remember.ts';

const EXIT = { ready: 0, 'action-needed': 3, 'cannot-tell': 4 } as const;

const test: Command = {
  summary: say('Sends one test message inside and one outside, as the scanner would.'),
  usage: '[--internal A] [--external A]',
  options: {
    internal: { type: 'string', value: 'ADDRESS', help: say('recipient in your own organisation') },
    external: { type: 'string', value: 'ADDRESS', help: say('recipient outside, e.g. a private mailbox') },
  },
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
    const document = await context.call('message.send', { environment, profile, internal, external });
    await remember(await context.api(), environment, profile, { test: document }, context.note);
    context.print(document, testText(document, context.t));
    return document.messages.some(({ outcome }) => outcome === 'unknown') ? 5 : EXIT[document.verdict];
  },
};
export default test;
