/** Encryption on the way to Microsoft: STARTTLS (RFC 3207), and whether the certificate is really Microsoft's. */
import { z } from 'zod';
import { say, type Translate } from '../../core/text.ts';
import { couldNotTell, defineCheck } from '../check.ts';
import relayHost from './relay-host.ts';

const Evidence = z.object({
  offered: z.boolean(),
  /** e.g. TLSv1.3 */
  protocol: z.string().nullable(),
  cipher: z.string().nullable(),
  certificate: z
    .object({
      subject: z.string(),
      issuer: z.string(),
      altNames: z.array(z.string()),
      /** ISO 8601. */
      validFrom: z.string(),
      validTo: z.string(),
      trusted: z.boolean(),
      trustError: z.string().nullable(),
      nameMatches: z.boolean(),
    })
    .nullable(),
  outcome: z.enum(['done', 'refused', 'failed', 'injected']).nullable(),
  error: z.string().nullable(),
});

export default defineCheck({
  title: say('Encryption'),
  why: say('Scans should not travel readable through the internet.'),
  station: 'port-25',
  atOffice: true,
  deadlineMs: 30_000,
  needs: { relayHost },
  evidence: Evidence,
  blank: { offered: false, protocol: null, cipher: null, certificate: null, outcome: null, error: null },
  probe: async ({ net, needs, signal, progress }) => {
    const { host } = await needs.relayHost;
    if (host === null)
      return couldNotTell(say('Microsoft’s mail server is not known yet.'), [
        say('See what “Microsoft’s mail server for your domain” says, and settle that first.'),
      ]);
    progress(say('Starting encryption with {host}', { host }));
    const { outcome, startTls } = await net.smtp.probe(host, { signal });
    if (outcome !== 'greeted')
      return couldNotTell(say('{host} could not be asked: it did not get as far as a greeting.', { host }), [
        say('See what “Port 25” says, and settle that first.'),
      ]);
    const { offered, error, tls } = startTls;
    return {
      offered,
      protocol: tls?.protocol ?? null,
      cipher: tls?.cipher ?? null,
      certificate: tls?.certificate ? { ...tls.certificate, altNames: [...tls.certificate.altNames] } : null,
      outcome: startTls.outcome,
      error,
    };
  },
  judge: ({ offered, protocol, certificate, outcome, error }, { needs, t }) => {
    const host = needs.relayHost.host ?? '';
    const letThrough = t(
      'Ask whoever looks after your router, firewall or security software to leave mail traffic to Microsoft untouched.',
    );
    const details = certificate
      ? [
          {
            kind: 'facts' as const,
            rows: [
              { label: t('Protocol'), value: protocol ?? '' },
              { label: t('Certificate for'), value: certificate.subject },
              { label: t('Issued by'), value: certificate.issuer },
              { label: t('Valid until'), value: certificate.validTo.slice(0, 10) },
            ],
          },
        ]
      : [];
    if (!offered)
      return {
        status: 'fail',
        summary: t('Encryption is not offered on the way to {host}.', { host }),
        cause: t(
          'Microsoft always offers it (STARTTLS), so a device in between takes it out. Some Cisco firewalls do (“inspect esmtp”).',
        ),
        fix: [letThrough],
        who: 'you',
      };
    if (outcome === 'refused')
      return {
        status: 'warn',
        summary: t('{host} offers encryption but could not start it just now: {error}', { host, error: error ?? '' }),
        fix: [t('Try again in a few minutes.')],
        who: 'microsoft',
      };
    if (outcome === 'injected')
      return {
        status: 'fail',
        summary: t('Somebody slips text into the connection before encryption begins.'),
        cause: t('That is how an attack on STARTTLS looks; a broken mail proxy does the same.'),
        fix: [letThrough],
        who: 'you',
      };
    if (outcome !== 'done' || certificate === null)
      return {
        status: 'fail',
        summary: t('Encryption with {host} could not be agreed on.', { host }),
        cause: handshakeCause(error ?? '', t),
        fix: [letThrough],
        who: 'you',
        details: [{ kind: 'facts', rows: [{ label: t('Technical reason'), value: error ?? '' }] }],
      };
    const product = inspectorOf(certificate.issuer);
    if (!certificate.trusted || !certificate.nameMatches || product !== null)
      return {
        status: certificate.trusted && certificate.nameMatches ? 'warn' : 'fail',
        summary: certificateSummary(certificate, host, product, t),
        cause:
          product === null
            ? t('A firewall or security software opens the encrypted connection, or it is not Microsoft that answers.')
            : t('{product} opens the encrypted connection, reads it and closes it again with its own certificate.', {
                product,
              }),
        fix: wrongTime(certificate) ? [t('Check the date and time of this computer first.'), letThrough] : [letThrough],
        who: 'you',
        details,
      };
    if (protocol === 'TLSv1' || protocol === 'TLSv1.1')
      return {
        status: 'warn',
        summary: t('The encryption is outdated ({protocol}).', { protocol }),
        cause: t('Microsoft offers TLS 1.2 and 1.3; something in between holds it back.'),
        fix: [letThrough],
        who: 'you',
        details,
      };
    return {
      status: 'pass',
      summary: t('The way to Microsoft is encrypted ({protocol}).', { protocol: protocol ?? '' }),
      details,
    };
  },
});

