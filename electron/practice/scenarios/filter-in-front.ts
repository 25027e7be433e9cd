/** A mail filter of another company stands in front of Microsoft 365. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('A mail filter in front'),
  story: say('Mail for the company goes through a filter first. The scanner has to send to Microsoft all the same.'),
  dns: { mx: ['10 mx1.contoso.pphosted.com', '20 mx2.contoso.pphosted.com'] },
});
