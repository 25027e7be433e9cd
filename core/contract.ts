/** Every call across the boundary between the hosts and the engine: name, parameters, result. Both sides read this file. */
import { z } from 'zod';
import { DnsHost } from './dns-hosts/dns-host.ts';
import { Explanation } from './explain/explanation.ts';
import { TestDocument } from './mail/test-document.ts';
import { Outcome, Plan, Tenant } from './plan/plan.ts';
import { Profile } from './profile.ts';
import { Report } from './report/report.ts';
import { Station, Who } from './result.ts';
import { SetUp, SetUpSummary } from './set-up.ts';
import { SpfDocument } from './spf/spf-document.ts';
import { SpfSpread } from './spf/spread.ts';

const nothing = z.strictObject({});
/** Name of an environment the engine knows. */
const environment = z.string().min(1).max(60);
const place = { environment, profile: Profile };

export const EnvironmentInfo = z.object({
  name: z.string(),
  /** Scenario id of a simulated world, or null. */
  practice: z.string().nullable(),
  /** Has this environment an application id to sign in with? */
  canSignIn: z.boolean(),
  relayPort: z.number(),
  spfInclude: z.string(),
});
export type EnvironmentInfo = z.infer<typeof EnvironmentInfo>;

export const Account = z.object({ username: z.string(), tenant: Tenant });
export type Account = z.infer<typeof Account>;

/** One way to do a step by hand: numbered clicks with today's labels. */
export const ClickPath = z.array(z.object({ text: z.string(), value: z.string().nullable() }));

/** What Microsoft did with a message (Get-MessageTraceV2). */
export const Trace = z.object({
  schema: z.literal('relayready/trace@1'),
  messageId: z.string(),
  /** Empty while Microsoft has not written it down yet; that takes minutes. */
  events: z.array(
    z.object({
      recipient: z.string(),
      /** As Microsoft names it: Delivered, Failed, Pending, Quarantined, FilteredAsSpam … */
      status: z.string(),
      receivedAt: z.string(),
      fromIp: z.string().nullable(),
      meaning: z.string(),
    }),
  ),
});
export type Trace = z.infer<typeof Trace>;

/** Something that was sent and never answered, found at start. */
export const PendingIntent = z.object({
  id: z.string(),
  /** What was about to be done, one sentence. */
  text: z.string(),
  kind: z.enum(['apply', 'undo', 'message']),
  environment: z.string(),
  startedAt: z.string(),
  /** What was found when it was looked up. */
  state: z.enum(['not-looked-up', 'took-effect', 'no-effect']),
});
export type PendingIntent = z.infer<typeof PendingIntent>;

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

export const DocumentKind = z.enum(['handover', 'report', 'checklist']);
export type DocumentKind = z.infer<typeof DocumentKind>;

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

export const contract = {
  'app.info': {
    params: nothing,
    result: z.object({
      version: z.string(),
      environments: z.array(EnvironmentInfo),
      scenarios: z.array(z.object({ id: z.string(), title: z.string(), story: z.string() })),
      brands: z.array(BrandCard),
      languages: z.array(z.object({ tag: z.string(), name: z.string() })),
      pending: z.array(PendingIntent),
      /** In the order of the path. */
      checks: z.array(z.object({ id: z.string(), station: Station, needsSignIn: z.boolean() })),
      /** Environment the host was started with, or null for the public cloud. */
      startEnvironment: environment.nullable(),
    }),
  },
  /** Starts a simulated world as environment `practice`, in place of one that may run already. */
  'practice.start': {
    params: z.strictObject({
      scenario: z.string(),
      /** Write the environment and a profile to files, for other programs to use. */
      files: z.boolean().default(false),
    }),
    result: EnvironmentInfo.extend({ profile: Profile, environmentFile: z.string().nullable() }),
  },
  'set-up.list': { params: nothing, result: z.array(SetUpSummary) },
  'set-up.load': { params: z.strictObject({ id: z.uuid() }), result: SetUp },
  'set-up.save': { params: z.strictObject({ setUp: SetUp }), result: z.object({ savedAt: z.string() }) },
  'set-up.remove': { params: z.strictObject({ id: z.uuid() }), result: nothing },
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
  'sign-in.start': {
    params: z.strictObject({ ...place, deviceCode: z.boolean().default(false) }),
    result: Account,
  },
  /** How an organisation registers an application id of its own. */
  'sign-in.registration': {
    params: z.strictObject({ environment }),
    result: z.object({ clicks: ClickPath, script: z.string(), fileName: z.string() }),
  },
  /** Kept for the next start; `RELAYREADY_CLIENT_ID` comes before it. */
  'sign-in.use-application': {
    params: z.strictObject({
      clientId: z.guid('is not an application id; it looks like 12345678-1234-1234-1234-123456789012'),
    }),
    result: z.array(EnvironmentInfo),
  },
  'sign-in.account': { params: z.strictObject({ environment }), result: Account.nullable() },
  'sign-in.forget': { params: z.strictObject({ environment }), result: nothing },
  'plan.make': { params: z.strictObject(place), result: Plan },
  'plan.apply': { params: z.strictObject({ ...place, plan: Plan }), result: Outcome },
  'plan.undo': { params: z.strictObject(place), result: Outcome },
  'plan.outcome': { params: z.strictObject(place), result: Outcome.nullable() },
  'plan.by-hand': {
    params: z.strictObject(place),
    result: z.object({ script: z.string(), fileName: z.string(), clicks: ClickPath, letter: z.string() }),
  },
  'message.send': {
    params: z.strictObject({
      ...place,
      internal: z.string().nullable(),
      external: z.string().nullable(),
      /** With a page like a scanner's, as PDF. */
      attach: z.boolean().optional(),
      /** Try a refusal again that long, in minutes, while Microsoft spreads a change. */
      wait: z.number().int().min(0).max(60).optional(),
    }),
    result: TestDocument,
  },
  'message.trace': { params: z.strictObject({ environment, messageId: z.string() }), result: Trace },
  'reply.explain': { params: z.strictObject({ text: z.string().max(1_000_000) }), result: Explanation },
  'document.render': {
    params: z.strictObject({
      kind: DocumentKind,
      /** Everything known; a checklist needs none of it. */
      setUp: SetUp.nullable(),
    }),
    result: z.object({ html: z.string(), fileName: z.string() }),
  },
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
} as const satisfies Record<string, { params: z.ZodType; result: z.ZodType }>;

export type Method = keyof typeof contract;
/** What a caller gives. */
export type Params<M extends Method> = z.input<(typeof contract)[M]['params']>;
/** What an engine method receives after parsing. */
export type ParsedParams<M extends Method> = z.output<(typeof contract)[M]['params']>;
export type Result<M extends Method> = z.output<(typeof contract)[M]['result']>;

/** An AppError in the person's language; what crosses to the page and stands in `--json` when there is no other document. */
export const WireError = z.object({
  schema: z.literal('relayready/error@1'),
  /** One of the error codes, or `bug`. */
  code: z.string(),
  message: z.string(),
  remedy: z.string().nullable(),
  field: z.string().nullable(),
  who: Who.nullable(),
  detail: z.string().nullable(),
});
export type WireError = z.infer<typeof WireError>;

/** Exceptions lose all but their message on the way to the page, so replies are values. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };
