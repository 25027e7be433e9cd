/** The plan as a PowerShell script that a person can read, try out and run; it needs no sign-in of ours. */
import { domainOf, parseIpv4 } from '../address.ts';
import { AppError } from '../errors.ts';
import { COMMENT_MARKER, creationParameters, wantedConnector, type WantedConnector } from '../plan/wanted-connector.ts';
import type { Profile } from '../profile.ts';
import { say, type Translate } from '../text.ts';
import { psComment, psString, psValue } from './quote.ts';
import { SCRIPT_FUNCTIONS } from './script-functions.ts';

export type ScriptInput = {
  readonly profile: Profile;
  readonly addresses: readonly string[];
  /** Name of the environment; the national clouds sign in elsewhere. */
  readonly environmentName: string;
};

/** Connect-ExchangeOnline -ExchangeEnvironmentName; the public cloud needs none. */
const EXCHANGE_ENVIRONMENTS: Readonly<Record<string, string>> = {
  'gcc-high': 'O365USGovGCCHigh',
  dod: 'O365USGovDoD',
  '21vianet': 'O365China',
};

/** @throws AppError when the profile does not say whom to let in */
export function checkedWish({ profile, addresses }: Pick<ScriptInput, 'profile' | 'addresses'>): WantedConnector {
  const wanted = wantedConnector(profile, addresses);
  const bad = wanted.ips.find((address) => parseIpv4(address) === null);
  if (bad !== undefined)
    throw new AppError('bad-input', say('“{bad}” is not an IPv4 address.', { bad }), {
      field: 'publicIps',
      remedy: say('Write it like 203.0.113.7.'),
    });
  const byCertificate = profile.connector.authentication === 'certificate';
  // An empty name would make the script go by addresses, of which there are none.
  if (byCertificate ? (wanted.certificateName ?? '').trim() === '' : wanted.ips.length === 0)
    throw new AppError(
      'missing-input',
      byCertificate
        ? say('The name in the scanner’s certificate is missing.')
        : say('The public address of this office is not known yet.'),
      {
        field: byCertificate ? 'connector.certificateName' : '--public-ip',
        remedy: say('Enter it, then make the script again.'),
      },
    );
  return wanted;
}

/** Windows PowerShell 5.1 and PowerShell 7; pure ASCII; without -Apply it changes nothing; run again it changes nothing. */
export function powershellScript(input: ScriptInput, t: Translate): string {
  const wanted = checkedWish(input);
  const { profile, environmentName } = input;
  const domain = profile.sender === null ? profile.domain : domainOf(profile.sender);
  const parameters = creationParameters(wanted);
  const cloud = EXCHANGE_ENVIRONMENTS[environmentName];
  // Straight quotes keep the lines readable; curly ones would each become a [char].
  const tell = (message: string, values?: Record<string, string>): string =>
    psString(
      t(message, values)
        .replaceAll(/[\u201c\u201d]/g, '"')
        .replaceAll(/[\u2018\u2019]/g, "'"),
    );
  const lines = [
    psComment(t('Lets the scanners of an office send mail through Microsoft 365 (inbound connector for SMTP relay).')),
    psComment(t('First run it as it is: it only shows what it would do. Then run it with -Apply.')),
    psComment(
      t(
        'Needs Windows PowerShell 5.1 or PowerShell 7, the module ExchangeOnlineManagement and an Exchange Administrator.',
      ),
    ),
    psComment(t('If Windows refuses to run it, use: Unblock-File .\\relayready.ps1')),
    '[CmdletBinding()]',
    'param([switch]$Apply)',
    "$ErrorActionPreference = 'Stop'",
    '$tryOnly = -not $Apply',
    '',
    psComment(t('What is wanted')),
    '$new = @{',
    ...Object.entries(parameters).map(([name, value]) => `  ${name} = ${psValue(value)}`),
    '}',
    `$domain = ${psString(domain)}`,
    `$marker = ${psString(`${COMMENT_MARKER}*`)}`,
    `$certificate = ${psValue(wanted.certificateName)}`,
    `$addresses = ${psValue(wanted.ips)}`,
    '',
    ...SCRIPT_FUNCTIONS,
    '',
    psComment(t('Sign in')),
    'if (-not (Get-Command Connect-ExchangeOnline -ErrorAction SilentlyContinue)) {',
    `  throw ${tell('The module ExchangeOnlineManagement is missing. Install it with: Install-Module ExchangeOnlineManagement -Scope CurrentUser')}`,
    '}',
    "if (-not (Get-ConnectionInformation | Where-Object { [string]$_.State -eq 'Connected' })) {",
    `  Connect-ExchangeOnline -ShowBanner:$false${cloud === undefined ? '' : ` -ExchangeEnvironmentName ${psString(cloud)}`}`,
    '}',
    '$accepted = @(Get-AcceptedDomain | ForEach-Object { [string]$_.DomainName })',
    'if ($accepted -notcontains $domain) {',
    `  throw ${tell('{domain} is not a domain of the organisation you signed in to. Nothing was changed.', { domain })}`,
    '}',
    '',
    psComment(t('Compare')),
    '$all = @(Get-InboundConnector)',
    '$mine = @($all | Where-Object { $_.Name -eq $new.Name })',
    '$others = @($all | Where-Object { $_.Name -ne $new.Name -and (Test-Relay $_) })',
    '$missing = @($addresses | Where-Object { -not (Test-Listed $others $_) })',
    'if ($certificate -and -not (Test-Certificate $others)) { $missing = @($certificate) }',
    '',
    'if ($missing.Count -eq 0) {',
    `  Write-Host ${tell('Another connector already lets this office send. Nothing to do.')}`,
    '} elseif ($mine.Count -eq 0) {',
    `  Write-Host ${tell('Creating the connector “{name}”.', { name: wanted.name })}`,
    '  if (-not $certificate) { $new.SenderIPAddresses = $missing }',
    '  New-InboundConnector @new -WhatIf:$tryOnly',
    '} else {',
    '  $set = Get-Change $mine[0] $missing',
    '  if ($set.Count -eq 0) {',
    `    Write-Host ${tell('The connector “{name}” is already as wanted. Nothing to do.', { name: wanted.name })}`,
    '  } elseif ([string]$mine[0].Comment -notlike $marker -and (Get-Change $mine[0] @()).Count -gt 0) {',
    `    throw ${tell('There is already a connector called “{name}” that RelayReady did not make. It was left as it is; choose another name.', { name: wanted.name })}`,
    '  } else {',
    `    Write-Host ${tell('Changing the connector “{name}”; addresses already in it stay.', { name: wanted.name })}`,
    '    Set-InboundConnector -Identity $mine[0].Name @set -WhatIf:$tryOnly',
    '  }',
    '}',
    '',
    psComment(t('Read back')),
    'if ($tryOnly) {',
    `  Write-Host ${tell('This was only a try; nothing was changed. Run it again with -Apply to do it.')}`,
    '} else {',
    '  $now = @(Get-InboundConnector | Where-Object { $_.Name -eq $new.Name })',
    "  $now | Format-List -Property @('Name', 'Enabled', 'ConnectorType', 'SenderDomains', 'SenderIPAddresses', 'TlsSenderCertificateName', 'RequireTls')",
    '  if ($now.Count -gt 0 -and -not $now[0].Enabled) {',
    `    Write-Warning ${tell('Microsoft keeps the connector switched off, as it usually does in new organisations. Ask Microsoft support to enable it.')}`,
    '  }',
    '}',
  ];
  return `${lines.join('\r\n')}\r\n`;
}
