/** A new organisation whose connectors Microsoft keeps switched off. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('A new organisation'),
  story: say(
    'Microsoft makes the connector but keeps it switched off, as it usually does in new organisations. Only its support can change that.',
  ),
  tenant: { connectorsAllowed: 'made-switched-off' },
});
