/** The organisation refuses mail that is sent straight to it. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('Direct Send is switched off'),
  story: say(
    'The administrator has switched off mail without a connector, even to colleagues. The connector makes the scanner an exception.',
  ),
  tenant: { rejectDirectSend: true },
});
