/** Exchange administration as InvokeCommand shows it: does what is asked, and refuses what Exchange refuses. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { addressKind, parseIpv4 } from '../../core/address.ts';
import { list, sameName, text, type ExchangeObject } from '../../core/plan/inbound-connector.ts';
import type { Tenant } from './tenant.ts';

type Parameters = Readonly<Record<string, unknown>>;
type Answer = { readonly value: readonly object[]; readonly warnings?: readonly string[] };

/** What Exchange says no to; `type` is the name programs read. */
class Refusal extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

const WRITABLE = new Set([
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
]);
const KINDS = 'Microsoft.Exchange.Configuration.Tasks';
const MANAGEMENT = 'Microsoft.Exchange.Management.Tasks';

const prohibited = () =>
  new Refusal(
    `${MANAGEMENT}.OrganizationInboundConnectorProhibitedException`,
    "For this service offering, you can't enable an inbound connector. Please contact Support to enable it.",
  );

/** Connectors take public IPv4 addresses and ranges of /24 to /32 (Microsoft, New-InboundConnector). */
function checkAddresses(values: readonly string[]): void {
  for (const value of values) {
    const [address = '', bits = '32'] = value.split('/');
    const parsed = parseIpv4(address);
    const kind = parsed === null ? 'reserved' : addressKind(parsed);
    if (parsed === null || !/^\d+$/.test(bits) || Number(bits) > 32)
      throw new Refusal(
        `${KINDS}.ParameterTransformationException`,
        `Cannot convert value "${value}" to type "IPRange".`,
      );
    if (Number(bits) < 24 || (kind !== 'public' && kind !== 'documentation'))
      throw new Refusal(
        `${MANAGEMENT}.InvalidSenderIPAddressException`,
        `The IP address "${value}" is not valid: it is reserved, private or too wide.`,
      );
  }
}

function checkParameters(parameters: Parameters): void {
  const unknown = Object.keys(parameters).find(
    (name) => name !== 'Identity' && name !== 'Confirm' && !WRITABLE.has(name),
  );
  if (unknown !== undefined)
    throw new Refusal(
      `${KINDS}.AmbiguousParameterSetException`,
      `A parameter cannot be found that matches parameter name '${unknown}'.`,
    );
  checkAddresses(list(parameters['SenderIPAddresses']));
}

/** Exchange stores `contoso.com` as `smtp:contoso.com;1`. */
const asStored = (parameters: Parameters): ExchangeObject => {
  const { Identity: _, Confirm: __, ...rest } = parameters;
  return 'SenderDomains' in rest
    ? { ...rest, SenderDomains: list(rest['SenderDomains']).map((domain) => `smtp:${domain};1`) }
    : rest;
};

const find = (tenant: Tenant, identity: unknown): ExchangeObject => {
  const found = tenant.connectors.find(
    (one) => sameName(text(one['Name']), text(identity)) || text(one['Guid']) === text(identity),
  );
  if (found) return found;
  throw new Refusal(
    `${KINDS}.ManagementObjectNotFoundException`,
    `The operation couldn't be performed because object '${text(identity)}' couldn't be found.`,
  );
};

type Cmdlet = (tenant: Tenant, parameters: Parameters) => Answer;

