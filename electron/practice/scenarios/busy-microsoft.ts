/** Microsoft asks to wait before it answers. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('Microsoft is busy'),
  story: say('Exchange asks RelayReady to wait now and then. It waits as long as it was told, and says so.'),
  place: 'microsoft',
  station: 'microsoft',
  learn: say('What “Microsoft asked us to wait” looks like, and that you may cancel at any time.'),
  real: say(
    'It happens in large organisations, or while somebody else runs scripts at the same time. It passes by itself.',
  ),
  call: say('Nobody. If it lasts for hours, Microsoft’s support.'),
  tenant: { busyCalls: 2 },
});
