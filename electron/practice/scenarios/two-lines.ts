/** Two internet lines used in turn. */
import { say } from '../../../core/text.ts';
import { defineScenario, OFFICE_ADDRESS, SPF_INCLUDE } from '../scenario.ts';

export default defineScenario({
  title: say('Two internet lines'),
  story: say('The router uses two lines in turn, so Microsoft sees two addresses. Both have to be let in.'),
  place: 'line',
  station: 'line',
  learn: say('Why a scanner fails every other time, and that both addresses have to be let in.'),
  real: say('It works, and then it does not, by turns. The router has two internet lines, or one as a spare.'),
  call: say('Nobody, if you know both addresses; else whoever looks after the router.'),
  office: { seen: [OFFICE_ADDRESS, '198.51.100.7'] },
  dns: { txt: [`v=spf1 ip4:${OFFICE_ADDRESS} ip4:198.51.100.7 include:${SPF_INCLUDE} -all`] },
});
