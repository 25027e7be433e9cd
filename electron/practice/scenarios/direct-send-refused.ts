/** The organisation refuses mail that is sent straight to it. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('Direct Send is switched off'),
  story: say(
    'The administrator has switched off mail without a connector, even to colleagues. The connector makes the scanner an exception.',
  ),
  place: 'microsoft',
  station: 'microsoft',
  learn: say(
    'Why a scanner that could always send to colleagues stops one day: mail without a connector was switched off.',
  ),
  real: say('The scanner reports 5.7.68, or only “sending failed”, from one day to the next, and nobody touched it.'),
  call: say(
    'Your Microsoft 365 administrator. Do not ask them to switch Direct Send on again; the connector is the better way.',
  ),
  tenant: { rejectDirectSend: true },
});
