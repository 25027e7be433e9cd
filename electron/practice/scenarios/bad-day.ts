/** Microsoft has a bad day: calls are refused, break off and show old pictures. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('A bad day at Microsoft'),
  story: say(
    'About every fifth call goes wrong, and what is shown is now and then a minute old. Nothing may happen twice.',
  ),
  tenant: { badDay: 7, language: 'de' },
});
