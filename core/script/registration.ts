/** How an organisation registers an application id of its own for RelayReady: the clicks, and the same as a script. */
import type { ClickPath } from '../calls/microsoft.ts';
import type { z } from 'zod';
import type { Translate } from '../text.ts';
import { psComment, psString } from './quote.ts';

/** Office 365 Exchange Online, the same in every tenant (Microsoft, app-only authentication). */
const EXCHANGE_RESOURCE = '00000002-0000-0ff1-ce00-000000000000';
/** Delegated permission Exchange.Manage of that resource; seen in the field, not in Microsoft's own text. */
const EXCHANGE_MANAGE = 'ab4f2b77-0b06-4fc1-a9de-02113fc2ab7c';
const NAME = 'RelayReady';
/** Entra ignores the port of this one address (Microsoft, reply-url). */
const REDIRECT = 'http://localhost';

/** Connect-MgGraph -Environment; the public cloud needs none. */
const GRAPH_ENVIRONMENTS: Readonly<Record<string, string>> = {
  'gcc-high': 'USGov',
  dod: 'USGovDoD',
  '21vianet': 'China',
};
const ENTRA: Readonly<Record<string, string>> = {
  'gcc-high': 'https://entra.microsoft.us',
  dod: 'https://entra.microsoft.us',
  '21vianet': 'https://entra.microsoftonline.cn',
};

/** Quoted labels stay in English, as Microsoft's guides print them. */
export const registrationClicks = (environmentName: string, t: Translate): z.infer<typeof ClickPath> => {
  const step = (text: string, value: string | null = null) => ({ text, value });
  return [
    step(
      t('Open the Entra admin center as an Application Administrator: “App registrations”, “New registration”.'),
      ENTRA[environmentName] ?? 'https://entra.microsoft.com',
    ),
    step(t('Type this as “Name”.'), NAME),
    step(
      t(
        'Under “Supported account types” choose your own organization only; a consultant with several clients chooses “Multiple Entra ID tenants”.',
      ),
    ),
    step(t('Under “Redirect URI” choose “Public client/native (mobile & desktop)” and type this address.'), REDIRECT),
    step(t('Click “Register”.')),
    step(
      t(
        'Under “API permissions” click “Add a permission”, “APIs my organization uses”, search for this name, then “Delegated permissions”.',
      ),
      'Office 365 Exchange Online',
    ),
    step(t('Tick this permission and click “Add permissions”.'), 'Exchange.Manage'),
    step(t('Click “Grant admin consent”.')),
    step(t('Under “Overview” copy the “Application (client) ID” and enter it below.')),
  ];
};

/** Windows PowerShell 5.1 and PowerShell 7, pure ASCII; one that is there already is not made again. */
export function registrationScript(environmentName: string, t: Translate): string {
  const cloud = GRAPH_ENVIRONMENTS[environmentName];
  const lines = [
    psComment(
      t('Registers an application id for RelayReady in this organisation. It creates no password and no secret.'),
    ),
    psComment(t('Needs the module Microsoft.Graph.Applications and an Application Administrator.')),
    '[CmdletBinding()]',
    'param([switch]$ManyOrganisations)',
    "$ErrorActionPreference = 'Stop'",
    `Connect-MgGraph -Scopes @('Application.ReadWrite.All') -NoWelcome${cloud === undefined ? '' : ` -Environment ${psString(cloud)}`}`,
    `$name = ${psString(NAME)}`,
    "$audience = 'AzureADMyOrg'",
    "if ($ManyOrganisations) { $audience = 'AzureADMultipleOrgs' }",
    '$found = @(Get-MgApplication -All | Where-Object { $_.DisplayName -eq $name })',
    'if ($found.Count -gt 0) {',
    '  $application = $found[0]',
    '} else {',
    '  $new = @{',
    '    DisplayName = $name',
    '    SignInAudience = $audience',
    '    IsFallbackPublicClient = $true',
    `    PublicClient = @{ RedirectUris = @(${psString(REDIRECT)}) }`,
    `    RequiredResourceAccess = @(@{ ResourceAppId = ${psString(EXCHANGE_RESOURCE)}; ResourceAccess = @(@{ Id = ${psString(EXCHANGE_MANAGE)}; Type = 'Scope' }) })`,
    '  }',
    '  $application = New-MgApplication @new',
    '}',
    `Write-Host ${psString(t('Application (client) ID, to be entered in RelayReady:'))}`,
    'Write-Host $application.AppId',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

export const registration = (environmentName: string, t: Translate) => ({
  clicks: registrationClicks(environmentName, t),
  script: registrationScript(environmentName, t),
  fileName: 'register-relayready.ps1',
});
