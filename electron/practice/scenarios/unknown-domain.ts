/** The domain is not in Microsoft 365. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('Microsoft does not know the domain'),
  story: say('The domain was never added to Microsoft 365, or it is misspelt.'),
  place: 'domain',
  station: 'microsoft',
  learn: say('To tell a misspelt domain from one that was never added to Microsoft 365.'),
  real: say(
    'The address looks right, but Microsoft does not know its domain; often it is the web site’s name and not the mail’s.',
  ),
  call: say('Your Microsoft 365 administrator: “Please add our domain, or tell us the one our mail uses.”'),
  tenant: { known: false },
});
