/** Plan and outcome documents: what would change in the tenant, and what became of it. */
import { z } from 'zod';
import { Who } from '../result.ts';

/** Parameters of one Exchange cmdlet, as plain JSON. */
export const CmdletParameters = z.record(z.string(), z.unknown());
export type CmdletParameters = z.infer<typeof CmdletParameters>;

/** Exactly what Exchange runs, the script prints, the report tells and practice performs. */
export const Command = z.object({ cmdlet: z.string(), parameters: CmdletParameters });
export type Command = z.infer<typeof Command>;

export const Step = Command.extend({
  /** One sentence for people. */
  why: z.string(),
  /** The command that takes this step back, or null when it cannot be taken back. */
  undo: Command.nullable(),
});
export type Step = z.infer<typeof Step>;

export const Finding = z.object({
  severity: z.enum(['info', 'warning', 'blocker']),
  text: z.string(),
  fix: z.array(z.string()).default([]),
  who: Who.default('nobody'),
});
export type Finding = z.infer<typeof Finding>;

export const Tenant = z.object({
  id: z.string(),
  name: z.string().nullable(),
  /** e.g. contoso.onmicrosoft.com */
  initialDomain: z.string().nullable(),
});
export type Tenant = z.infer<typeof Tenant>;

export const Plan = z.object({
  schema: z.literal('relayready/plan@1'),
  tenant: Tenant,
  steps: z.array(Step),
  findings: z.array(Finding),
});
export type Plan = z.infer<typeof Plan>;

export const OutcomeStep = Command.extend({
  /** `not-run` after an earlier step did not succeed. */
  status: z.enum(['done', 'refused', 'failed', 'unknown', 'not-run']),
  warnings: z.array(z.string()),
  error: z.string().nullable(),
  undo: Command.nullable(),
});

export const Outcome = z.object({
  schema: z.literal('relayready/outcome@1'),
  status: z.enum(['done', 'nothing-to-do', 'refused', 'failed', 'unknown']),
  tenant: Tenant,
  steps: z.array(OutcomeStep),
  /** The connector as read back, or null. */
  connector: z.record(z.string(), z.unknown()).nullable(),
  /** What it means and what to do next. */
  findings: z.array(Finding),
  /** ISO 8601, UTC. */
  finishedAt: z.string(),
});
export type Outcome = z.infer<typeof Outcome>;
