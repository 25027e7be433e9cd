/** The tenant's inbound connectors: is there one that lets this office in; needs a signed-in administrator. */
import { z } from 'zod';
import { addressesOnceKnown } from '../../core/evidence/office-address.ts';
import { readConnector, relaysForAddress, relaysForCertificate, sameName } from '../../core/plan/inbound-connector.ts';
import { say } from '../../core/text.ts';
import { defineCheck, notNeeded } from '../check.ts';
import publicIp from './public-ip.ts';
import seenIp from './seen-ip.ts';

const Evidence = z.object({
  connectors: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      enabled: z.boolean(),
      ips: z.array(z.string()),
      certificateName: z.string().nullable(),
      requireTls: z.boolean(),
    }),
  ),
  /** Name of the connector that lets every address of this office send, or null. */
  matching: z.string().nullable(),
  /** Addresses no connector lets in; empty with a certificate. */
  missing: z.array(z.string()),
});

export default defineCheck({
  title: say('Connector'),
  why: say('The connector is where Microsoft 365 keeps that your office may send.'),
  station: 'microsoft',
  needsSignIn: true,
  deadlineMs: 60_000,
  needs: { publicIp, seenIp },
  evidence: Evidence,
  blank: { connectors: [], matching: null, missing: [] },
  probe: async ({ profile, exchange, needs, signal, progress }) => {
    if (exchange === null) return notNeeded(say('Nobody is signed in, so the connectors were not looked at.'));
    progress(say('Reading the connectors'));
    const { value } = await exchange.run({ cmdlet: 'Get-InboundConnector', parameters: {} }, { signal, write: false });
    const connectors = value.map(readConnector);
    const certificate = profile.connector.authentication === 'certificate' ? profile.connector.certificateName : null;
    const addresses = await addressesOnceKnown({ profile, ...needs });
    const lets = (address: string) =>
      connectors.find((connector) => relaysForAddress(connector, address, profile.domain));
    const missing = certificate === null ? addresses.filter((address) => !lets(address)) : [];
    const matching =
      certificate === null
        ? missing.length === 0 && addresses[0] !== undefined
          ? lets(addresses[0])
          : undefined
        : connectors.find((connector) => relaysForCertificate(connector, certificate, profile.domain));
    return {
      connectors: connectors.map(({ name, type, enabled, ips, certificateName, requireTls }) => ({
        name,
        type,
        enabled,
        ips: [...ips],
        certificateName,
        requireTls,
      })),
      matching: matching?.name ?? null,
      missing,
    };
  },
  judge: ({ connectors, matching, missing }, { profile, t }) => {
    const details = [
      {
        kind: 'table' as const,
        columns: [t('Connector'), t('Switched on'), t('Lets in')],
        rows: connectors.map(({ name, enabled, ips, certificateName }) => [
          name,
          enabled ? t('yes') : t('no'),
          certificateName ?? ips.join(', '),
        ]),
      },
    ];
    if (matching !== null)
      return {
        status: 'pass',
        summary: t('The connector “{name}” lets this office send.', { name: matching }),
        details,
      };
    const ours = connectors.find(({ name }) => sameName(name, profile.connector.name));
    if (ours && !ours.enabled)
      return {
        status: 'fail',
        summary: t('The connector “{name}” is switched off.', { name: ours.name }),
        cause: t('In new organisations Microsoft switches it off itself until its support has looked at it.'),
        fix: [
          t('Switch it on in the step “Let it send”.'),
          t('If that is refused, ask Microsoft’s support; the request to send is prepared there.'),
        ],
        who: 'microsoft',
        details,
      };
    return {
      status: 'fail',
      summary:
        missing.length > 0
          ? t('No connector lets {addresses} send yet.', { addresses: missing.join(', ') })
          : t('No connector lets this office send yet.'),
      fix: [t('Go on to the step “Let it send”; it shows the change before it is made.')],
      who: 'you',
      details,
    };
  },
});
