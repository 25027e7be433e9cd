/** The office has moved: the connector still holds the old address. */
import { say } from '../../../core/text.ts';
import { defineScenario, SPF_INCLUDE } from '../scenario.ts';

export default defineScenario({
  title: say('The office has moved'),
  story: say(
    'The connector and the SPF record still hold the address of the old office. The scanner stopped on the day of the move.',
  ),
  place: 'domain',
  station: 'microsoft',
  learn: say(
    'What has to change when the office gets a new address: the connector and the SPF record, and nothing on the scanner.',
  ),
  real: say(
    'It worked until the day of the move or of the new internet line. The connector still shows the old address.',
  ),
  call: say('Nobody else, if you may sign in and may edit the DNS record.'),
  dns: { txt: [`v=spf1 ip4:198.51.100.99 include:${SPF_INCLUDE} -all`] },
  tenant: {
    connectors: [
      {
        Guid: '5d3c1c1e-0000-4000-8000-000000000001',
        Name: 'RelayReady',
        Comment: 'Made by RelayReady: lets the scanners of contoso.com send mail.',
        Enabled: true,
        ConnectorType: 'OnPremises',
        SenderDomains: ['smtp:*;1'],
        SenderIPAddresses: ['198.51.100.99'],
        RequireTls: false,
      },
    ],
  },
});
