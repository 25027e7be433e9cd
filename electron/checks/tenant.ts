/** Is the mail domain known to Microsoft 365, and in which of its clouds (OpenID Connect discovery, needs no sign-in). */
import { z } from 'zod';
import { CLOUDS } from '../../core/environment.ts';
import { say } from '../../core/text.ts';
import { couldNotTell, defineCheck } from '../check.ts';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const Evidence = z.object({
  tenantId: z.string().nullable(),
  inMicrosoft365: z.boolean().nullable(),
  /** Name of the environment whose sign-in service knows the domain. */
  cloud: z.string().nullable(),
  /** How far this computer's clock is ahead of the sign-in service's, in seconds (HTTP `Date`, RFC 9110 §6.6.1). */
  clockAheadSeconds: z.number().nullable().default(null),
});

/** The fields that are read, whatever else stands there. */
const Discovery = z.object({ issuer: z.string(), cloud_instance_name: z.string().optional() });
const Refusal = z.object({ error: z.string(), error_description: z.string().default('') });

/** Clouds by the `cloud_instance_name` of their discovery document; likely, the field is not part of the standard. */
const cloudOf = (instance: string | undefined, own: { readonly name: string; readonly authority: string }): string => {
  const host = new URL(own.authority).hostname;
  if (instance === undefined || host.endsWith(instance)) return own.name;
  return CLOUDS.find((cloud) => new URL(cloud.login.authority).hostname.endsWith(instance))?.name ?? own.name;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const clockAhead = (date: string | undefined): number | null => {
  const theirs = Date.parse(date ?? '');
  return Number.isNaN(theirs) ? null : Math.round((Date.now() - theirs) / 1000);
};
/** Sign-in tokens are refused beyond five minutes. */
const CLOCK_SECONDS = 300;

const span = (seconds: number): { readonly count: number; readonly unit: string } => {
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return { count: minutes, unit: 'minutes' };
  const hours = Math.round(minutes / 60);
  return hours < 48 ? { count: hours, unit: 'hours' } : { count: Math.round(hours / 24), unit: 'days' };
};

const UNREADABLE = say('Microsoft’s sign-in service answered in a way that could not be read.');
const TRY_AGAIN = [say('Try again in a few minutes.')];

export default defineCheck({
  title: say('Your domain in Microsoft 365'),
  why: say('Only an organisation that has its mail domain in Microsoft 365 can relay through it.'),
  station: 'microsoft',
  essential: true,
  evidence: Evidence,
  blank: { tenantId: null, inMicrosoft365: null, cloud: null, clockAheadSeconds: null },
  probe: async ({ profile, environment, net, signal, progress }) => {
    const authority = environment.login.authority.replace(/\/$/, '');
    progress(say('Asking {host} about {domain}', { host: new URL(authority).host, domain: profile.domain }));
    const response = await net.http.send({
      method: 'GET',
      url: `${authority}/${encodeURIComponent(profile.domain)}/v2.0/.well-known/openid-configuration`,
      signal,
    });
    const clockAheadSeconds = clockAhead(response.headers['date']);
    const body = parse(response.text);
    if (response.status === 200) {
      const discovery = Discovery.safeParse(body);
      const tenantId = discovery.data?.issuer.split('/').find((part) => GUID.test(part)) ?? null;
      if (!discovery.success || tenantId === null) return couldNotTell(UNREADABLE, TRY_AGAIN);
      const own = { name: environment.name, authority };
      return {
        tenantId,
        inMicrosoft365: true,
        cloud: cloudOf(discovery.data.cloud_instance_name, own),
        clockAheadSeconds,
      };
    }
    const refusal = Refusal.safeParse(body);
    const unknownTenant =
      refusal.success &&
      (refusal.data.error === 'invalid_tenant' || /AADSTS(?:90002|50059)\b/.test(refusal.data.error_description));
    if ((response.status === 400 || response.status === 404) && unknownTenant)
      return { tenantId: null, inMicrosoft365: false, cloud: null, clockAheadSeconds };
    return couldNotTell(
      say('Microsoft’s sign-in service could not say whether it knows {domain} (HTTP {status, number}).', {
        domain: profile.domain,
        status: response.status,
      }),
      TRY_AGAIN,
    );
  },
  judge: ({ inMicrosoft365, cloud, clockAheadSeconds }, { profile, environment, t }) => {
    const { domain } = profile;
    if (inMicrosoft365 !== true)
      return {
        status: 'fail',
        summary: t('Microsoft does not know {domain}.', { domain }),
        cause: t('The domain is misspelt, is not added to Microsoft 365, or belongs to another Microsoft cloud.'),
        fix: [
          t('Check the spelling of the domain.'),
          t('Ask your Microsoft 365 administrator under which domain your company is known there.'),
          t('If you are a government office or in China, choose that Microsoft cloud and check again.'),
        ],
        who: 'microsoft-admin',
      };
    if (cloud !== null && cloud !== environment.name)
      return {
        status: 'fail',
        summary: t('{domain} seems to be in another Microsoft cloud ({cloud}).', { domain, cloud }),
        fix: [t('Choose that cloud and check again.')],
        who: 'you',
      };
    if (clockAheadSeconds !== null && Math.abs(clockAheadSeconds) > CLOCK_SECONDS)
      return {
        status: 'warn',
        summary: t(
          'Microsoft knows {domain}, but this computer’s clock is {count, number} {unit, select, minutes {minutes} hours {hours} other {days}} {side, select, ahead {ahead} other {behind}}.',
          { domain, ...span(Math.abs(clockAheadSeconds)), side: clockAheadSeconds > 0 ? 'ahead' : 'behind' },
        ),
        cause: t('With a wrong clock, certificates look expired or not valid yet, and signing in fails.'),
        fix: [t('Switch on “set time automatically” in the system’s settings, then check again.')],
        who: 'you',
      };
    return { status: 'pass', summary: t('Microsoft knows {domain}.', { domain }) };
  },
});
