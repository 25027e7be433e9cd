/** The cmdlets of a practice tenant, and how one is found, held against its parameters and run. */
import { text } from '../../core/plan/inbound-connector.ts';
import { Refusal, type Cmdlet, type Parameters } from './cmdlet.ts';
import { CONNECTOR_CMDLETS } from './connector-cmdlets.ts';
import { RELAY_HOST } from './scenario.ts';
import type { Role, Tenant } from './tenant.ts';

const CMDLETS: Readonly<Record<string, Cmdlet>> = {
  ...CONNECTOR_CMDLETS,
  'Get-AcceptedDomain': {
    parameters: ['Identity', 'ResultSize'],
    run: ({ acceptedDomains }) => ({
      value: acceptedDomains.map((name, at) => ({
        Name: name,
        DomainName: name,
        DomainType: 'Authoritative',
        Default: at === 0,
        MatchSubDomains: false,
      })),
    }),
  },
  'Get-OrganizationConfig': {
    parameters: [],
    run: ({ rejectDirectSend }) => ({
      value: [
        {
          Name: 'contoso.onmicrosoft.com',
          DisplayName: 'Contoso',
          RejectDirectSend: rejectDirectSend,
          IsDehydrated: false,
        },
      ],
    }),
  },
  'Get-TransportConfig': {
    parameters: [],
    run: () => ({ value: [{ SmtpClientAuthenticationDisabled: true, AllowLegacyTLSClients: false }] }),
  },
  'Get-BlockedConnector': { parameters: ['ConnectorId'], run: () => ({ value: [] }) },
  'Get-DnssecStatusForVerifiedDomain': {
    parameters: ['DomainName'],
    run: (_, { DomainName }) => ({
      value: [{ ExpectedMxRecord: { Record: `@ 3600 IN MX 0 ${RELAY_HOST}`, Domain: text(DomainName) } }],
    }),
  },
  'Get-MessageTraceV2': {
    parameters: [
      'MessageId',
      'StartDate',
      'EndDate',
      'SenderAddress',
      'RecipientAddress',
      'StartingRecipientAddress',
      'FromIP',
      'Status',
      'ResultSize',
    ],
    run: ({ messages }, { MessageId, FromIP }) => ({
      value: messages
        .filter(({ messageId }) => MessageId === undefined || messageId === text(MessageId))
        .filter(({ seenAddress }) => FromIP === undefined || seenAddress === text(FromIP))
        .flatMap(({ deliveries, messageId, receivedAt, seenAddress, from, subject }) =>
          deliveries.map(({ recipient, status }) => ({
            MessageId: messageId,
            SenderAddress: from,
            RecipientAddress: recipient,
            Subject: subject,
            Received: receivedAt,
            Status: status,
            FromIP: seenAddress,
          })),
        ),
    }),
  },
};

const READER = /^Get-/;

/** What the role lets somebody run; Exchange gives anybody else's cmdlets no sign of life. */
export const permittedCmdlets = (role: Role): readonly string[] =>
  Object.keys(CMDLETS).filter((name) => role === 'administrator' || (role === 'reader' && READER.test(name)));

export type Command = { readonly name: string; readonly parameters: Parameters };

/** @throws Refusal */
export function readCommand(body: string): Command {
  try {
    const input = (JSON.parse(body) as { CmdletInput?: unknown } | null)?.CmdletInput;
    const { CmdletName, Parameters: given } = (input ?? {}) as { CmdletName?: unknown; Parameters?: unknown };
    return {
      name: text(CmdletName),
      parameters: (typeof given === 'object' && given !== null ? given : {}) as Parameters,
    };
  } catch {
    throw new Refusal('Microsoft.Exchange.Configuration.Tasks.InvalidRequestException', 'The request is not JSON.');
  }
}

/** @throws Refusal */
export function perform(tenant: Tenant, { name, parameters }: Command): ReturnType<Cmdlet['run']> {
  const cmdlet =
    Object.hasOwn(CMDLETS, name) && permittedCmdlets(tenant.role).includes(name) ? CMDLETS[name] : undefined;
  if (!cmdlet)
    throw new Refusal(
      'System.Management.Automation.CommandNotFoundException',
      `The term '${name}' is not recognized as the name of a cmdlet.`,
    );
  const unknown = Object.keys(parameters).find((parameter) => !cmdlet.parameters.includes(parameter));
  if (unknown !== undefined)
    throw new Refusal(
      'Microsoft.Exchange.Configuration.Tasks.AmbiguousParameterSetException',
      `A parameter cannot be found that matches parameter name '${unknown}'.`,
    );
  return cmdlet.run(tenant, parameters);
}
