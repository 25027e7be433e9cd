/** Keeps what a command found in the saved set-up of its office, so that paper and wizard can use it later. */
import { randomUUID } from 'node:crypto';
import type { Profile } from '../../core/profile.ts';
import type { SetUp } from '../../core/set-up.ts';
import type { Api } from '../api.ts';

type Findings = Partial<Pick<SetUp, 'report' | 'spf' | 'plan' | 'outcome' | 'test'>>;

/** The saved set-up of this domain in this environment, or null. */
export async function recall(api: Api, environment: string, domain: string): Promise<SetUp | null> {
  const found = (await api.setUps.list()).find((entry) => entry.domain === domain && entry.environment === environment);
  return found ? api.setUps.load(found.id) : null;
}

/** A set-up that holds a profile and nothing else yet. */
export const emptySetUp = (environment: string, profile: Profile): SetUp => ({
  schema: 'relayready/set-up@1',
  id: randomUUID(),
  profile,
  environment,
  step: 'start',
  skipped: [],
  finished: [],
  report: null,
  spf: null,
  plan: null,
  outcome: null,
  test: null,
  savedAt: new Date().toISOString(),
});

/** A full disk or a read-only folder must not spoil the command's own answer: then nothing is kept, and `note` says so. */
export async function remember(
  api: Api,
  environment: string,
  profile: Profile,
  findings: Findings,
  note: (text: string) => void,
): Promise<void> {
  try {
    const before = (await recall(api, environment, profile.domain)) ?? emptySetUp(environment, profile);
    await api.setUps.save({ ...before, ...findings, profile, savedAt: new Date().toISOString() });
  } catch (error) {
    note(error instanceof Error ? error.message : String(error));
  }
}
