/** Turns what Microsoft's sign-in said, and what went wrong around it, into the error a person sees. */
import type { Environment } from '../../core/environment.ts';
import { AppError } from '../../core/errors.ts';
import { findEntry } from '../../core/explain/find-entry.ts';
import { readText } from '../../core/explain/read-text.ts';
import { say, type Text } from '../../core/text.ts';
import { cleanText } from './clean-text.ts';

const NOTHING_CHANGED = say('Nothing was changed. Try again, or use the script for the administrator.');

/** OAuth's own words (RFC 6749, RFC 8628), and the library's, where Microsoft gives no number: the number that means the same. */
const SAME_AS: Readonly<Record<string, number>> = {
  consent_required: 65001,
  authorization_declined: 65004,
  expired_token: 70020,
  device_code_expired: 70020,
  user_timeout_reached: 70020,
  bad_verification_code: 70020,
  interaction_required: 50076,
  login_required: 50058,
  invalid_client: 7000218,
  temporarily_unavailable: 90033,
  server_error: 90033,
};

/** An administrator agrees there once, for everybody (Microsoft identity platform, admin consent endpoint). */
export function consentUrlOf({ authority, clientId, scopes }: Environment['login'], tenant: string | null): string {
  const query = new URLSearchParams({ client_id: clientId ?? '', scope: scopes.join(' ') });
  return `${authority.replace(/\/$/, '')}/${tenant ?? 'organizations'}/v2.0/adminconsent?${query.toString()}`;
}

const approve = (consentUrl: string): Text =>
  say('Send this link to an administrator of Microsoft 365; once approved there, sign in again: {consentUrl}', {
    consentUrl,
  });

/** Neither a yes nor a no. */
export const oddAnswer = (detail: string): AppError =>
  new AppError('unexpected-answer', say('Microsoft’s sign-in answered in a way RelayReady does not understand.'), {
    remedy: say('A proxy, a guest network or a security program in between may be the cause. Try another network.'),
    who: 'you',
    detail: cleanText(detail, 300),
  });

/**
 * @param error OAuth error code, e.g. access_denied
 * @param description the server's words with their AADSTS code
 * @param consentUrl where an administrator can approve
 */
export function signInRefused(error: string, description: string, consentUrl: string): AppError {
  const detail = cleanText(`${error}: ${description}`, 800);
  const same = Object.hasOwn(SAME_AS, error) ? SAME_AS[error] : undefined;
  const read = readText(detail);
  const entry = findEntry(read.signIn.length === 0 && same !== undefined ? readText(`AADSTS${same}`) : read);
  if (entry && entry.match.signIn !== undefined) {
    const [first = NOTHING_CHANGED] = entry.fix;
    const remedy = entry.id === 'consent-needed' ? approve(consentUrl) : first;
    return new AppError('sign-in-refused', entry.title, { remedy, who: entry.who, detail });
  }
  const said = cleanText(description || error, 600);
  return new AppError('sign-in-refused', say('Microsoft refused the sign-in: {said}', { said }), {
    remedy: NOTHING_CHANGED,
    who: 'you',
    detail,
  });
}

export const signInTimedOut = (minutes: number): AppError =>
  new AppError(
    'sign-in-timeout',
    say('The sign-in was not finished within {minutes, plural, one {# minute} other {# minutes}}.', { minutes }),
    { remedy: say('Start the sign-in again. An old browser tab can be closed.'), who: 'you' },
  );

export const noApplication = (): AppError =>
  new AppError(
    'no-application',
    say('This copy of RelayReady has no application id of its own, so it cannot sign in to Microsoft 365.'),
    {
      remedy: say(
        'Register one in the Entra admin center (takes two minutes; the guide tells how) and enter its id, or use the script for the administrator: it needs no sign-in here.',
      ),
      who: 'microsoft-admin',
    },
  );

export const scopeMissing = (granted: readonly string[], consentUrl: string): AppError =>
  new AppError(
    'sign-in-refused',
    say('You are signed in, but RelayReady has not been allowed to manage Exchange in this organisation.'),
    {
      remedy: approve(consentUrl),
      who: 'microsoft-admin',
      detail: cleanText(`scp: ${granted.join(' ')}`, 300),
    },
  );

/** @param tenant domain or id under set-up */
export const wrongTenant = (username: string, actual: string, expected: string, tenant: string | null): AppError =>
  new AppError(
    'wrong-tenant',
    say('{username} belongs to another organisation than the one being set up. Nothing was changed.', { username }),
    {
      remedy:
        tenant?.includes('.') === true
          ? say('Sign in with an administrator account of the organisation that owns {domain}.', { domain: tenant })
          : say('Sign in with an administrator account of the organisation that owns the domain.'),
      who: 'you',
      detail: `signed in to ${actual}, expected ${expected}`,
    },
  );

export const otherCloud = (host: string): AppError =>
  new AppError(
    'wrong-tenant',
    say('This organisation signs in at {host}, which is another Microsoft cloud than the chosen one.', { host }),
    {
      remedy: say('Choose the environment of that cloud (for example GCC High) and start again.'),
      who: 'you',
    },
  );

export const signedOut = (): AppError =>
  new AppError('sign-in-refused', say('You are signed out of Microsoft 365.'), {
    remedy: say('Sign in again.'),
    who: 'you',
  });

export const signInExpired = (detail: string): AppError =>
  new AppError('sign-in-refused', say('Your sign-in to Microsoft 365 has expired.'), {
    remedy: say('Sign in again. Nothing is lost.'),
    who: 'you',
    detail: cleanText(detail, 600),
  });

/** The page asked for a second time, say after the first tab was lost. */
export const signInReplaced = (): AppError =>
  new AppError('cancelled', say('Another sign-in was started; this one was given up.'), {
    remedy: say('Finish the newer one. The old browser tab can be closed.'),
    who: 'you',
  });
