/** The account that signs in may not manage Exchange. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('The account lacks the right'),
  story: say('Signing in works, but this account may not change anything in Exchange. Somebody else has to do it.'),
  place: 'sign-in',
  station: 'microsoft',
  learn: say('Who is able to do this part, and how to hand it over without giving anybody your password.'),
  real: say('The sign-in works, but Microsoft says that this account may not administer Exchange.'),
  call: say(
    'Your Microsoft 365 administrator: an Exchange administrator is enough. Send them the letter or the script.',
  ),
  tenant: { role: 'none' },
});
