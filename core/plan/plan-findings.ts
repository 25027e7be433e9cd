/** What speaks for or against the plan: the traps around a relay connector, each with who has to act. */
import { domainOf } from '../address.ts';
import type { Profile } from '../profile.ts';
import type { Translate } from '../text.ts';
import {
  coversAddress,
  relaysForAddress,
  relaysForCertificate,
  sameName,
  type InboundConnector,
} from './inbound-connector.ts';
import type { Finding, Step, Tenant } from './plan.ts';
import { rightsFinding, rightsRemedies } from './rights.ts';
import { accepts, type TenantFacts } from './tenant-facts.ts';
import type { WantedConnector } from './wanted-connector.ts';

export type FindingsInput = {
  readonly profile: Profile;
  readonly wanted: WantedConnector;
  readonly actual: TenantFacts;
  readonly ours: InboundConnector | undefined;
  readonly others: readonly InboundConnector[];
  readonly step: Step | null;
  readonly tenant: Tenant;
};

type Rule = (input: FindingsInput, t: Translate) => readonly Finding[];

const finding = (
  severity: Finding['severity'],
  text: string,
  who: Finding['who'] = 'nobody',
  fix: readonly string[] = [],
): Finding => ({ severity, text, fix: [...fix], who });

const holdsAddress = (connector: InboundConnector, wanted: WantedConnector): boolean =>
  wanted.ips.some((address) => connector.ips.some((stored) => coversAddress(stored, address)));

const relays = (connector: InboundConnector, wanted: WantedConnector): boolean =>
  wanted.certificateName === null
    ? wanted.ips.some((address) => relaysForAddress(connector, address, wanted.domain))
    : relaysForCertificate(connector, wanted.certificateName, wanted.domain);

const unreadable: Rule = ({ actual }, t) => [
  ...(actual.connectors === null
    ? [
        finding(
          'blocker',
          t('The connectors of this organisation may not be read with this account, so nothing can be planned safely.'),
          'microsoft-admin',
          rightsRemedies.map((remedy) => t(remedy)),
        ),
      ]
    : []),
  ...(actual.acceptedDomains === null
    ? [finding('warning', t('Could not tell whether the sender’s domain belongs to this organisation.'))]
    : []),
];

const senderDomain: Rule = ({ profile, actual, tenant }, t) => {
  const domain = profile.sender === null ? profile.domain : domainOf(profile.sender);
  const found: Finding[] = [];
  if (/\.onmicrosoft\.(com|us)$/.test(domain))
    found.push(
      finding(
        'warning',
        t(
          'The scanner would send from {domain}. Microsoft usually lets such addresses write to 100 outside recipients a day.',
          {
            domain,
          },
        ),
        'you',
        [t('Use an address in the company’s own domain.')],
      ),
    );
  if (actual.acceptedDomains !== null && !accepts(actual.acceptedDomains, domain))
    found.push(
      finding(
        'blocker',
        t('{domain} is not one of the domains of {tenant}, so Microsoft would refuse mail from it.', {
          domain,
          tenant: tenant.name ?? tenant.initialDomain ?? t('the organisation you signed in to'),
        }),
        'microsoft-admin',
        [
          t('Check that you signed in to the right organisation.'),
          t('Otherwise use a sender address in a domain that Microsoft 365 lists under Settings, Domains.'),
        ],
      ),
    );
  return found;
};

const certificateName: Rule = ({ wanted, actual }, t) => {
  if (wanted.certificateName === null || actual.acceptedDomains === null) return [];
  const name = wanted.certificateName.replace(/^\*\./, '').toLowerCase();
  const belongs = actual.acceptedDomains.some((domain) => name === domain.name || name.endsWith(`.${domain.name}`));
  return belongs
    ? []
    : [
        finding(
          'warning',
          t('The certificate’s name {name} is not in a domain of this organisation; Microsoft usually expects that.', {
            name,
          }),
          'you',
          [t('Use a certificate whose name ends in one of the organisation’s domains.')],
        ),
      ];
};

const nameTaken: Rule = ({ wanted, others, step }, t) => {
  const taken = others.find((connector) => sameName(connector.name, wanted.name));
  return taken && step
    ? [
        finding(
          'blocker',
          t('There is already a connector called “{name}” that RelayReady did not make. It is left as it is.', {
            name: taken.name,
          }),
          'you',
          [t('Choose another name for the new connector.')],
        ),
      ]
    : [];
};

