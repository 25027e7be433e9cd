/** Encryption on the way to Microsoft: STARTTLS (RFC 3207), and whether the certificate is really Microsoft's. */
import { z } from 'zod';
import { say } from '../../core/text.ts';
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
  deadlineMs: 30_000,
  needs: { relayHost },
  evidence: Evidence,
  blank: { offered: false, protocol: null, cipher: null, certificate: null, outcome: null, error: null },
  probe: async ({ net, needs, signal, progress }) => {
    const { host } = await needs.relayHost;
    if (host === null) return couldNotTell(say('Microsoft’s mail server is not known yet.'));
    progress(say('Starting encryption with {host}', { host }));
    const { outcome, startTls } = await net.smtp.probe(host, { signal });
    if (outcome !== 'greeted')
      return couldNotTell(
        say('{host} could not be asked: it did not get as far as a greeting. See “Port 25”.', {
          host,
        }),
      );
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
        cause: error,
        fix: [letThrough],
        who: 'you',
      };
    if (!certificate.trusted || !certificate.nameMatches)
      return {
        status: 'fail',
        summary: certificate.trusted
          ? t('The certificate shown for {host} is made out to {subject}.', { host, subject: certificate.subject })
          : certificate.trustError === 'CERT_HAS_EXPIRED'
            ? t('The certificate shown for {host} has expired.', { host })
            : t('The certificate shown for {host} comes from {issuer}, which this computer does not trust.', {
                host,
                issuer: certificate.issuer,
              }),
        cause: t(
          'A firewall or security software opens the encrypted connection, or it is not Microsoft that answers.',
        ),
        fix: [letThrough],
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
