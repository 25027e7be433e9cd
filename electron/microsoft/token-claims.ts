/** Looks into an access token without judging it: whose tenant, which scopes. Only Exchange decides whether it is good. */

export type TokenClaims = { readonly tenantId: string | null; readonly scopes: readonly string[] | null };

/** Opaque or odd tokens give nulls. */
export function readTokenClaims(token: string): TokenClaims {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as unknown;
    if (typeof claims !== 'object' || claims === null) return { tenantId: null, scopes: null };
    const { tid, scp } = claims as Readonly<Record<string, unknown>>;
    return {
      tenantId: typeof tid === 'string' ? tid : null,
      scopes: typeof scp === 'string' ? scp.split(' ').filter((scope) => scope !== '') : null,
    };
  } catch {
    return { tenantId: null, scopes: null };
  }
}

/** Do the claims hold every asked-for scope? Scopes are asked for with their resource, granted without it. */
export const grantsScopes = (granted: readonly string[], asked: readonly string[]): boolean =>
  asked
    .map((scope) => scope.slice(scope.lastIndexOf('/') + 1))
    .filter((scope) => scope !== '.default')
    .every((scope) => granted.some((have) => have.toLowerCase() === scope.toLowerCase()));