const alreadyThere: Rule = ({ wanted, ours, others, step }, t) =>
  [...(ours && step === null ? [ours] : []), ...others]
    .filter((connector) => relays(connector, wanted))
    .map(({ name }) =>
      finding('info', t('The connector “{name}” already lets this office send through Microsoft 365.', { name })),
    );

const ownIsOff: Rule = ({ ours, step }, t) =>
  ours && !ours.enabled && step
    ? [
        finding(
          'warning',
          t(
            'The connector “{name}” exists but is switched off. In new organisations Microsoft often switches it off itself.',
            {
              name: ours.name,
            },
          ),
          'microsoft',
          [t('If switching it on is refused, Microsoft’s support has to do it; the request to send is prepared.')],
        ),
      ]
    : [];

const sameAddress: Rule = ({ wanted, others }, t) =>
  others
    .filter((connector) => holdsAddress(connector, wanted) && !relays(connector, wanted) && !connector.restricts)
    .map((connector) =>
      connector.enabled
        ? finding(
            'warning',
            t(
              'The connector “{name}” holds the same address but does not let it send to the outside. It is left as it is.',
              {
                name: connector.name,
              },
            ),
            'microsoft-admin',
            [t('Let your administrator check what it is for.')],
          )
        : finding(
            'info',
            t('A switched-off connector “{name}” holds the same address. It does no harm and is left as it is.', {
              name: connector.name,
            }),
          ),
    );

const restrictingPartner: Rule = ({ others }, t) =>
  others
    .filter((connector) => connector.enabled && connector.restricts)
    .map(({ name }) =>
      finding(
        'warning',
        t('The connector “{name}” accepts mail only from certain servers. It may turn the scanner away (550 5.7.51).', {
          name,
        }),
        'microsoft-admin',
        [t('If the test is refused with 5.7.51, let your administrator look at that connector.')],
      ),
    );

const hybrid: Rule = ({ others }, t) =>
  others
    .filter((connector) => connector.enabled && connector.hybrid)
    .map(({ name }) =>
      finding(
        'info',
        t('The connector “{name}” belongs to a mail server of your own (hybrid). It is left as it is.', { name }),
      ),
    );

const organization: Rule = ({ actual, step }, t) => [
  ...(actual.organization?.rejectDirectSend === true
    ? [
        finding(
          'info',
          t(
            'This organisation refuses mail that is sent straight to it without sign-in. The connector makes the scanner an exception.',
          ),
        ),
      ]
    : []),
  ...(actual.organization?.dehydrated === true && step
    ? [
        finding(
          'info',
          t('This organisation has never changed its Exchange settings. Exchange may first ask for one preparation.'),
          'microsoft-admin',
          [t('If it does, run Enable-OrganizationCustomization once, wait a few minutes and try again.')],
        ),
      ]
    : []),
];

const blocked: Rule = ({ actual, ours, others, wanted }, t) =>
  [...(ours ? [ours] : []), ...others.filter((connector) => relays(connector, wanted))]
    .filter((connector) =>
      actual.blockedConnectors?.some((id) => sameName(id, connector.id) || sameName(id, connector.name)),
    )
    .map(({ name }) =>
      finding(
        'blocker',
        t('Microsoft has blocked the connector “{name}” because suspicious mail came through it.', { name }),
        'microsoft-admin',
        [
          t('Find out which device sent it, and stop it.'),
          t('Then unblock the connector at security.microsoft.com/restrictedentities; it takes up to an hour.'),
        ],
      ),
    );

const rights: Rule = ({ actual, step }, t) => rightsFinding(step, actual.permitted, t);

const unreadableList: Rule = ({ ours, step }, t) =>
  ours?.unreadable === true && step
    ? [
        finding(
          'blocker',
          t('The connector “{name}” holds entries RelayReady cannot read. It is left as it is, so that none is lost.', {
            name: ours.name,
          }),
          'microsoft-admin',
          [t('Make the change in the Exchange admin center, or with the script.')],
        ),
      ]
    : [];

const RULES: readonly Rule[] = [
  unreadable,
  rights,
  unreadableList,
  senderDomain,
  certificateName,
  nameTaken,
  blocked,
  ownIsOff,
  alreadyThere,
  sameAddress,
  restrictingPartner,
  hybrid,
  organization,
];

export const planFindings = (input: FindingsInput, t: Translate): readonly Finding[] =>
  RULES.flatMap((rule) => rule(input, t));
