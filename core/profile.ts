/** Profile: what a person enters and saves about one office; it never holds a secret. */
import { z } from 'zod';
import { parseDomain, parseIpv4, parseMailAddress } from './address.ts';

const domain = z
  .string()
  .refine((value) => parseDomain(value) !== null, 'is not a domain name; write it like contoso.com')
  .transform((value) => parseDomain(value) as string);
export const mailAddress = z
  .string()
  .refine((value) => parseMailAddress(value) !== null, 'is not a mail address; write it like scanner@contoso.com')
  .transform((value) => parseMailAddress(value) as string);
const ipv4 = z
  .string()
  .refine((value) => parseIpv4(value) !== null, 'is not an IPv4 address; write it like 203.0.113.7')
  .transform((value) => parseIpv4(value) as string);
export const singleLine = (max: number) =>
  z
    .string()
    .max(max, `is longer than ${max} characters`)
    // eslint-disable-next-line no-control-regex
    .regex(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/, 'holds a line break or control character; take it out');

export const Device = z.strictObject({
  name: singleLine(100).default(''),
  /** IPv4 address or host name on the office network. */
  address: singleLine(253).default(''),
  brand: singleLine(60).nullable().default(null),
  model: singleLine(100).nullable().default(null),
});
export type Device = z.infer<typeof Device>;

export const ConnectorChoice = z.strictObject({
  name: singleLine(64).min(1, 'is empty; give the connector a name').default('RelayReady'),
  authentication: z.enum(['ip', 'certificate']).default('ip'),
  /** Name or `*.name` of the device's TLS certificate; only with `authentication: "certificate"`. */
  certificateName: singleLine(255).nullable().default(null),
  requireTls: z.boolean().default(false),
});

export const Profile = z.strictObject({
  schema: z.literal('relayready/profile@1').default('relayready/profile@1'),
  name: singleLine(100).default(''),
  /** The mail domain, e.g. contoso.com. */
  domain,
  /** The From address the device will use; its domain must be accepted by the tenant. */
  sender: mailAddress.nullable().default(null),
  devices: z.array(Device).max(500).default([]),
  /** The office's fixed public addresses; empty means: find out. */
  publicIps: z.array(ipv4).max(100).default([]),
  /** Host name to relay through; null means: find out. */
  relayHost: domain.nullable().default(null),
  testRecipients: z
    .strictObject({ internal: mailAddress.nullable().default(null), external: mailAddress.nullable().default(null) })
    .default({ internal: null, external: null }),
  connector: ConnectorChoice.default({
    name: 'RelayReady',
    authentication: 'ip',
    certificateName: null,
    requireTls: false,
  }),
  notes: z.string().max(10_000).default(''),
});
export type Profile = z.infer<typeof Profile>;
