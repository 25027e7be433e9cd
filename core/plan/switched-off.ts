/** What to say when Microsoft creates the connector but keeps it switched off, with the request to its support ready to send. */
import type { Translate } from '../text.ts';
import type { Finding, Tenant } from './plan.ts';

/** In English, because Microsoft's support reads it; the person's own language stands around it. */
const supportRequest = (name: string, tenant: Tenant): string =>
  [
    `Please enable our inbound connector "${name}" (type OnPremises) in Exchange Online.`,
    'It was created in a disabled state, or enabling it is refused, with the hint to contact support',
    '("For this service offering, you can\'t enable an inbound connector").',
    'We use it only to let our own office scanners send scans by SMTP relay from our own fixed public IP address.',
    'We send no bulk mail.',
    `Tenant: ${tenant.name ?? tenant.initialDomain ?? tenant.id}. Tenant ID: ${tenant.id}.`,
  ].join('\n');

export const switchedOffFinding = (name: string, tenant: Tenant, t: Translate): Finding => ({
  severity: 'blocker',
  text: t(
    'The connector “{name}” is in place, but Microsoft keeps it switched off. It usually does so in new organisations.',
    {
      name,
    },
  ),
  fix: [
    t('Open a support request in the Microsoft 365 admin center: Support, Help & support, Contact support.'),
    t('Paste this text: {request}', { request: supportRequest(name, tenant) }),
    t('When Microsoft has agreed, run this step again: it switches the connector on.'),
    t(
      'Until then the scanner can send to colleagues only, straight to Microsoft 365 (Direct Send), or through another method.',
    ),
  ],
  who: 'microsoft',
});

/** When the connector may not even be created. */
export const notAllowedFinding = (name: string, tenant: Tenant, t: Translate): Finding => ({
  ...switchedOffFinding(name, tenant, t),
  text: t(
    'Microsoft does not yet allow this organisation to switch on the connector “{name}”. It usually does so only after a request.',
    {
      name,
    },
  ),
});
