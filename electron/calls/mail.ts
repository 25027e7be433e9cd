/** The test message, its trace, and what a reply means. */
import { AppError } from '../../core/errors.ts';
import { explain } from '../../core/explain/explain.ts';
import { say } from '../../core/text.ts';
import { sendUntilTaken } from '../mail/send-until-taken.ts';
import { traceMessage } from '../microsoft/trace.ts';
import { relayHost } from '../office.ts';
import { exchangeOf } from '../worlds.ts';
import type { mailCalls } from '../../core/calls/mail.ts';
import type { EngineParts, PartOf } from './engine-parts.ts';

export const mailPart = ({ worlds, journal }: EngineParts): PartOf<typeof mailCalls> => ({
  'message.send': async ({ environment, profile, wait = 0, ...wanted }, context) => {
    const world = worlds.get(environment);
    if (profile.sender === null)
      throw new AppError('missing-input', say('The address the scanner sends from is not known yet.'), {
        field: '--sender',
        remedy: say('Enter an address in {domain}, for example scanner@{domain}.', { domain: profile.domain }),
      });
    return sendUntilTaken({
      environment: world.environment,
      net: world.net(),
      host: await relayHost(world, profile, context),
      profile,
      sender: profile.sender,
      ...wanted,
      waitMs: wait * 60_000,
      journal,
      ...context,
    });
  },
  'message.trace': ({ environment, messageId }, { signal, t }) =>
    traceMessage(exchangeOf(worlds.get(environment)), messageId, { signal, t }),
  'reply.explain': async ({ text }, { t }) => explain(text, t),
});
