/** The computer is in a VPN: web services see another address than Microsoft's mail server. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('A VPN is switched on'),
  story: say('Web pages leave through the VPN, mail leaves through the office line. The two show different addresses.'),
  office: { web: '198.51.100.80' },
});
