/** What the wizard holds while it is open; the set-up inside it is what is saved. */
import type { Trace } from '../core/calls/mail.ts';
import type { Account } from '../core/calls/microsoft.ts';
import type { Method, Params, Result, WireError } from '../core/contract.ts';
import type { Outcome } from '../core/plan/plan.ts';
import type { Progress } from '../core/progress.ts';
import type { Review } from '../core/report/review.ts';
import type { SetUp, SetUpSummary, UnreadableSetUp } from '../core/set-up.ts';

/** A call under way. */
export type Run = { readonly latest: Progress | null; readonly log: readonly Progress[] };

export type Saving = 'nothing-yet' | 'saving' | 'saved' | 'failed';

export type WizardState = {
  readonly language: string;
  readonly info: Result<'app.info'> | null;
  readonly known: readonly SetUpSummary[];
  /** Saved set-ups whose newest file could not be read. */
  readonly unreadable: readonly UnreadableSetUp[];
  /** Until it is known whether there is something to go on with. */
  readonly starting: boolean;
  /** Id of the step on the screen. */
  readonly step: string;
  readonly setUp: SetUp | null;
  /** Steps the last answer given on this page took back. */
  readonly tookBack: readonly string[];
  /** The set-up deleted last, until another one is or the page is left. */
  readonly removed: SetUp | null;
  readonly saving: Saving;
  readonly runs: Readonly<Record<string, Run>>;
  readonly errors: Readonly<Record<string, WireError>>;
  /** Ids of results asked for since the program was started; the others are from a saved set-up. */
  readonly fresh: readonly string[];
  /** The hint at results of an earlier session was put away; they stay marked. */
  readonly oldHidden: boolean;
  readonly account: Account | null;
  readonly found: Result<'device.discover'> | null;
  readonly byHand: Result<'plan.by-hand'> | null;
  readonly undone: Outcome | null;
  readonly traces: Readonly<Record<string, Trace>>;
  readonly caught: Result<'device.catch'> | null;
  /** The engine behind the page is gone. */
  readonly gone: boolean;
  /** A simulated Microsoft 365 had to be started afresh for this set-up. */
  readonly startedAfresh: boolean;
  /** Another window had saved this set-up; what was answered here became one of its own. */
  readonly parted: boolean;
  /** What lies over the steps: what was left unanswered last time, the clients, or a file. */
  readonly over: 'pending' | 'clients' | 'file' | null;
  /** The report or set-up in a file that was opened with the program. */
  readonly review: Review | null;
  /** A report of a problem is being written. */
  readonly reporting: boolean;
  /** The mistake of ours it is about. */
  readonly problem: WireError | null;
};

export type WizardActions = {
  readonly begin: () => Promise<void>;
  readonly setLanguage: (tag: string) => Promise<void>;
  readonly startNew: () => void;
  /** A new set-up of an office that is known already, with what was found there last. */
  readonly startFrom: (environment: string, profile: SetUp['profile'], report: SetUp['report']) => void;
  readonly startPractice: (scenario: string, title: string) => Promise<void>;
  readonly open: (id: string) => Promise<void>;
  readonly copy: (id: string, name: string) => Promise<void>;
  readonly rename: (id: string, name: string) => Promise<void>;
  /** What was removed is kept for undo. */
  readonly remove: (id: string) => Promise<void>;
  readonly restore: () => Promise<void>;
  /** Reads the list of saved set-ups anew. */
  readonly refresh: () => Promise<void>;
  readonly takeNote: (file: string) => Promise<void>;
  /** Alters the profile; what hangs on the altered answers is taken back. */
  /** Giving the former answer again brings back what it had taken away. */
  readonly answer: (patch: Partial<SetUp['profile']>) => void;
  /** Keeps what is typed and is no answer yet; null forgets it. */
  readonly draft: (field: string, text: string | null) => void;
  readonly chooseEnvironment: (name: string) => void;
  readonly goTo: (step: string) => void;
  readonly finish: (step: string) => void;
  readonly skip: (step: string, also?: readonly string[]) => void;
  readonly put: (patch: Partial<SetUp>) => void;
  readonly note: (patch: Partial<WizardState>) => void;
  /** Saves what still waits. */
  readonly flush: () => Promise<void>;
  /** Runs a call under a name; null when it failed, was stopped, or runs already. The error then stands under that name. */
  readonly run: <M extends Method>(task: string, method: M, params: Params<M>) => Promise<Result<M> | null>;
  readonly cancel: (task: string) => void;
  readonly dismiss: (task: string) => void;
  /** Runs the checks of a step and merges what they find. */
  readonly check: (step: string) => Promise<boolean>;
  /** Looks again at everything that was found in an earlier session. */
  readonly lookAgain: () => Promise<void>;
};

export type Wizard = WizardState & WizardActions;
