/** The SPF record names neither the office nor Microsoft. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('The SPF record is wrong'),
  story: say('The record still names the server of an earlier provider, and neither the office nor Microsoft 365.'),
  place: 'domain',
  station: 'recipient',
  learn: say('To change one public record safely: before and after, with nothing that works today lost.'),
  real: say('Mail arrives, but in the junk folder, or is sent back with 5.7.23 or “SPF fail”.'),
  call: say(
    'Whoever looks after your DNS records. Send them the new line; it is one record, and it takes them two minutes.',
  ),
  dns: { txt: ['v=spf1 ip4:198.51.100.20 -all'] },
});
