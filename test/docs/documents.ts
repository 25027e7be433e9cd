/** Every public document with the schema the code reads and writes it by, and the JSON Schema published of it. */
import { z } from 'zod';
import { Trace } from '../../core/calls/mail.ts';
import { WireError } from '../../core/contract.ts';
import { Client } from '../../core/clients/client.ts';
import { LookedLine } from '../../core/clients/looked-line.ts';
import { Repair } from '../../core/clients/repair.ts';
import { Traffic } from '../../core/clients/traffic.ts';
import { Environment } from '../../core/environment.ts';
import { Explanation } from '../../core/explain/explanation.ts';
import { TestDocument } from '../../core/mail/test-document.ts';
import { Outcome, Plan } from '../../core/plan/plan.ts';
import { Profile } from '../../core/profile.ts';
import { Report } from '../../core/report/report.ts';
import { ScheduleDocument } from '../../core/schedule/schedule.ts';
import { SetUp } from '../../core/set-up.ts';
import { SpfDocument } from '../../core/spf/spf-document.ts';

/** People write a profile and an environment, so their schemas describe what is read; the others, what is written. */
export const DOCUMENTS = {
  environment: { schema: Environment, io: 'input', title: 'Where the world is: sign-in, Exchange, mail, DNS' },
  profile: { schema: Profile, io: 'input', title: 'What a person enters about one office' },
  report: { schema: Report, io: 'output', title: 'The results of the checks (check --json)' },
  spf: { schema: SpfDocument, io: 'output', title: 'An SPF evaluation and the record to publish (spf --json)' },
  plan: { schema: Plan, io: 'output', title: 'What would change in Microsoft 365 (plan --json)' },
  outcome: { schema: Outcome, io: 'output', title: 'What was changed, and how it is undone (apply --json)' },
  test: { schema: TestDocument, io: 'output', title: 'The test message and its answers (test --json)' },
  explanation: { schema: Explanation, io: 'output', title: 'What a reply means (explain --json)' },
  client: { schema: Client, io: 'input', title: 'A client with its offices, devices and reminders (fleet export)' },
  looked: { schema: LookedLine, io: 'output', title: 'What one look at one office brought (fleet look --json)' },
  repair: { schema: Repair, io: 'output', title: 'One change that mends line, connector and SPF record together' },
  traffic: { schema: Traffic, io: 'output', title: 'What came through the connector, by the message trace' },
  error: { schema: WireError, io: 'output', title: 'Why it could not be done' },
  'set-up': { schema: SetUp, io: 'output', title: 'A set-up as a file for a reviewer (report --from)' },
  schedule: { schema: ScheduleDocument, io: 'output', title: 'A regular look and how it stands (schedule --json)' },
  trace: { schema: Trace, io: 'output', title: 'What Microsoft did with a message (trace --json)' },
} as const;

export type Name = keyof typeof DOCUMENTS;
export const names = Object.keys(DOCUMENTS) as readonly Name[];

/**
 * Strings that a refinement guards (a domain, an address) are plain strings in JSON Schema. Properties that newer versions
 * add must not make an older reader refuse a document we write, so only what people write is closed.
 */
export function jsonSchemaOf(name: Name): Record<string, unknown> {
  const { schema, io, title } = DOCUMENTS[name];
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema, zodSchema }) => {
      // The only transforms put a domain or an address into its usual spelling: text stays text.
      if (zodSchema._zod.def.type === 'transform') jsonSchema.type = 'string';
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return { $schema, title, ...rest };
}
