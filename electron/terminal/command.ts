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
  /** One letter that stands for it behind a single dash. */
  readonly short?: string;
  /** What its value may be, where that is a short list; completion offers it. */
  readonly values?: readonly string[];
  /** Its value is the name of a file or folder there is, or of one to write. */
  readonly path?: boolean;
};

/** A command line that works as it stands, and what it is for. */
export type Example = { readonly line: string; readonly text: Text };

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
  /** Progress for people, on standard error; nothing with `--quiet`. */
  readonly note: (text: string) => void;
  /** What a person has to see on standard error, also with `--quiet`. */
  readonly warn: (text: string) => void;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly signal: AbortSignal;
  readonly t: Translate;
};

export type Command = {
  readonly summary: Text;
  /** What follows the command's name in its usage line. */
  readonly usage: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** At least one; the first is the usual one. */
  readonly examples: readonly Example[];
  /** How many words may follow; default none. */
  readonly positionals?: number;
  /** What the first of them may be, where that is a short list. */
  readonly verbs?: readonly string[];
  /** The words that follow (behind the verb) name a file or folder. */
  readonly path?: boolean;
  /** Prints line by line while it works: when the reader goes, there is no reason to go on. */
  readonly lines?: boolean;
  /** Default: nothing. */
  readonly changes?: 'tenant' | 'mail' | 'file';
  /** `checks`: a deadline turns what is open into "could not tell"; otherwise it ends the command. */
  readonly deadline?: 'checks';
  /** @returns the exit code */
  readonly run: (context: CommandContext) => Promise<number>;
};
