/** What a command of the command line is, and what it is given to work with. */
import type { Method, Params, Result } from '../../core/contract.ts';
import type { Profile } from '../../core/profile.ts';
import type { Text, Translate } from '../../core/text.ts';
import type { Api } from '../api.ts';
import type { CallContext } from '../dispatch.ts';

export type OptionSpec = {
  readonly type: 'string' | 'boolean';
  /** Name of its value in the help, e.g. `FILE`. */
  readonly value?: string;
  readonly help: Text;
  readonly multiple?: boolean;
};

export type CommandContext = {
  readonly api: () => Promise<Api>;
  /** For what is more than one call: signal, language, deadline. */
  readonly callContext: CallContext;
  /** Calls the engine; progress goes to standard error. */
  readonly call: <M extends Method>(method: M, params: Params<M>) => Promise<Result<M>>;
  readonly text: (option: string) => string | undefined;
  readonly flag: (option: string) => boolean;
  readonly positionals: readonly string[];
  /** Name of the environment to work in. */
  readonly environment: () => Promise<string>;
  /** The profile with its overrides. @throws AppError `missing-input` without a domain */
  readonly profile: () => Promise<Profile>;
  /** Signs in, saying on standard error what to do. */
  readonly signIn: (profile: Profile, environment?: string) => Promise<void>;
  /** Asks on the terminal; without one, an error that names the option. */
  readonly ask: (question: Text, option: string) => Promise<string>;
  readonly confirm: (question: Text, option: string) => Promise<boolean>;
  /** The command's one document: JSON with `--json`, else the text. */
  readonly print: (document: unknown, text: string) => void;
  /** A line for people on standard error. */
  readonly note: (text: string) => void;
  readonly json: boolean;
  readonly signal: AbortSignal;
  readonly t: Translate;
};

export type Command = {
  readonly summary: Text;
  /** What follows the command's name in its usage line. */
  readonly usage: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** How many words may follow; default none. */
  readonly positionals?: number;
  /** `checks`: a deadline turns what is open into "could not tell"; otherwise it ends the command. */
  readonly deadline?: 'checks';
  /** @returns the exit code */
  readonly run: (context: CommandContext) => Promise<number>;
};
