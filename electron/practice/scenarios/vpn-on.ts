/** The computer is in a VPN: web services see another address than Microsoft's mail server. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('A VPN is switched on'),
  story: say('Web pages leave through the VPN, mail leaves through the office line. The two show different addresses.'),
  place: 'line',
  station: 'line',
  learn: say('That this computer and the scanner may go out by different lines, and which address counts.'),
  real: say('The address on “what is my IP” pages is not the one Microsoft sees. A VPN or a web proxy is on.'),
  call: say('Nobody. Switch the VPN off for these ten minutes and check again.'),
  office: { web: '198.51.100.80' },
});
