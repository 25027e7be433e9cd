/** Exchange administration as InvokeCommand shows it: does what is asked, and refuses what Exchange refuses. */
import type { ServerResponse } from 'node:http';
import { text } from '../../core/plan/inbound-connector.ts';
import { Refusal, type Cmdlet, type Parameters } from './cmdlet.ts';
import { CONNECTOR_CMDLETS } from './connector-cmdlets.ts';
import { RELAY_HOST } from './scenario.ts';
import type { Tenant } from './tenant.ts';
import { sendJson, type WebHandler } from './web-request.ts';

const BUSY_S = 2;

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
    parameters: ['MessageId', 'StartDate', 'EndDate', 'SenderAddress', 'RecipientAddress', 'Status', 'ResultSize'],
    run: ({ messages }, { MessageId }) => ({
      value: messages
        .filter(({ messageId }) => MessageId === undefined || messageId === text(MessageId))
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

/** @throws Refusal */
function perform(tenant: Tenant, body: string): ReturnType<Cmdlet['run']> {
  let input: unknown;
  try {
    input = (JSON.parse(body) as { CmdletInput?: unknown } | null)?.CmdletInput;
  } catch {
    throw new Refusal('Microsoft.Exchange.Configuration.Tasks.InvalidRequestException', 'The request is not JSON.');
  }
  const { CmdletName, Parameters: given } = (input ?? {}) as { CmdletName?: unknown; Parameters?: unknown };
  const name = text(CmdletName);
  const cmdlet = Object.hasOwn(CMDLETS, name) ? CMDLETS[name] : undefined;
  if (!cmdlet)
    throw new Refusal(
      'System.Management.Automation.CommandNotFoundException',
      `The term '${name}' is not recognized as the name of a cmdlet.`,
    );
  const parameters = (typeof given === 'object' && given !== null ? given : {}) as Parameters;
  const unknown = Object.keys(parameters).find((parameter) => !cmdlet.parameters.includes(parameter));
  if (unknown !== undefined)
    throw new Refusal(
      'Microsoft.Exchange.Configuration.Tasks.AmbiguousParameterSetException',
      `A parameter cannot be found that matches parameter name '${unknown}'.`,
    );
  return cmdlet.run(tenant, parameters);
}

/** Busy in both ways Microsoft says it. @returns false when it was not */
function answerBusy(tenant: Tenant, response: ServerResponse): boolean {
  if (tenant.busyCalls <= 0) return false;
  tenant.busyCalls -= 1;
  const [status, code] = tenant.busyCalls % 2 === 1 ? [429, 'TooManyRequests'] : [503, 'ServiceUnavailable'];
  sendJson(response, status, { error: { code, message: 'Try again.' } }, { 'retry-after': String(BUSY_S) });
  return true;
}

/** Handles requests below `/adminapi/`. @param isValidToken knows the tokens the sign-in service gave out */
export function handleExchange(tenant: Tenant, isValidToken: (token: string) => boolean): WebHandler {
  return ({ url, headers, body }, response) => {
    const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
    if (!isValidToken(token))
      return sendJson(response, 401, { error: { code: 'Unauthorized', message: 'The token is not valid.' } });
    const [, , , tenantId, action] = url.pathname.split('/');
    if (tenantId !== tenant.id || action !== 'InvokeCommand')
      return sendJson(response, 404, { error: { code: 'NotFound', message: 'No such resource.' } });
    if (!tenant.mayManage) {
      // As Exchange does it: the body says nothing, a header does.
      response.writeHead(403, { 'x-ms-diagnostics': '2000003;reason="The account lacks the role for this."' });
      response.end('\0\0');
      return;
    }
    if (answerBusy(tenant, response)) return;
    try {
      const { value, warnings = [] } = perform(tenant, body);
      sendJson(response, 200, { value, '@adminapi.warnings': warnings });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      sendJson(response, 400, {
        error: {
          code: 'BadRequest',
          message: 'Invalid Operation',
          details: [{ message: error.message }],
          innererror: { internalexception: { message: `|${error.type}|${error.message}` } },
        },
      });
    }
  };
}
