/** The one list of ways an operation can fail to be done, and the error that carries them to a person. */
import type { Text } from './text.ts';
import type { Who } from './result.ts';

/**
 * Error code → exit code of the command line (docs: interfaces, exit codes).
 * 2 the input is wrong · 3 somebody has to act · 4 it could not be told, nothing was changed · 5 sent, outcome unknown · 130 interrupted.
 */
export const ERROR_CODES = {
  'bad-option': 2,
  'bad-profile': 2,
  'bad-environment': 2,
  'bad-input': 2,
  'missing-input': 2,
  'not-found': 2,
  network: 4,
  timeout: 4,
  busy: 4,
  'no-application': 4,
  'sign-in-refused': 4,
  'sign-in-timeout': 4,
  'wrong-tenant': 4,
  'not-permitted': 4,
  'exchange-refused': 4,
  'unexpected-answer': 4,
  'port-in-use': 4,
  storage: 4,
  'nothing-saved': 3,
  'changed-meanwhile': 3,
  'outcome-unknown': 5,
  cancelled: 130,
} as const satisfies Record<string, 2 | 3 | 4 | 5 | 130>;

export type ErrorCode = keyof typeof ERROR_CODES;

export type ErrorParts = {
  /** What the person can do about it. */
  readonly remedy?: Text;
  /** The option or document field that is wrong, e.g. `--domain` or `connector.name`. */
  readonly field?: string;
  readonly who?: Who;
  /** What the other side said, unchanged but stripped of control characters and secrets. */
  readonly detail?: string;
  readonly cause?: unknown;
};

/** The operation could not be done: shown beside the button that asked for it. Anything else thrown is a bug. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly text: Text;
  readonly remedy: Text | null;
  readonly field: string | null;
  readonly who: Who | null;
  readonly detail: string | null;

  constructor(code: ErrorCode, text: Text, parts: ErrorParts = {}) {
    super(
      text.message.replaceAll(/\{(\w+)\}/g, (_, key: string) => String(text.values?.[key] ?? key)),
      {
        cause: parts.cause,
      },
    );
    this.code = code;
    this.text = text;
    this.remedy = parts.remedy ?? null;
    this.field = parts.field ?? null;
    this.who = parts.who ?? null;
    this.detail = parts.detail ?? null;
  }
}

export const isAppError = (error: unknown): error is AppError => error instanceof AppError;
