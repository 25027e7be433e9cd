/** The set-up as a file for a reviewer: everything needed to judge it, without notes, half-typed text, and people in conversations. */
import { maskTest } from '../mail/mask-test.ts';
import type { SetUp } from '../set-up.ts';

/** No secret is ever in a set-up; what goes here is of no use to a reviewer. */
export function shareSetUp({ drafts: _drafts, takenBack: _takenBack, ...setUp }: SetUp): SetUp {
  return { ...setUp, profile: { ...setUp.profile, notes: '' }, test: setUp.test && maskTest(setUp.test) };
}
