/** Mail filters that stand in front of Microsoft 365, known by the end of their MX host names. */

type MailFilter = { readonly name: string; readonly suffixes: readonly string[] };

const FILTERS: readonly MailFilter[] = [
  { name: 'Proofpoint', suffixes: ['pphosted.com', 'ppe-hosted.com'] },
  { name: 'Mimecast', suffixes: ['mimecast.com', 'mimecast.co.za', 'mimecast-offshore.com'] },
  { name: 'Barracuda', suffixes: ['barracudanetworks.com', 'cudamail.com', 'cudasvc.com'] },
  { name: 'Cisco Secure Email', suffixes: ['iphmx.com'] },
  { name: 'Trend Micro', suffixes: ['trendmicro.com', 'trendmicro.eu', 'trendmicro.co.jp'] },
  { name: 'Sophos', suffixes: ['sophos.com', 'reflexion.net'] },
  { name: 'Hornetsecurity', suffixes: ['hornetsecurity.com', 'antispameurope.com'] },
  { name: 'Broadcom (Symantec, MessageLabs)', suffixes: ['messagelabs.com'] },
  { name: 'Forcepoint', suffixes: ['mailcontrol.com'] },
  { name: 'Trellix', suffixes: ['fireeyecloud.com', 'fireeye.com'] },
  { name: 'SpamTitan', suffixes: ['spamtitan.com'] },
  { name: 'N-able Mail Assure', suffixes: ['antispamcloud.com'] },
  { name: 'Retarus', suffixes: ['retarus.com'] },
  { name: 'NoSpamProxy', suffixes: ['nospamproxy.com', 'cloud.nospamproxy.com'] },
  { name: 'Cloudflare', suffixes: ['mx.cloudflare.net'] },
  { name: 'Google', suffixes: ['google.com', 'googlemail.com'] },
];

export const hasSuffix = (host: string, suffixes: readonly string[]): boolean =>
  suffixes.some((suffix) => host === suffix.toLowerCase() || host.endsWith(`.${suffix.toLowerCase()}`));

/** @returns the product's name, or null when the host is none of the known ones */
export const mailFilterOf = (host: string): string | null =>
  FILTERS.find(({ suffixes }) => hasSuffix(host.toLowerCase(), suffixes))?.name ?? null;
