/** Sign-in of practice: takes what Microsoft takes, and refuses the rest. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createNet } from '../../../electron/net/net.ts';
import type { PracticeWorld } from '../../../electron/practice/practice.ts';
import { context, signedIn, start } from './world.ts';

const REDIRECT = 'http://localhost:1234';
const VERIFIER = 'a-verifier-of-more-than-forty-three-characters-in-all';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

const ask = async ({ environment, tenant }: PracticeWorld, place: string, form?: Record<string, string>) => {
  const { http } = createNet(environment);
  const { status, text } = await http.send({
    method: form ? 'POST' : 'GET',
    url: `${environment.login.authority}${place}`,
    ...(form ? { body: new URLSearchParams({ client_id: tenant.clientId, ...form }).toString() } : {}),
    signal: context.signal,
  });
  return { status, text };
};
const authorize = (world: PracticeWorld, query: Record<string, string> = {}) => {
  const all = {
    client_id: world.tenant.clientId,
    redirect_uri: REDIRECT,
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    response_mode: 'form_post',
    state: '"><script>',
    ...query,
  };
  return ask(world, `/organizations/oauth2/v2.0/authorize?${new URLSearchParams(all).toString()}`);
};
const redeem = (world: PracticeWorld, form: Record<string, string>) =>
  ask(world, `/${world.tenant.id}/oauth2/v2.0/token`, form);
const code = async (world: PracticeWorld): Promise<Record<string, string>> => ({
  grant_type: 'authorization_code',
  code: /name="code" value="([^"]+)"/.exec((await authorize(world)).text)?.[1] ?? '',
  redirect_uri: REDIRECT,
  code_verifier: VERIFIER,
});

describe('sign-in of practice', () => {
  it('shows a person a page, and nothing of the request can become part of it', async () => {
    const world = await start('all-well');
    const { status, text } = await authorize(world);
    expect(status).toBe(200);
    expect(text).toContain('Sign in as admin@contoso.com');
    expect(text).not.toContain('<script>');
    expect((await authorize(world, { response_mode: 'query' })).text).toContain('method="get"');
  });
  it('redeems a code once, with the right verifier and redirect only', async () => {
    const world = await start('all-well');
    const good = await code(world);
    expect((await redeem(world, good)).status).toBe(200);
    expect(await redeem(world, good)).toMatchObject({
      status: 400,
      text: expect.stringContaining('AADSTS70008') as string,
    });
    const refused: readonly [Record<string, string>, string][] = [
      [{ code_verifier: 'another' }, 'AADSTS501481'],
      [{ redirect_uri: 'http://localhost:4321' }, 'AADSTS500112'],
      [{ code: 'x' }, 'AADSTS70008'],
      [{ client_id: 'x' }, 'AADSTS700016'],
      [{ grant_type: 'password' }, 'AADSTS70003'],
      [{ grant_type: 'refresh_token', refresh_token: 'made-up' }, 'AADSTS9002313'],
      [{ grant_type: 'device_code', device_code: 'made-up' }, 'AADSTS70020'],
    ];
    for (const [wrong, reason] of refused) {
      const { status, text } = await redeem(world, { ...(await code(world)), ...wrong });
      expect([status, JSON.parse(text)]).toEqual([
        400,
        expect.objectContaining({
          error_description: expect.stringContaining(reason) as string,
          error_codes: [Number(reason.slice(6))],
        }),
      ]);
    }
  });
  it('refreshes with the token it gave out', async () => {
    const world = await start('all-well');
    const { refresh_token } = JSON.parse((await redeem(world, await code(world))).text) as { refresh_token: string };
    expect((await redeem(world, { grant_type: 'refresh_token', refresh_token })).status).toBe(200);
  });
  it.each([
    ['another application', { client_id: 'x' }, 'AADSTS700016'],
    ['another redirect', { redirect_uri: 'https://evil.example' }, 'AADSTS50011'],
    ['a redirect that only looks right', { redirect_uri: 'http://localhost.evil.example' }, 'AADSTS50011'],
    ['no challenge', { code_challenge: '' }, 'AADSTS9002325'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'AADSTS9002325'],
  ])('does not let in %s', async (_, query, reason) => {
    expect(await authorize(await start('all-well'), query)).toMatchObject({
      status: 400,
      text: expect.stringContaining(reason) as string,
    });
  });
  it('signs in by device code once the person has typed it', async () => {
    const world = await start('all-well');
    expect((await signedIn(world, true)).account).toBe('admin@contoso.com');
    expect((await ask(world, '/device')).text).toContain('nothing to do');
  });
  it('knows this company and no other', async () => {
    const world = await start('all-well');
    const discover = (name: string) => ask(world, `/${name}/v2.0/.well-known/openid-configuration`);
    expect((await discover('contoso.com')).text).toContain(world.tenant.id);
    expect(await discover('fabrikam.com')).toMatchObject({
      status: 400,
      text: expect.stringContaining('AADSTS90002') as string,
    });
    expect(await ask(world, '/common/discovery/instance')).toMatchObject({
      status: 200,
      text: expect.stringContaining('tenant_discovery_endpoint') as string,
    });
  });
});
