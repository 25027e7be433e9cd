/** A mail proxy of the provider answers in Microsoft's place. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('Somebody else answers'),
  story: say('The internet provider takes over all mail traffic and answers in Microsoft’s place.'),
  office: { banner: 'relay.provider.example ESMTP ready' },
});
