/** Names of the tenant's own MX endpoint: the classic rule, and what Exchange says of itself. */

/**
 * Dots become hyphens below the cloud's classic suffix: contoso.com → contoso-com.mail.protection.outlook.com.
 * A guess until the name has an address: clashing names and domains added since 2026-07 follow other rules (likely).
 */
export function derivedHost(domain: string, hostSuffixes: readonly string[]): string | null {
  const suffix = hostSuffixes.find((candidate) => candidate.startsWith('mail.')) ?? hostSuffixes[0];
  return suffix === undefined ? null : `${domain.replaceAll('.', '-')}.${suffix}`.toLowerCase();
}

/** Host name inside `@ 60 IN MX 10 contoso-com.e-v1.mx.microsoft` (Get-DnssecStatusForVerifiedDomain, ExpectedMxRecord). */
export const hostOfMxText = (text: string): string | null =>
  /\bMX\s+\d+\s+([a-z0-9.-]+?)\.?\s*$/i.exec(text.trim())?.[1]?.toLowerCase() ?? null;
