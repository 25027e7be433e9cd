/** A firewall takes encryption out of mail traffic. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('The firewall strips encryption'),
  story: say('An old setting of the office firewall inspects mail and takes the offer of encryption out.'),
  place: 'line',
  station: 'port-25',
  learn: say('How to tell a firewall that rewrites mail traffic, and why Microsoft cannot mend it.'),
  real: say(
    'Mail goes out, but unencrypted; a test from a phone’s hotspot shows encryption. Cisco calls the setting “inspect esmtp”.',
  ),
  call: say(
    'Whoever looks after the firewall. Say: “Please switch off SMTP inspection for outgoing port 25; STARTTLS is taken out.”',
  ),
  office: { startTls: 'stripped' },
});
