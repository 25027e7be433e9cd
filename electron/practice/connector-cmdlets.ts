/** What New-, Set- and Remove-InboundConnector do in a practice tenant, and what they refuse. */
import { randomUUID } from 'node:crypto';
import { addressKind, parseIpv4 } from '../../core/address.ts';
import { list, sameName, text, type ExchangeObject } from '../../core/plan/inbound-connector.ts';
import { Refusal, type Answer, type Cmdlet, type Parameters } from './cmdlet.ts';
import type { Tenant } from './tenant.ts';

const WRITABLE = [
  'Name',
  'Comment',
  'ConnectorType',
  'SenderDomains',
  'SenderIPAddresses',
  'TlsSenderCertificateName',
  'RequireTls',
  'Enabled',
  'AssociatedAcceptedDomains',
  'ConnectorSource',
  'RestrictDomainsToIPAddresses',
  'RestrictDomainsToCertificate',
  'CloudServicesMailEnabled',
  'Confirm',
];
const SWITCHES = ['Enabled', 'RequireTls', 'RestrictDomainsToIPAddresses', 'RestrictDomainsToCertificate'];
/** Microsoft, inbound connector FAQ. */
const MADE_OFF =
  'Inbound connector for this service offering is created in a disabled state. Contact Support to enable it.';

/** Exchange words this in the tenant's language; programs go by the type. */
const prohibited = () =>
  new Refusal(
    'Microsoft.Exchange.Management.Tasks.OrganizationInboundConnectorProhibitedException',
    "For this service offering, you can't enable an inbound connector. Contact Support to enable it.",
  );
const unfit = (value: unknown, type: string) =>
  new Refusal(
    'Microsoft.Exchange.Configuration.Tasks.ParameterTransformationException',
    `Cannot convert value "${String(value)}" to type "${type}".`,
  );
const missing = (name: string) =>
  new Refusal('Microsoft.Exchange.Configuration.Tasks.ParameterBindingException', `${name} is missing.`);

/** Connectors take public IPv4 addresses and ranges of /24 to /32, each once (Microsoft, New-InboundConnector). */
function checkAddresses(values: readonly string[]): void {
  for (const value of values) {
    const [address = '', bits = '32'] = value.split('/');
    const parsed = parseIpv4(address);
    const kind = parsed === null ? 'reserved' : addressKind(parsed);
    if (parsed === null || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) throw unfit(value, 'IPRange');
    if (Number(bits) < 24 || (kind !== 'public' && kind !== 'documentation'))
      throw new Refusal(
        'Microsoft.Exchange.Management.Tasks.InvalidSenderIPAddressException',
        `The IP address "${value}" is not valid: it is reserved, private or too wide.`,
      );
  }
  const twice = values.find((value, at) => values.indexOf(value) !== at);
  if (twice !== undefined)
    throw new Refusal('System.InvalidOperationException', `The value "${twice}" is already present in the collection.`);
}

function checkValues(parameters: Parameters): void {
  const type = parameters['ConnectorType'];
  if (type !== undefined && type !== 'OnPremises' && type !== 'Partner') throw unfit(type, 'TenantConnectorType');
  for (const name of SWITCHES)
    if (parameters[name] !== undefined && typeof parameters[name] !== 'boolean')
      throw unfit(parameters[name], 'Boolean');
  for (const domain of list(parameters['SenderDomains']))
    if (!/^(\*|(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+)$/i.test(domain)) throw unfit(domain, 'AddressSpace');
  checkAddresses(list(parameters['SenderIPAddresses']));
}

/** Exchange stores `contoso.com` as `smtp:contoso.com;1`. */
const asStored = ({ Identity: _, Confirm: __, ...rest }: Parameters): ExchangeObject =>
  'SenderDomains' in rest
    ? { ...rest, SenderDomains: list(rest['SenderDomains']).map((domain) => `smtp:${domain};1`) }
    : rest;

const named = (tenant: Tenant, identity: unknown): ExchangeObject | undefined =>
  tenant.connectors.find(
    (one) => sameName(text(one['Name']), text(identity)) || sameName(text(one['Guid']), text(identity)),
  );

function existing(tenant: Tenant, identity: unknown): ExchangeObject {
  if (text(identity) === '') throw missing('Identity');
  const found = named(tenant, identity);
  if (found) return found;
  throw new Refusal(
    'Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException',
    `The operation couldn't be performed because object '${text(identity)}' couldn't be found.`,
  );
}

const create = (tenant: Tenant, parameters: Parameters): Answer => {
  const name = text(parameters['Name']);
  if (name === '') throw missing('Name');
  if (list(parameters['SenderDomains']).length === 0) throw missing('SenderDomains');
  checkValues(parameters);
  if (tenant.namesAreUnique && named(tenant, name))
    throw new Refusal(
      'Microsoft.Exchange.Configuration.Tasks.ManagementObjectAlreadyExistsException',
      `The connector "${name}" already exists.`,
    );
  const wantsOn = parameters['Enabled'] !== false;
  if (wantsOn && tenant.connectorsAllowed === 'refused') throw prohibited();
  const off = wantsOn && tenant.connectorsAllowed === 'made-switched-off';
  const made: ExchangeObject = {
    Guid: randomUUID(),
    Enabled: true,
    ConnectorType: 'Partner',
    ConnectorSource: 'Default',
    Comment: '',
    SenderIPAddresses: [],
    RequireTls: true,
    TlsSenderCertificateName: null,
    RestrictDomainsToIPAddresses: false,
    RestrictDomainsToCertificate: false,
    CloudServicesMailEnabled: false,
    AssociatedAcceptedDomains: [],
    ...asStored(parameters),
    ...(off ? { Enabled: false } : {}),
  };
  tenant.connectors = [...tenant.connectors, made];
  return { value: [made], warnings: off ? [MADE_OFF] : [] };
};

const change = (tenant: Tenant, parameters: Parameters): Answer => {
  const found = existing(tenant, parameters['Identity']);
  checkValues(parameters);
  if ('SenderDomains' in parameters && list(parameters['SenderDomains']).length === 0) throw missing('SenderDomains');
  const name = text(parameters['Name']);
  const other = name === '' ? undefined : named(tenant, name);
  if (other !== undefined && other !== found)
    throw new Refusal(
      'Microsoft.Exchange.Configuration.Tasks.ManagementObjectAlreadyExistsException',
      `The connector "${name}" already exists.`,
    );
  if (parameters['Enabled'] === true && tenant.connectorsAllowed !== 'yes') throw prohibited();
  tenant.connectors = tenant.connectors.map((one) => (one === found ? { ...one, ...asStored(parameters) } : one));
  return { value: [] };
};

export const CONNECTOR_CMDLETS: Readonly<Record<string, Cmdlet>> = {
  'Get-InboundConnector': {
    parameters: ['Identity', 'ResultSize'],
    // Asked for one that is not there, Exchange may return them all (Microsoft, Get-InboundConnector).
    run: (tenant, { Identity }) => {
      const one = Identity === undefined ? undefined : named(tenant, Identity);
      return { value: one ? [one] : tenant.seenConnectors() };
    },
  },
  'New-InboundConnector': { parameters: WRITABLE, run: create },
  'Set-InboundConnector': { parameters: ['Identity', ...WRITABLE], run: change },
  'Remove-InboundConnector': {
    parameters: ['Identity', 'Confirm'],
    run: (tenant, { Identity }) => {
      const found = existing(tenant, Identity);
      tenant.connectors = tenant.connectors.filter((one) => one !== found);
      return { value: [] };
    },
  },
};
