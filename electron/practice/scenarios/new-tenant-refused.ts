/** A new organisation in which a connector may not even be made. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('A new organisation, refused'),
  story: say('Microsoft refuses to make a connector that is switched on. Its support usually has to agree first.'),
  place: 'microsoft',
  station: 'microsoft',
  learn: say('How a refusal of Microsoft reads in plain words, and that it is nobody’s mistake in the office.'),
  real: say('The organisation is new. Microsoft answers that it may not have this kind of connector yet.'),
  call: say(
    'Microsoft’s support, by a ticket from the admin center. It takes some days. The words for it are on the page.',
  ),
  tenant: { connectorsAllowed: 'refused' },
});
