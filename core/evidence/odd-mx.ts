/** What can be odd about a domain's MX records, and what that means. */
import { z } from 'zod';
import { parseIpv4 } from '../address.ts';
import type { Translate } from '../text.ts';

/** None by intent (RFC 7505), an address, or the domain or the MX host is only another name (RFC 2181 §10.3). */
export const OddMx = z.enum(['null-mx', 'address', 'alias', 'host-alias']);
export type OddMx = z.infer<typeof OddMx>;

/** @param mx host names without the null MX's “.” */
export function oddMxOf(
  { records, aliases }: { readonly records: readonly object[]; readonly aliases: readonly string[] },
  mx: readonly string[],
): OddMx | null {
  // “.” alone: the domain takes no mail.
  if (records.length > 0 && mx.length === 0) return 'null-mx';
  if (mx.some((host) => parseIpv4(host) !== null)) return 'address';
  return aliases.length > 0 ? 'alias' : null;
}

/** Why there is no mail server to be had from the MX records. */
export function noServer(oddMx: OddMx | null, t: Translate): string {
  if (oddMx === 'null-mx') return t('The domain says that it takes no mail at all (null MX).');
  if (oddMx === 'address')
    return t('Its MX record names an address where the name of a server belongs; it does not count.');
  return t('The domain names no mail server.');
}

/** What is worth saying beside a server that was found all the same. */
export function oddMxNote(oddMx: OddMx | null, domain: string, mx: readonly string[], t: Translate): string | null {
  switch (oddMx) {
    case 'alias':
      return t(
        '{domain} is only another name (CNAME) of a different one. A domain that takes mail must not be; some receivers refuse its mail.',
        { domain },
      );
    case 'host-alias':
      return t(
        'The MX record names {host}, which is only another name (CNAME) for Microsoft’s server. It should name Microsoft’s server itself.',
        { host: mx[0] ?? '' },
      );
    case 'address':
      return noServer(oddMx, t);
    default:
      return null;
  }
}
