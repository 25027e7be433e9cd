/** What a step of the wizard is: where it stands, what it waits for, and what it has to forget when an answer changes. */
import type { ComponentType } from 'react';
import type { CheckResult, Station } from '../../core/result.ts';
import type { SetUp } from '../../core/set-up.ts';
import type { Text } from '../../core/text.ts';

/** An answer a person can give: a field of the profile, or the environment. */
export type Answer = keyof SetUp['profile'] | 'environment';

/** What a step leaves in the set-up beside its check results. */
export type Finding = 'spf' | 'plan' | 'outcome' | 'test';

export type Step = {
  readonly id: string;
  /** In the side list and as the page's heading. */
  readonly title: Text;
  /** Steps that have to be finished or skipped before this one opens. */
  readonly needs: readonly string[];
  /** Answers that make what this step found out of date. */
  readonly hangsOn: readonly Answer[];
  /** Checks at these stations of the path belong to this step, and so do their results. */
  readonly stations: readonly Station[];
  /** Those behind the sign-in instead of those before it. */
  readonly signedIn?: boolean;
  readonly findings: readonly Finding[];
  /** Name of the button that leaves this step out; null when it cannot be. */
  readonly skip: Text | null;
  /** Steps that are only there for some; missing: always there. */
  readonly shown?: (setUp: SetUp | null) => boolean;
  readonly Page: ComponentType;
};

/** Without its page: all that the rules need. */
export type StepRules = Omit<Step, 'Page'>;

/** Does a check, or what it found, belong to the step? No step knows a check by name. */
export const belongs = (
  step: StepRules,
  { station, needsSignIn }: Pick<CheckResult, 'station' | 'needsSignIn'>,
): boolean => step.stations.includes(station) && needsSignIn === (step.signedIn ?? false);
