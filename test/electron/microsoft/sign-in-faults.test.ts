/** What a person reads when Microsoft says no, or when somebody else has signed in; with the real library over TLS. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Progress } from '../../../core/progress.ts';
import {
  CLIENT_ID,
  messagesOf,
  OTHER_TENANT,
  post,
  redirectOf,
  startAuthority,
  startSignIn,
  stateOf,
  TENANT_ID,
  wordsWhenRefused,
  type Authority,
} from './sign-in-authority.ts';

let authority: Authority;
let progress: Progress[];
beforeEach(async () => {
  authority = await startAuthority();
  progress = [];
});
afterEach(() => authority.close());
const onProgress = (entry: Progress): void => void progress.push(entry);

/** The browser comes back with Microsoft's refusal instead of a code. */
const refusedInBrowser = (error: string, description: string) =>
  wordsWhenRefused(
    startSignIn(authority, {
      openBrowser: async (url) =>
        void (await post(redirectOf(url), { error, error_description: description, state: stateOf(url) })),
    }),
  );

describe('a no from Microsoft', () => {
  it.each([
    ['declined by the person', 'access_denied', 'AADSTS65004: User declined to consent to access the app.'],
    ['declined without a number', 'access_denied', 'The user has denied access.'],
  ])('%s: nothing is changed before the plan has been seen', async (_, error, description) => {
    expect(await refusedInBrowser(error, description)).toMatchObject({
      code: 'sign-in-refused',
      title: 'The permission was not given.',
      remedy: 'Sign in again and accept; nothing is changed before you have seen the plan.',
      who: 'you',
    });
  });

  it.each([
    ['65001', 'invalid_grant', 'AADSTS65001: The user or administrator has not consented.'],
    ['90094', 'access_denied', 'AADSTS90094: Admin consent is required for the permissions requested.'],
    ['90095', 'access_denied', 'AADSTS90095: Admin consent is required.'],
    ['consent_required without a number', 'consent_required', ''],
  ])('approval of an administrator is required (%s): the link to pass on', async (_, error, description) => {
    const words = await refusedInBrowser(error, description);
    expect(words).toMatchObject({
      code: 'sign-in-refused',
      title: 'Your organisation has not approved this program yet.',
      who: 'microsoft-admin',
    });
    const [, link = ''] =
      /^Send this link to an administrator of Microsoft 365; once approved there, sign in again: (\S+)$/.exec(
        words.remedy,
      ) ?? [];
    expect(link.startsWith(`${authority.origin}/${TENANT_ID}/v2.0/adminconsent?`)).toBe(true);
    expect(Object.fromEntries(new URL(link).searchParams)).toEqual({
      client_id: CLIENT_ID,
      scope: `${authority.origin}/Exchange.Manage`,
    });
  });

  it.each([
    ['53000', 'This is allowed only from a computer of the company.', 'Do this step on a company computer.'],
    ['53001', 'This is allowed only from a computer of the company.', 'Do this step on a company computer.'],
    [
      '53003',
      'Your organisation’s sign-in rules have blocked this.',
      'Show the administrator the time and the message; ask from where you may sign in.',
    ],
    [
      '50105',
      'You have not been given this program.',
      'Ask your administrator to assign it to you under Enterprise applications.',
    ],
  ])('a rule of the organisation (%s): who can lift it, and no way round', async (number, title, remedy) => {
    const words = await refusedInBrowser('interaction_required', `AADSTS${number}: Access has been blocked.`);
    expect(words).toMatchObject({ code: 'sign-in-refused', title, remedy, who: 'microsoft-admin' });
    expect(words.detail).toContain(`AADSTS${number}`);
  });

  it.each([
    [
      '50020',
      'This account belongs to another organisation.',
      'Sign in with an administrator account of this company.',
    ],
    ['500208', 'That looks like a personal Microsoft account.', 'Use your work account.'],
  ])('an account from elsewhere, refused by Microsoft (%s)', async (number, title, remedy) => {
    const words = await refusedInBrowser('access_denied', `AADSTS${number}: no.`);
    expect(words).toMatchObject({ code: 'sign-in-refused', title, remedy });
  });
});

describe('the wrong account', () => {
  it('of another organisation: who signed in, whose it should be, and no token is kept', async () => {
    authority.claims = { tid: OTHER_TENANT, preferred_username: 'admin@fabrikam.com' };
    const words = await wordsWhenRefused(startSignIn(authority, { tenant: 'contoso.com' }));
    expect(words).toMatchObject({
      code: 'wrong-tenant',
      title: 'admin@fabrikam.com belongs to another organisation than the one being set up. Nothing was changed.',
      remedy: 'Sign in with an administrator account of the organisation that owns contoso.com.',
      who: 'you',
      detail: `signed in to ${OTHER_TENANT}, expected ${TENANT_ID}`,
    });
  });

  it('a guest of the right organisation: the token counts, the guest is named', async () => {
    authority.claims = { preferred_username: 'partner@fabrikam.com', idp: 'https://sts.example/fabrikam' };
    const session = await startSignIn(authority, { onProgress });
    expect(session).toMatchObject({ username: 'partner@fabrikam.com', tenantId: TENANT_ID });
    expect(messagesOf(progress)).toContain('Signed in as partner@fabrikam.com.');
  });

  it('a guest token of the home organisation: blocked', async () => {
    authority.claims = { tid: OTHER_TENANT, preferred_username: 'partner_fabrikam.com#EXT#@contoso.com' };
    expect(await wordsWhenRefused(startSignIn(authority))).toMatchObject({ code: 'wrong-tenant' });
  });

  it('two accounts in the browser: Microsoft is told to ask which one, and the one taken is shown', async () => {
    let asked = '';
    await startSignIn(authority, {
      onProgress,
      openBrowser: async (url) => {
        asked = url;
        await post(redirectOf(url), authority.answerTo(url));
      },
    });
    expect(new URL(asked).searchParams.get('prompt')).toBe('select_account');
    expect(progress.at(-1)).toMatchObject({ state: 'done', message: 'Signed in as admin@contoso.com.' });
  });

  it('a name that would break into a header: refused as odd', async () => {
    authority.claims = { preferred_username: 'admin@contoso.com\r\nX-Evil: 1' };
    expect(await wordsWhenRefused(startSignIn(authority))).toMatchObject({ code: 'unexpected-answer' });
  });
});
