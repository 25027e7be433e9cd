/** The internet provider blocks outgoing port 25. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('Port 25 is blocked'),
  story: say(
    'The internet provider lets no mail traffic out. Everything else works, and nothing in Microsoft 365 can help here.',
  ),
  office: { port25: 'closed' },
});
