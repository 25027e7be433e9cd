/** The internet provider blocks outgoing port 25. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('Port 25 is blocked'),
  story: say(
    'The internet provider lets no mail traffic out. Everything else works, and nothing in Microsoft 365 can help here.',
  ),
  place: 'line',
  station: 'port-25',
  learn: say('To see at a glance that it is the internet line, so that nobody searches in Microsoft 365 for hours.'),
  real: say(
    'Web pages and mail on the computer work; only the scanner cannot send. A test from another line (a phone’s hotspot) may work.',
  ),
  call: say(
    'Your internet provider. Say: “Please open outgoing TCP port 25 for our line.” Business lines usually get it; some home lines never do.',
  ),
  office: { port25: 'closed' },
});
