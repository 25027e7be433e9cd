/** From everything known so far to the state of each station on the path of a scan; pure. */
import type { TestDocument } from '../core/mail/test-document.ts';
import type { CheckResult, Station } from '../core/result.ts';
import type { SetUp } from '../core/set-up.ts';
import { worstOf } from './locks.ts';
import type { State } from './components/words.ts';

export type StationState = {
  readonly state: State;
  /** The sentence that decided it. */ readonly summary: string | null;
};

const OUTCOMES = {
  accepted: 'pass',
  refused: 'fail',
  deferred: 'warn',
  unknown: 'unknown',
  'not-sent': 'unknown',
} as const;

/** A test message that arrived is the only proof about the recipient; results are told by their station. */
export function pathStates(
  setUp: Pick<SetUp, 'report' | 'test'> | null,
  running: boolean,
): Readonly<Record<Station, StationState>> {
  const stateOf = (station: Station): StationState => {
    const results = setUp?.report?.results.filter((result) => result.station === station) ?? [];
    const tested = station === 'recipient' ? messagesOf(setUp?.test ?? null) : [];
    const said = [...results, ...tested];
    const state = worstOf(said.map(({ status }) => status));
    if (state === null) return { state: running ? 'running' : 'waiting', summary: null };
    return { state, summary: said.find(({ status }) => status === state)?.summary ?? null };
  };
  const line = stateOf('line');
  const port25 = stateOf('port-25');
  const office = stateOf('office');
  // What went out through the line has passed the office network.
  const passed = office.summary === null && (line.state === 'pass' || port25.state === 'pass');
  return {
    device: stateOf('device'),
    office: passed ? { state: 'pass', summary: null } : office,
    line,
    'port-25': port25,
    microsoft: stateOf('microsoft'),
    recipient: stateOf('recipient'),
  };
}

const messagesOf = (test: TestDocument | null): readonly Pick<CheckResult, 'status' | 'summary'>[] =>
  test?.messages.map(({ outcome }) => ({ status: OUTCOMES[outcome], summary: test.summary })) ?? [];

/** The first station at which something needs doing: that is where a scan stops. */
export const stopsAt = (states: Readonly<Record<Station, StationState>>, order: readonly Station[]): Station | null =>
  order.find((station) => states[station].state === 'fail') ?? null;
