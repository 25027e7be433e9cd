/** The account that signs in may not manage Exchange. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('The account lacks the right'),
  story: say('Signing in works, but this account may not change anything in Exchange. Somebody else has to do it.'),
  tenant: { role: 'none' },
});
