/** A new organisation in which a connector may not even be made. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('A new organisation, refused'),
  story: say('Microsoft refuses to make a connector that is switched on. Its support usually has to agree first.'),
  tenant: { connectorsAllowed: 'refused' },
});
