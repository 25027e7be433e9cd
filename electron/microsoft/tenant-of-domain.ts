/** Which tenant a domain belongs to, and whether two sign-in hosts belong to the same Microsoft cloud. */
import { isAppError } from '../../core/errors.ts';
import type { Http } from '../net/http.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Names under which one cloud signs people in. */
const ALIASES: readonly (readonly string[])[] = [
  ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
  ['login.microsoftonline.us', 'login.usgovcloudapi.net'],
  ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
];

export const isSameCloud = (one: string, other: string): boolean =>
  one === other || ALIASES.some((names) => names.includes(one) && names.includes(other));

export type TenantPlace = {
  /** The tenant's GUID, or null when it cannot be told (the sign-in page will then say so itself). */
  readonly id: string | null;
  /** Host where its people sign in; the public cloud names that of a national cloud for a tenant there. */
  readonly loginHost: string | null;
};

export async function placeOfTenant(
  http: Http,
  authority: string,
  tenant: string | null,
  signal: AbortSignal,
): Promise<TenantPlace> {
  if (tenant === null) return { id: null, loginHost: null };
  const given = GUID.test(tenant) ? tenant : null;
  try {
    const url = `${authority.replace(/\/$/, '')}/${encodeURIComponent(tenant)}/v2.0/.well-known/openid-configuration`;
    const response = await http.send({ method: 'GET', url, signal });
    const { issuer, authorization_endpoint: page } = JSON.parse(response.text) as Readonly<Record<string, unknown>>;
    const found = typeof issuer === 'string' ? issuer.split('/').find((part) => GUID.test(part)) : undefined;
    return {
      id: given ?? found ?? null,
      loginHost: typeof page === 'string' && URL.canParse(page) ? new URL(page).host : null,
    };
  } catch (error) {
    if (isAppError(error) || error instanceof SyntaxError || error instanceof TypeError)
      return { id: given, loginHost: null };
    throw error;
  }
}
