/** The tenant of a domain, learnt without sign-in. */
import { describe, expect, it } from 'vitest';
import { TENANT, within, type Pages } from './bench.ts';

const PATH = '/contoso.com/v2.0/.well-known/openid-configuration';
const look = (page: Pages[string], options = {}) =>
  within({ pages: { [PATH]: page }, ...options }, ({ check }) => check('tenant'));
const json = (value: unknown, status = 200) => ({ status, body: JSON.stringify(value) });

describe('tenant', () => {
  it('is learnt from the issuer', async () => {
    expect(await look(json({ issuer: `https://localhost/${TENANT}/v2.0` }))).toMatchObject({
      status: 'pass',
      evidence: { tenantId: TENANT, inMicrosoft365: true, cloud: 'bench' },
    });
  });
  it('is not there when Microsoft does not know the domain', async () => {
    const refusal = { error: 'invalid_tenant', error_description: "AADSTS90002: Tenant 'contoso.com' not found." };
    expect(await look(json(refusal, 400))).toMatchObject({
      status: 'fail',
      who: 'microsoft-admin',
      evidence: { tenantId: null, inMicrosoft365: false },
    });
  });
  it('in another cloud is said', async () => {
    const page = json({ issuer: `https://localhost/${TENANT}/v2.0`, cloud_instance_name: 'microsoftonline.us' });
    expect(await look(page)).toMatchObject({ status: 'fail', who: 'you', evidence: { cloud: 'gcc-high' } });
  });
  it.each([
    ['a page of HTML', { body: '<html>Welcome to the guest Wi-Fi</html>' }],
    ['an issuer without an id', json({ issuer: 'https://localhost/organizations/v2.0' })],
    ['a server error', json({ error: 'temporarily_unavailable' }, 503)],
    ['a refusal of another kind', json({ error: 'invalid_request', error_description: 'AADSTS900023' }, 400)],
    ['an empty answer', { body: '' }],
  ])('cannot be told from %s', async (_, page) => {
    expect(await look(page)).toMatchObject({ status: 'unknown', evidence: { tenantId: null, inMicrosoft365: null } });
  });
  it('cannot be told through a connection nobody vouches for', async () => {
    expect(await look(json({ issuer: `https://localhost/${TENANT}/v2.0` }), { untrusted: true })).toMatchObject({
      status: 'unknown',
    });
  });
});
