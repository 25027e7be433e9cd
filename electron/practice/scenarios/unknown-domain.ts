/** The domain is not in Microsoft 365. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('Microsoft does not know the domain'),
  story: say('The domain was never added to Microsoft 365, or it is misspelt.'),
  tenant: { known: false },
});
