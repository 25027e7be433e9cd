/** Microsoft has a bad day: calls are refused, break off and show old pictures. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('A bad day at Microsoft'),
  story: say(
    'About every fifth call goes wrong, and what is shown is now and then a minute old. Nothing may happen twice.',
  ),
  place: 'microsoft',
  station: 'microsoft',
  learn: say('That a lost answer is looked up and never sent again, and that patience costs nothing.'),
  real: say('Pages of Microsoft 365 are slow or show errors for everybody; status.cloud.microsoft says so.'),
  call: say('Nobody. Wait, and try again in an hour; what was done is looked up first.'),
  tenant: { badDay: 7, language: 'de' },
});
