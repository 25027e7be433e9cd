/** What a cmdlet of a practice tenant is: the parameters it knows, and what it does. */
import type { Tenant } from './tenant.ts';

export type Parameters = Readonly<Record<string, unknown>>;
export type Answer = { readonly value: readonly object[]; readonly warnings?: readonly string[] };
export type Cmdlet = {
  readonly parameters: readonly string[];
  /** @throws Refusal */
  readonly run: (tenant: Tenant, parameters: Parameters) => Answer;
};

/** What Exchange says no to; `type` is the name programs read. */
export class Refusal extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}
