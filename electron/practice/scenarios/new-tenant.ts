/** A new organisation whose connectors Microsoft keeps switched off. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('A new organisation'),
  story: say(
    'Microsoft makes the connector but keeps it switched off, as it usually does in new organisations. Only its support can change that.',
  ),
  place: 'microsoft',
  station: 'microsoft',
  learn: say('That a connector can be there and still not work, and what to write to Microsoft’s support.'),
  real: say(
    'The organisation is younger than some months. The connector is made, but stays switched off, whatever one presses.',
  ),
  call: say(
    'Microsoft’s support, by a ticket from the admin center. It takes some days. The words for it are on the page.',
  ),
  tenant: { connectorsAllowed: 'made-switched-off' },
});