const CMDLETS: Readonly<Record<string, Cmdlet>> = {
  'Get-AcceptedDomain': ({ acceptedDomains }) => ({
    value: acceptedDomains.map((name, at) => ({
      Name: name,
      DomainName: name,
      DomainType: 'Authoritative',
      Default: at === 0,
      MatchSubDomains: false,
    })),
  }),
  'Get-InboundConnector': ({ connectors }) => ({ value: connectors }),
  'Get-OrganizationConfig': ({ rejectDirectSend }) => ({
    value: [
      {
        Name: 'contoso.onmicrosoft.com',
        DisplayName: 'Contoso',
        RejectDirectSend: rejectDirectSend,
        IsDehydrated: false,
      },
    ],
  }),
  'Get-BlockedConnector': () => ({ value: [] }),
  'Get-DnssecStatusForVerifiedDomain': () => ({ value: [] }),
  'Get-MessageTraceV2': ({ messages }, { MessageId }) => ({
    value: messages
      .filter(({ messageId }) => messageId === text(MessageId))
      .flatMap(({ recipients, messageId, receivedAt, seenAddress, from, subject }) =>
        recipients.map((recipient) => ({
          MessageId: messageId,
          SenderAddress: from,
          RecipientAddress: recipient,
          Subject: subject,
          Received: receivedAt,
          Status: 'Delivered',
          FromIP: seenAddress,
        })),
      ),
  }),
  'New-InboundConnector': (tenant, parameters) => {
    checkParameters(parameters);
    const name = text(parameters['Name']);
    if (name === '') throw new Refusal(`${KINDS}.ParameterBindingException`, 'Name is missing.');
    if (list(parameters['SenderDomains']).length === 0)
      throw new Refusal(`${KINDS}.ParameterBindingException`, 'SenderDomains is missing.');
    if (tenant.connectors.some((one) => sameName(text(one['Name']), name)))
      throw new Refusal(`${KINDS}.ManagementObjectAlreadyExistsException`, `The connector "${name}" already exists.`);
    const off = tenant.connectorsAllowed !== 'yes' && parameters['Enabled'] !== false;
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
    return {
      value: [made],
      ...(off
        ? {
            warnings: [
              "The connector is created in disabled state. For this service offering, you can't enable an inbound connector. Please contact Support to enable it.",
            ],
          }
        : {}),
    };
  },
  'Set-InboundConnector': (tenant, parameters) => {
    const found = find(tenant, parameters['Identity']);
    checkParameters(parameters);
    if (parameters['Enabled'] === true && tenant.connectorsAllowed !== 'yes') throw prohibited();
    tenant.connectors = tenant.connectors.map((one) => (one === found ? { ...one, ...asStored(parameters) } : one));
    return { value: [] };
  },
  'Remove-InboundConnector': (tenant, { Identity }) => {
    const found = find(tenant, Identity);
    tenant.connectors = tenant.connectors.filter((one) => one !== found);
    return { value: [] };
  },
};

const send = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
};

const refusal = (type: string, message: string) => ({
  error: {
    code: 'BadRequest',
    message: 'Invalid Operation',
    details: [{ message }],
    innererror: { internalexception: { message: `|${type}|${message}` } },
  },
});

/** Handles one request below `/adminapi/`. @param isValidToken knows the tokens the sign-in service gave out */
export function handleExchange(tenant: Tenant, isValidToken: (token: string) => boolean) {
  return (request: IncomingMessage, body: string, response: ServerResponse): void => {
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!isValidToken(token))
      return send(response, 401, { error: { code: 'Unauthorized', message: 'The token is not valid.' } });
    const [, , , tenantId, action] = new URL(request.url ?? '/', 'https://localhost').pathname.split('/');
    if (tenantId !== tenant.id || action !== 'InvokeCommand')
      return send(response, 404, { error: { code: 'NotFound', message: 'No such resource.' } });
    if (tenant.busyCalls > 0) {
      tenant.busyCalls -= 1;
      return send(
        response,
        429,
        { error: { code: 'TooManyRequests', message: 'Too many requests.' } },
        { 'retry-after': '2' },
      );
    }
    let input: { CmdletName?: unknown; Parameters?: unknown } | undefined;
    try {
      input = (JSON.parse(body) as { CmdletInput?: typeof input }).CmdletInput;
    } catch {
      return send(response, 400, refusal(`${KINDS}.InvalidRequestException`, 'The request is not JSON.'));
    }
    const name = text(input?.CmdletName);
    const cmdlet = Object.hasOwn(CMDLETS, name) ? CMDLETS[name] : undefined;
    if (!cmdlet)
      return send(
        response,
        400,
        refusal('System.Management.Automation.CommandNotFoundException', `The term '${name}' is not recognized.`),
      );
    try {
      const { value, warnings = [] } = cmdlet(tenant, (input?.Parameters ?? {}) as Parameters);
      send(response, 200, { value, '@adminapi.warnings': warnings });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(response, 400, refusal(error.type, error.message));
    }
  };
}
