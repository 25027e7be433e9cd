/** A firewall takes encryption out of mail traffic. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('The firewall strips encryption'),
  story: say('An old setting of the office firewall inspects mail and takes the offer of encryption out.'),
  office: { startTls: 'stripped' },
});
