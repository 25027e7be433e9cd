/** Calls about scanners: the cards of their makes, finding them, and catching their mail. */
import { z } from 'zod';
import type { Calls } from './call.ts';

export const FoundDevice = z.object({
  address: z.string(),
  name: z.string(),
  brand: z.string().nullable(),
  model: z.string().nullable(),
  note: z.string().nullable(),
});

export const Discovery = z.object({
  /** The networks this computer is in; only `own` and `unknown` ones are searched. */
  networks: z.array(
    z.object({
      card: z.string(),
      network: z.string(),
      name: z.string().nullable(),
      kind: z.enum(['own', 'guest', 'public', 'vpn', 'unknown']),
    }),
  ),
  searched: z.boolean(),
  devices: z.array(FoundDevice),
});

/** A message a device sent to the catcher, as it really was. */
export const CaughtMessage = z.object({
  fromIp: z.string(),
  helo: z.string().nullable(),
  tls: z.string().nullable(),
  /** What it offered when it asked for encryption, also when that was too old; null when it did not ask. */
  offered: z.object({ versions: z.array(z.string()), ciphers: z.array(z.string()) }).nullable(),
  authTried: z.boolean(),
  mailFrom: z.string().nullable(),
  recipients: z.array(z.string()),
  headerFrom: z.string().nullable(),
  subject: z.string().nullable(),
  /** Header lines as they came; the body is dropped. */
  headers: z.array(z.string()),
  bytes: z.number(),
  complete: z.boolean(),
  /** How often the device tried just this. */
  times: z.number(),
  /** What would go wrong with the relay; the main cause comes first. `fix` is the one thing to do about it. */
  findings: z.array(
    z.object({ severity: z.enum(['good', 'warning', 'blocker']), text: z.string(), fix: z.array(z.string()) }),
  ),
});
export type CaughtMessage = z.infer<typeof CaughtMessage>;

/** Brand card: where to type the settings on a device, with its own labels. */
export const BrandCard = z.object({
  id: z.string(),
  brand: z.string(),
  /** With `<address>` in place of the device's address; null for what has none. */
  webPage: z.string().nullable(),
  menuPath: z.array(z.string()),
  labels: z.object({
    server: z.string(),
    port: z.string(),
    encryption: z.string(),
    encryptionValue: z.string(),
    authentication: z.string(),
    authenticationValue: z.string(),
    sender: z.string(),
  }),
  notes: z.array(z.string()),
  /** `vendor`: read in the maker's text; `usual`: general knowledge, may differ on this model. */
  certainty: z.enum(['vendor', 'usual']),
  /** Where it is known from; general knowledge has no address. */
  evidence: z.array(z.object({ text: z.string(), url: z.string().nullable() })),
  /** The day the evidence was read, YYYY-MM-DD. */
  verifiedOn: z.string(),
});
export type BrandCard = z.infer<typeof BrandCard>;

export const deviceCalls = {
  /** Sends nothing unless the person says that this is the office's own network. */
  'device.discover': { params: z.strictObject({ ownNetwork: z.boolean().default(false) }), result: Discovery },
  'device.catch': {
    params: z.strictObject({
      port: z.number().int().min(0).max(65_535).default(2525),
      /** Only this IP address may send. */
      device: z.string().optional(),
      /** The mail domain the device should send from. */
      domain: z.string().optional(),
    }),
    result: z.array(CaughtMessage),
  },
} as const satisfies Calls;
