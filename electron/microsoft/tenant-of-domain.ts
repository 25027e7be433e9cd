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

/** @returns the tenant's GUID, or null when it cannot be told (the sign-in page will then say so itself) */
export async function tenantIdOf(
  http: Http,
  authority: string,
  tenant: string | null,
  signal: AbortSignal,
): Promise<string | null> {
  if (tenant === null) return null;
  if (GUID.test(tenant)) return tenant;
  try {
    const url = `${authority.replace(/\/$/, '')}/${encodeURIComponent(tenant)}/v2.0/.well-known/openid-configuration`;
    const response = await http.send({ method: 'GET', url, signal });
    const { issuer } = JSON.parse(response.text) as { issuer?: unknown };
    return (typeof issuer === 'string' && issuer.split('/').find((part) => GUID.test(part))) || null;
  } catch (error) {
    if (isAppError(error) || error instanceof SyntaxError) return null;
    throw error;
  }
}