type Certificate = NonNullable<z.infer<typeof Evidence>['certificate']>;

/** Security products that sign with their own name (likely: by the names they use in their issuers). */
const INSPECTORS =
  /\b(Fortinet|FortiGate|Sophos|WatchGuard|SonicWall|Palo Alto|Check Point|Zscaler|Netskope|Cisco Umbrella|Barracuda|Kaspersky|ESET|Avast|AVG|Bitdefender|NortonLifeLock|Norton|McAfee|Trend Micro|Untangle|pfSense|OPNsense|Securepoint|Blue Coat|Forcepoint|Smoothwall|Lightspeed|Stormshield|LANCOM|Squid)\b/i;
const inspectorOf = (issuer: string): string | null => INSPECTORS.exec(issuer)?.[1] ?? null;

const wrongTime = ({ trustError }: Certificate): boolean =>
  trustError === 'CERT_HAS_EXPIRED' || trustError === 'CERT_NOT_YET_VALID';

function certificateSummary(certificate: Certificate, host: string, product: string | null, t: Translate): string {
  const { issuer, subject, trustError, validFrom, validTo } = certificate;
  if (product !== null) return t('{product} looks into the encrypted connection to {host}.', { product, host });
  if (trustError === 'CERT_HAS_EXPIRED')
    return t('The certificate shown for {host} has expired on {date}.', { host, date: validTo.slice(0, 10) });
  if (trustError === 'CERT_NOT_YET_VALID')
    return t('The certificate shown for {host} is not valid before {date}.', { host, date: validFrom.slice(0, 10) });
  if (certificate.trusted) return t('The certificate shown for {host} is made out to {subject}.', { host, subject });
  if (trustError === 'DEPTH_ZERO_SELF_SIGNED_CERT')
    return t('The certificate shown for {host} is signed by nobody but itself ({subject}).', { host, subject });
  return t('The certificate shown for {host} comes from {issuer}, which this computer does not trust.', {
    host,
    issuer,
  });
}

/** @param error OpenSSL's or the system's word for it */
function handshakeCause(error: string, t: Translate): string {
  if (/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|PROTOCOL_IS_DISABLED|NO_PROTOCOLS/.test(error))
    return t('The other side speaks only outdated encryption. Microsoft does not; something in between holds it back.');
  if (/HANDSHAKE_FAILURE|NO_SHARED_CIPHER|NO_CIPHERS/.test(error))
    return t('No common way of encryption was found. Microsoft offers the usual ones; something in between does not.');
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH|DECODE_ERROR/.test(error))
    return t('What came back was no encryption at all; something in between answers.');
  if (/ECONNRESET|EPIPE|closed|disconnected|UNEXPECTED_EOF/i.test(error))
    return t('The connection was cut while encryption was being set up. That is how many firewalls refuse it.');
  if (/too slow|TIMEDOUT|aborted/i.test(error))
    return t('The other side fell silent while encryption was being set up. That is how some firewalls refuse it.');
  return t('Something between this computer and Microsoft disturbs it.');
}
