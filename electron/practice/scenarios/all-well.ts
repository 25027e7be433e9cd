/** Everything is as it should be; only the connector is still missing. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('All is well'),
  story: say('An office with a fixed address and an open line. Only the connector in Microsoft 365 is still missing.'),
});
