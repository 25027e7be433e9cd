/** Turns what Microsoft's sign-in said, and what went wrong around it, into the error a person sees. */
import { AppError } from '../../core/errors.ts';
import { findEntry } from '../../core/explain/find-entry.ts';
import { readText } from '../../core/explain/read-text.ts';
import { say } from '../../core/text.ts';
import { cleanText } from './clean-text.ts';

const NOTHING_CHANGED = say('Nothing was changed. Try again, or use the script for the administrator.');

/**
 * @param error OAuth error code, e.g. access_denied
 * @param description the server's words with their AADSTS code
 */
export function signInRefused(error: string, description: string): AppError {
  const detail = cleanText(`${error}: ${description}`, 800);
  const entry = findEntry(readText(detail));
  if (entry && entry.match.signIn !== undefined) {
    const [remedy = NOTHING_CHANGED] = entry.fix;
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
      remedy: say('Let an administrator approve it once at {consentUrl}, then sign in again.', { consentUrl }),
      who: 'microsoft-admin',
      detail: cleanText(`scp: ${granted.join(' ')}`, 300),
    },
  );

export const wrongTenant = (username: string, actual: string, expected: string): AppError =>
  new AppError(
    'wrong-tenant',
    say('{username} belongs to another organisation than the one being set up. Nothing was changed.', { username }),
    {
      remedy: say('Sign in with an administrator account of the organisation that owns the domain.'),
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
