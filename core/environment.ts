/** Environment: where the world is. The public clouds, practice and a file given on the command line are values of this one type. */
import { z } from 'zod';

const httpsUrl = z
  .url({ protocol: /^https$/, error: 'is not an https address' })
  .regex(/^https:\/\/[^/@]+(\/|$)/, 'holds a user name; take it out');
/** `host:port` or `[v6]:port`. */
const hostPort = z.string().regex(/^(\[[0-9a-fA-F:]+\]|[^\s:[\]/]+):\d{1,5}$/, 'is not of the form host:port');
const port = z.number().int().min(1).max(65_535);

export const PublicIpSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('https'), url: httpsUrl }),
  z.object({ kind: z.literal('dns'), server: hostPort, name: z.string().min(1), type: z.enum(['A', 'TXT']) }),
  z.object({ kind: z.literal('stun'), server: hostPort }),
]);
export type PublicIpSource = z.infer<typeof PublicIpSource>;

export const Environment = z.object({
  schema: z.literal('relayready/environment@1'),
  name: z.string().min(1).max(60),
  login: z.object({
    /** Address before the tenant segment; v2.0 endpoints live below `{authority}/{tenant}/`. */
    authority: httpsUrl,
    /** Application (client) id; null when this build has none of its own yet. */
    clientId: z.string().min(1).nullable().default(null),
    scopes: z.array(z.string().min(1)).min(1),
  }),
  exchange: z.object({ adminApi: httpsUrl }),
  graph: z.object({ api: httpsUrl }).optional(),
  relay: z.object({
    hostSuffixes: z.array(z.string().min(1)).min(1),
    spfInclude: z.string().min(1),
    smtpPort: port.default(25),
    /** The submission service, which tells "port 25 is blocked" from "no internet". */
    submission: z.object({ host: z.string().min(1), port }).optional(),
  }),
  /** Missing: the system's own resolvers. */
  dns: z
    .object({
      servers: z.array(hostPort).default([]),
      /** DNS over HTTPS (RFC 8484), asked when the servers say nothing or make answers up. */
      doh: z.array(httpsUrl).default([]),
      /** The system's own resolvers are asked beside `servers`. */
      system: z.boolean().optional(),
      /** Port of the domain's own name servers; missing: 53, or where `servers` stand for all of the DNS, they are not asked. */
      authorityPort: z.number().int().min(1).max(65_535).optional(),
    })
    .optional(),
  publicIp: z.array(PublicIpSource).default([]),
  /** The office's own router, asked for its outside address; missing: it is not asked. */
  router: z
    .object({
      /** NAT-PMP. */
      gateways: z.array(hostPort).optional(),
      /** Where the UPnP search goes. */
      ssdp: hostPort.optional(),
      /** What is not given here is this network's own: its default gateway, the usual multicast address. */
      local: z.boolean().optional(),
    })
    .optional(),
  /** DNS block list zones. */
  blocklists: z.array(z.string().min(1)).default([]),
  trust: z.object({ caFile: z.string().min(1) }).optional(),
  /** True allows loopback addresses as peers; otherwise they are refused. */
  loopback: z.boolean().default(false),
  /** Set on simulated worlds; every page and document then carries the practice stamp. */
  practice: z.object({ scenario: z.string() }).optional(),
});
export type EnvironmentDocument = z.infer<typeof Environment>;

/** An environment ready for use: `caFile` has been read. */
export type Environment = EnvironmentDocument & {
  /** PEM certificates trusted beside the system's roots, for HTTPS and STARTTLS. */
  readonly ca: readonly string[];
};

const publicServices = {
  publicIp: [
    { kind: 'https', url: 'https://api.ipify.org/' },
    { kind: 'https', url: 'https://checkip.amazonaws.com/' },
    { kind: 'https', url: 'https://ipv4.icanhazip.com/' },
    { kind: 'dns', server: '208.67.222.222:53', name: 'myip.opendns.com', type: 'A' },
    { kind: 'dns', server: '216.239.32.10:53', name: 'o-o.myaddr.l.google.com', type: 'TXT' },
    { kind: 'stun', server: 'stun.cloudflare.com:3478' },
  ],
  // By address: whoever blocks name look-ups cannot hide these.
  dns: { servers: [], doh: ['https://1.1.1.1/dns-query', 'https://8.8.8.8/dns-query'], system: true },
  router: { local: true },
  blocklists: ['zen.spamhaus.org', 'bl.spamcop.net', 'psbl.surriel.com'],
  loopback: false,
  ca: [],
} as const;

type Cloud = {
  readonly name: string;
  readonly login: string;
  readonly exchange: string;
  readonly graph: string;
  readonly hostSuffixes: readonly string[];
  readonly spfInclude: string;
  readonly submission: string;
};

const cloud = ({ name, login, exchange, graph, hostSuffixes, spfInclude, submission }: Cloud): Environment => ({
  schema: 'relayready/environment@1',
  name,
  login: { authority: login, clientId: null, scopes: [`${exchange}/Exchange.Manage`] },
  exchange: { adminApi: `${exchange}/adminapi/beta` },
  graph: { api: `${graph}/v1.0` },
  relay: { hostSuffixes: [...hostSuffixes], spfInclude, smtpPort: 25, submission: { host: submission, port: 587 } },
  ...publicServices,
  publicIp: [...publicServices.publicIp],
  dns: { ...publicServices.dns, servers: [], doh: [...publicServices.dns.doh] },
  blocklists: [...publicServices.blocklists],
});

/**
 * The four Microsoft clouds. Worldwide hosts are Microsoft's documented ones; the mail suffixes of the three national
 * clouds are likely, not confirmed on a live tenant, and are checked against what DNS and the tenant say.
 */
export const CLOUDS: readonly Environment[] = [
  cloud({
    name: 'public',
    login: 'https://login.microsoftonline.com',
    exchange: 'https://outlook.office365.com',
    graph: 'https://graph.microsoft.com',
    hostSuffixes: ['mail.protection.outlook.com', 'mx.microsoft'],
    spfInclude: 'spf.protection.outlook.com',
    submission: 'smtp.office365.com',
  }),
  cloud({
    name: 'gcc-high',
    login: 'https://login.microsoftonline.us',
    exchange: 'https://outlook.office365.us',
    graph: 'https://graph.microsoft.us',
    hostSuffixes: ['mail.protection.office365.us', 'mx.microsoft'],
    spfInclude: 'spf.protection.office365.us',
    submission: 'smtp.office365.us',
  }),
  cloud({
    name: 'dod',
    login: 'https://login.microsoftonline.us',
    exchange: 'https://webmail.apps.mil',
    graph: 'https://dod-graph.microsoft.us',
    hostSuffixes: ['mail.protection.office365.us', 'mx.microsoft'],
    spfInclude: 'spf.protection.office365.us',
    submission: 'outlook-dod.office365.us',
  }),
  cloud({
    name: '21vianet',
    login: 'https://login.partner.microsoftonline.cn',
    exchange: 'https://partner.outlook.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    hostSuffixes: ['mail.protection.partner.outlook.cn', 'mx.microsoft'],
    spfInclude: 'spf.protection.partner.outlook.cn',
    submission: 'smtp.partner.outlook.cn',
  }),
];
