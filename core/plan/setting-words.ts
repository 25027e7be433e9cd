/** Settings of an inbound connector in plain words (learn.microsoft.com, New-InboundConnector); others are shown as they are called. */
import { say, type Text } from '../text.ts';

export const SETTING_WORDS: Readonly<Record<string, Text>> = {
  Name: say('Name'),
  Enabled: say('Switched on'),
  Comment: say('Note'),
  ConnectorType: say('Kind'),
  ConnectorSource: say('Made by'),
  SenderDomains: say('For which senders'),
  SenderIPAddresses: say('Addresses of the office'),
  TlsSenderCertificateName: say('Name in the certificate'),
  RequireTls: say('Only encrypted'),
  CloudServicesMailEnabled: say('Hybrid Exchange'),
};
