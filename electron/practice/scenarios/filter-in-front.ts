/** A mail filter of another company stands in front of Microsoft 365. */
import { say } from '../../../core/text.ts';
import { defineScenario } from '../scenario.ts';

export default defineScenario({
  title: say('A mail filter in front'),
  story: say('Mail for the company goes through a filter first. The scanner has to send to Microsoft all the same.'),
  place: 'domain',
  station: 'microsoft',
  learn: say(
    'That mail arriving for the company and mail sent by the scanner take different ways, and which server name belongs into the scanner.',
  ),
  real: say(
    'The domain’s mail goes to another company first (Proofpoint, Mimecast, Barracuda and others). Their name stands in the MX record.',
  ),
  call: say(
    'Nobody, as long as the scanner sends to Microsoft’s own server. The filter’s operator, if scans to colleagues are held back there.',
  ),
  dns: { mx: ['10 mx1.contoso.pphosted.com', '20 mx2.contoso.pphosted.com'] },
});
