/** The account that signs in may look at everything in Exchange and change nothing. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('The account may only look'),
  story: say(
    'Signing in works and everything can be read, but this account may not change a connector. RelayReady says so before it tries.',
  ),
  place: 'sign-in',
  station: 'microsoft',
  learn: say('The difference between being able to look and being able to change, and who has to do the rest.'),
  real: say(
    'The sign-in works and everything can be read, but Microsoft refuses the change. Typical for “Global Reader” and “View-Only” roles.',
  ),
  call: say('Your Microsoft 365 administrator. Send them the letter or the script from “I’ll do it another way”.'),
  tenant: { role: 'reader' },
});
