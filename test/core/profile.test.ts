import { describe, expect, it } from 'vitest';
import { CLOUDS, Environment } from '../../core/environment.ts';
import { Profile } from '../../core/profile.ts';
import { verdictOf } from '../../core/result.ts';

const problem = (value: unknown) => {
  const result = Profile.safeParse(value);
  return result.success ? null : `${result.error.issues[0]?.path.join('.')} ${result.error.issues[0]?.message}`;
};

describe('Profile', () => {
  it('needs nothing but a domain', () => {
    const profile = Profile.parse({ domain: 'Contoso.com' });
    expect(profile).toMatchObject({
      schema: 'relayready/profile@1',
      domain: 'contoso.com',
      sender: null,
      publicIps: [],
    });
    expect(profile.connector).toEqual({
      name: 'RelayReady',
      authentication: 'ip',
      certificateName: null,
      requireTls: false,
    });
  });
  it.each([
    [{ domain: 'nonsense' }, /^domain is not a domain name/],
    [{ domain: 'contoso.com', publicIps: ['203.0.113.7', '203.0.113.007'] }, /^publicIps\.1 is not an IPv4/],
    [{ domain: 'contoso.com', sender: 'a b@contoso.com' }, /^sender is not a mail address/],
    [{ domain: 'contoso.com', connector: { name: 'a\nb' } }, /^connector\.name holds a line break/],
    [{ domain: 'contoso.com', connector: { authentication: 'password' } }, /^connector\.authentication/],
    [{ domain: 'contoso.com', password: 'x' }, /password/],
    [{ schema: 'relayready/profile@2', domain: 'contoso.com' }, /^schema/],
    [{}, /^domain/],
    [[], /./],
  ])('refuses %j and names the field', (value, expected) => expect(problem(value)).toMatch(expected));
});

describe('Environment', () => {
  it('knows the four clouds', () => {
    expect(CLOUDS.map(({ name }) => name)).toEqual(['public', 'gcc-high', 'dod', '21vianet']);
    for (const cloud of CLOUDS) {
      expect(Environment.safeParse(cloud).success).toBe(true);
      expect(cloud.loopback).toBe(false);
    }
  });
  it('asks nothing that a file leaves out', () => {
    const environment = Environment.parse({
      schema: 'relayready/environment@1',
      name: 'x',
      login: { authority: 'https://localhost:1', clientId: 'a', scopes: ['s'] },
      exchange: { adminApi: 'https://localhost:1/adminapi/beta' },
      relay: { hostSuffixes: ['mx.example'], spfInclude: 'spf.example' },
    });
    expect(environment).toMatchObject({ publicIp: [], blocklists: [], loopback: false, relay: { smtpPort: 25 } });
    expect(environment.dns).toBeUndefined();
    expect(environment.graph).toBeUndefined();
  });
  it.each(['http://localhost:1', 'https://user:pass@localhost', 'ftp://x', 'x'])(
    'refuses the authority %s',
    (authority) => expect(Environment.shape.login.safeParse({ authority, scopes: ['s'] }).success).toBe(false),
  );
});

describe('verdictOf', () => {
  const result = (status: 'pass' | 'warn' | 'fail' | 'unknown' | 'skipped', essential = false) => ({
    status,
    essential,
  });
  it.each([
    [[result('pass', true), result('warn'), result('skipped')], 'ready'],
    [[result('pass', true), result('unknown')], 'ready'],
    [[result('pass'), result('unknown', true)], 'cannot-tell'],
    [[result('fail'), result('unknown', true)], 'action-needed'],
    [[], 'ready'],
  ] as const)('%j is %s', (results, verdict) => expect(verdictOf(results)).toBe(verdict));
});
