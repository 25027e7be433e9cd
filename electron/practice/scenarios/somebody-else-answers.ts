/** A mail proxy of the provider answers in Microsoft's place. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('Somebody else answers'),
  story: say('The internet provider takes over all mail traffic and answers in Microsoft’s place.'),
  place: 'line',
  station: 'port-25',
  learn: say('That a server that answers is not always the right one, and how its greeting gives it away.'),
  real: say('The scanner says “sent”, and nothing arrives. The greeting names the provider and not Microsoft.'),
  call: say('Your internet provider. Say: “Please take our line out of your mail proxy for port 25.”'),
  office: { banner: 'relay.provider.example ESMTP ready' },
});
