/** Microsoft asks to wait before it answers. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('Microsoft is busy'),
  story: say('Exchange asks RelayReady to wait now and then. It waits as long as it was told, and says so.'),
  tenant: { busyCalls: 2 },
});
