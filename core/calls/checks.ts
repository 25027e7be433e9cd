/** Calls that look and change nothing: the checks, SPF, and who holds the DNS records. */
import { z } from 'zod';
import { DnsHost } from '../dns-hosts/dns-host.ts';
import { Report } from '../report/report.ts';
import { SpfDocument } from '../spf/spf-document.ts';
import { SpfSpread } from '../spf/spread.ts';
import { environment, place, type Calls } from './call.ts';

export const checkCalls = {
  'check.run': {
    params: z.strictObject({ ...place, only: z.array(z.string()).optional() }),
    result: Report,
  },
  'spf.evaluate': {
    params: z.strictObject({
      environment,
      ip: z.string(),
      domain: z.string(),
      sender: z.string().optional(),
      helo: z.string().optional(),
    }),
    result: SpfDocument,
  },
  /** Who has `record` already; asked anew each time. */
  'spf.spread': {
    params: z.strictObject({ environment, domain: z.string(), record: z.string().max(4096) }),
    result: SpfSpread,
  },
  /** Where the records of a domain are edited, told from its name servers. */
  'dns.host': {
    params: z.strictObject({ environment, domain: z.string() }),
    result: z.object({ nameServers: z.array(z.string()), host: DnsHost }),
  },
} as const satisfies Calls;
