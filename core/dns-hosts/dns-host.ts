/** Who holds a domain's DNS records, told from its name servers, and where the TXT record is edited there. */
import { z } from 'zod';

const suffix = z.string().regex(/^([a-z0-9-]+\.)+[a-z0-9-]+$/, 'is not a lower-case name without a leading dot');

export const DnsHost = z.strictObject({
  /** Same as the file's name. */
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  /** Ends of name-server names, e.g. `domaincontrol.com`; a `*` is not needed and not understood. */
  nsSuffixes: z.array(suffix),
  /** Starts of the label before the suffix, where the suffix alone says too little: `awsdns-` in ns-1.awsdns-07.org. */
  nsLabelStarts: z.array(z.string().regex(/^[a-z0-9-]+$/)).default([]),
  /** Where one signs in to edit records; null when it differs by customer. */
  adminPage: z.url({ protocol: /^https$/ }).nullable(),
  steps: z.array(z.string().min(1)).min(2),
  /** What stands in the name field of a TXT record for the domain itself: `@`, nothing, or the full name. */
  nameField: z.enum(['@', 'empty', 'full-name', 'unknown']),
  /** `vendor`: read in the host's own text; `usual`: general knowledge, may look different today. */
  certainty: z.enum(['vendor', 'usual']),
});
export type DnsHost = z.infer<typeof DnsHost>;

const plain = (name: string): string => name.toLowerCase().replace(/\.$/, '');

const holds = (host: DnsHost, nameServer: string): boolean =>
  host.nsSuffixes.some((end) => nameServer === end || nameServer.endsWith(`.${end}`)) ||
  host.nsLabelStarts.some((start) => nameServer.split('.').some((label) => label.startsWith(start)));

/**
 * The host of a zone by its NS names; null when they are unknown, or belong to several hosts, for then nobody can say
 * from outside where the records are edited.
 */
export function findDnsHost<Host extends DnsHost>(hosts: readonly Host[], nameServers: readonly string[]): Host | null {
  const found = nameServers.map((name) => hosts.find((host) => holds(host, plain(name))) ?? null);
  const [first] = found;
  return first && found.every((host) => host === first) ? first : null;
}
