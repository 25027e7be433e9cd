/** The account that signs in may look at everything in Exchange and change nothing. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('The account may only look'),
  story: say(
    'Signing in works and everything can be read, but this account may not change a connector. RelayReady says so before it tries.',
  ),
  tenant: { role: 'reader' },
});
