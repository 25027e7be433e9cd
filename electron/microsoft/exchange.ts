/** Exchange Online administration: runs one {cmdlet, parameters} by InvokeCommand, reads every page, honours Retry-After. */
import type { Command, Tenant } from '../../core/plan/plan.ts';

export type CmdletResult = {
  /** Objects of all pages. */
  readonly value: readonly Record<string, unknown>[];
  /** `@adminapi.warnings`; a disabled new connector is announced here. */
  readonly warnings: readonly string[];
};

export type Exchange = {
  readonly tenant: Tenant;
  /** Signed-in account's user principal name. */
  readonly account: string;
  /**
   * @throws AppError; a write whose reply was lost throws `outcome-unknown` and is never repeated by itself.
   */
  readonly run: (
    command: Command,
    options: {
      readonly signal: AbortSignal;
      /** A write is re-sent only when Microsoft said it did not run it (throttling). */
      readonly write: boolean;
      readonly onWait?: (seconds: number) => void;
      /** Called when the first byte of a write is about to leave. */
      readonly onSent?: () => Promise<void>;
    },
  ) => Promise<CmdletResult>;
};
