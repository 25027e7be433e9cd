/** What a person reads when signing in by code: only when asked for, never hurried, and every way it can end. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Progress } from '../../../core/progress.ts';
import { refusal, startAuthority, startSignIn, wordsWhenRefused, type Authority } from './sign-in-authority.ts';

let authority: Authority;
let progress: Progress[];
beforeEach(async () => {
  authority = await startAuthority();
  progress = [];
});
afterEach(() => authority.close());
const onProgress = (entry: Progress): void => void progress.push(entry);

describe('a sign-in by code', () => {
  it('is only used when asked for, and warns not to pass the code on', async () => {
    await startSignIn(authority, { onProgress });
    expect(progress.some(({ code }) => code !== undefined)).toBe(false);
    await startSignIn(authority, { onProgress, deviceCode: true });
    expect(progress.find(({ code }) => code !== undefined)).toMatchObject({
      code: 'ABCD-EFGH',
      message: `Open ${authority.origin}/device on any computer and type the code ABCD-EFGH. Never pass the code on to anybody.`,
    });
  });

  it('told to slow down: asks five seconds later than before', async () => {
    authority.fault = (_, count) => (count === 0 ? refusal('slow_down', 'AADSTS70016: slow down.') : null);
    await startSignIn(authority, { deviceCode: true });
    const [first, second] = authority.asked;
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(6000);
  });

  it.each([
    [
      'too late',
      refusal('expired_token', 'AADSTS70020: The provided value for the device code has expired.'),
      'The code is wrong or too old.',
      'Get a new code and enter it soon.',
    ],
    [
      'too late, without a number',
      refusal('expired_token'),
      'The code is wrong or too old.',
      'Get a new code and enter it soon.',
    ],
    [
      'never heard of',
      refusal('bad_verification_code'),
      'The code is wrong or too old.',
      'Get a new code and enter it soon.',
    ],
    [
      'declined',
      refusal('authorization_declined'),
      'The permission was not given.',
      'Sign in again and accept; nothing is changed before you have seen the plan.',
    ],
    [
      'blocked by a rule',
      refusal('invalid_grant', 'AADSTS530036: Blocked.'),
      'Signing in with a code is not allowed here.',
      'Sign in with the browser on this computer.',
    ],
  ])('a code that is %s: said so', async (_, fault, title, remedy) => {
    authority.fault = () => fault;
    expect(await wordsWhenRefused(startSignIn(authority, { deviceCode: true }))).toMatchObject({
      code: 'sign-in-refused',
      title,
      remedy,
    });
  });

  it('nobody types it: over at the deadline', async () => {
    authority.fault = () => refusal('authorization_pending', 'AADSTS70016: pending.');
    const words = await wordsWhenRefused(startSignIn(authority, { deviceCode: true, deadlineMs: 1500 }));
    expect(words).toMatchObject({
      code: 'sign-in-timeout',
      remedy: 'Start the sign-in again. An old browser tab can be closed.',
    });
  });
});
