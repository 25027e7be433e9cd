/** A saved set-up: one office's profile, how far the wizard came, and what was found; resumed after a quit or a crash. */
import { z } from 'zod';
import { TestDocument } from './mail/test-document.ts';
import { Outcome, Plan } from './plan/plan.ts';
import { Profile } from './profile.ts';
import { Report } from './report/report.ts';
import { SpfDocument } from './spf/spf-document.ts';

/** While it is being typed, a profile may still lack its domain. */
export const ProfileDraft = Profile.extend({ domain: Profile.shape.domain.or(z.literal('')) });
export type ProfileDraft = z.infer<typeof ProfileDraft>;

/** A point of the checklist that a person ticked. */
export const Tick = z.object({
  /** ISO 8601, UTC. */
  at: z.string(),
  /** Initials; may be empty. */
  by: z.string().max(20),
});
export type Tick = z.infer<typeof Tick>;

export const SetUp = z.object({
  schema: z.literal('relayready/set-up@1'),
  id: z.uuid(),
  profile: ProfileDraft,
  /** Name of the environment it belongs to. */
  environment: z.string(),
  /** Id of the step the wizard stands on. */
  step: z.string(),
  /** Ids of steps left out on purpose. */
  skipped: z.array(z.string()),
  /** Ids of steps finished. */
  finished: z.array(z.string()),
  report: Report.nullable(),
  spf: SpfDocument.nullable(),
  plan: Plan.nullable(),
  outcome: Outcome.nullable(),
  test: TestDocument.nullable(),
  /** What is being typed and cannot be read yet, or is not an answer of the profile; by id of the field. */
  drafts: z.record(z.string(), z.string()).optional(),
  /** Which altered answers took a step's findings back, by id of the step; until it is done again. */
  takenBack: z.record(z.string(), z.array(z.string())).optional(),
  /** A change that was made before an answer was altered; it still stands in Microsoft 365 and can be taken back. */
  earlier: Outcome.nullable().optional(),
  /** The person went back to the start page: the next start does not open it by itself. */
  atStart: z.boolean().optional(),
  /** Id of the simulated world it is practised in. */
  scenario: z.string().optional(),
  /** By the id of the point. */
  ticks: z.record(z.string().max(60), Tick).optional(),
  /** ISO 8601, UTC. */
  savedAt: z.string(),
});
export type SetUp = z.infer<typeof SetUp>;

export const SetUpSummary = SetUp.pick({
  id: true,
  environment: true,
  step: true,
  savedAt: true,
  atStart: true,
}).extend({
  name: z.string(),
  domain: z.string(),
});
export type SetUpSummary = z.infer<typeof SetUpSummary>;

/** A set-up whose newest file could not be read; the file was set aside, never deleted. */
export const UnreadableSetUp = z.object({
  /** File name inside the set-ups' folder. */
  file: z.string(),
  folder: z.string(),
  /** Name or domain, as far as the damaged text still says it. */
  name: z.string().nullable(),
  /** ISO 8601, UTC: when it was set aside. */
  at: z.string(),
  /** The generation before it could be read and is in the list. */
  recovered: z.boolean(),
});
export type UnreadableSetUp = z.infer<typeof UnreadableSetUp>;
