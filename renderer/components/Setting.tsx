/** A setting of Microsoft 365 in plain words, with its own name behind them. */
import { say, type Text } from '../../core/text.ts';
import { useText } from '../i18n/use-text.ts';

/** Parameters of an inbound connector (learn.microsoft.com, New-InboundConnector); others are shown as they are called. */
const WORDS: Readonly<Record<string, Text>> = {
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

export function Setting({ name }: { readonly name: string }) {
  const t = useText();
  const word = WORDS[name];
  if (!word) return <span className="mono">{name}</span>;
  return (
    <>
      {t(word)} <span className="quiet mono small">{name}</span>
    </>
  );
}
