/** The SPF record names neither the office nor Microsoft. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('The SPF record is wrong'),
  story: say('The record still names the server of an earlier provider, and neither the office nor Microsoft 365.'),
  dns: { txt: ['v=spf1 ip4:198.51.100.20 -all'] },
});
