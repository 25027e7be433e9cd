/** Everything is as it should be; only the connector is still missing. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('All is well'),
  story: say('An office with a fixed address and an open line. Only the connector in Microsoft 365 is still missing.'),
  place: 'nothing',
  station: null,
  learn: say(
    'The whole way once, from the scanner to a message that arrives: the four things that have to fit together.',
  ),
  real: say(
    'At most one thing is missing, and it is the connector. It takes about half an hour, most of it waiting for the right person to sign in.',
  ),
  call: say('Nobody, if you administer Microsoft 365 yourself; else your administrator, for the sign-in.'),
});
