/** Calls about the program itself: what it knows at start, and simulated worlds. */
import { z } from 'zod';
import { LanguageFile } from '../i18n/languages.ts';
import { Profile } from '../profile.ts';
import { Station } from '../result.ts';
import { environment, nothing, type Calls } from './call.ts';
import { BrandCard } from './devices.ts';

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
  /** Somebody is signed in where it was sent, so it can be looked up. */
  canLook: z.boolean().default(false),
});
export type PendingIntent = z.infer<typeof PendingIntent>;

export const ScenarioPlace = z.enum(['nothing', 'line', 'domain', 'sign-in', 'microsoft']);
export type ScenarioPlace = z.infer<typeof ScenarioPlace>;

/** A simulated world to practise in, in the person's language. */
export const ScenarioInfo = z.object({
  id: z.string(),
  title: z.string(),
  story: z.string(),
  /** Where on the way it goes wrong. */
  place: ScenarioPlace,
  station: Station.nullable(),
  learn: z.string(),
  /** How a real case looks, and whom one would call. */
  real: z.string(),
  call: z.string(),
});
export type ScenarioInfo = z.infer<typeof ScenarioInfo>;

export const programCalls = {
  'app.info': {
    params: nothing,
    result: z.object({
      version: z.string(),
      environments: z.array(EnvironmentInfo),
      scenarios: z.array(ScenarioInfo),
      brands: z.array(BrandCard),
      languages: z.array(z.object({ tag: z.string(), name: z.string() })),
      pending: z.array(PendingIntent),
      /** In the order of the path. */
      checks: z.array(z.object({ id: z.string(), station: Station, needsSignIn: z.boolean() })),
      /** Environment the host was started with, or null for the public cloud. */
      startEnvironment: environment.nullable(),
    }),
  },
  /** Every package the program is made with, with its licence in full; in the authors' own words. */
  'app.licences': { params: nothing, result: z.object({ text: z.string() }) },
  /** The texts of a language; a page asks once, before it shows them. */
  'app.language': { params: z.strictObject({ tag: z.string().max(35) }), result: LanguageFile },
  /** Starts a simulated world as environment `practice`, in place of one that may run already. */
  'practice.start': {
    params: z.strictObject({
      scenario: z.string(),
      /** Write the environment and a profile to files, for other programs to use. */
      files: z.boolean().default(false),
      /** What was done in it in an earlier session. */
      resumed: z
        .strictObject({
          tenantId: z.string().max(100),
          connectors: z.array(z.record(z.string(), z.unknown())),
          record: z.string().max(4096).nullable(),
        })
        .nullable()
        .default(null),
    }),
    result: EnvironmentInfo.extend({ profile: Profile, environmentFile: z.string().nullable() }),
  },
  /** Publishes an SPF record in a simulated DNS. @throws bad-environment in any other */
  'practice.publish': { params: z.strictObject({ environment, record: z.string().max(4096) }), result: nothing },
} as const satisfies Calls;
