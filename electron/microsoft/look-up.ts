/** Looks whether a change is really there, patiently: what Exchange shows can be a minute behind what it did. */
import { isAppError } from '../../core/errors.ts';
import { connectorNameOf, effectOf, findConnector, type Effect } from '../../core/plan/in-effect.ts';
import type { InboundConnector } from '../../core/plan/inbound-connector.ts';
import type { Command } from '../../core/plan/plan.ts';
import type { Exchange } from './exchange.ts';
import type { Wait } from './retry-after.ts';

/** Pauses before each look, in milliseconds; about 80 seconds in all. */
export const LOOKS_MS: readonly number[] = [0, 500, 1000, 2000, 4000, 8000, 15_000, 20_000, 30_000];

/** A change this young may not show everywhere yet. */
export const YOUNG_MS = 10 * 60_000;

/** When what is seen would end the matter, it has to be seen this often: single answers may come from an old copy. */
const STABLE_LOOKS_MS: readonly number[] = [0, 1500, 4000];

export type LookOptions = {
  readonly signal: AbortSignal;
  readonly onWait: (seconds: number) => void;
  /** See `effectOf`. */
  readonly exact: boolean;
  readonly looksMs: readonly number[];
  readonly wait: Wait;
};

export type Sight = { readonly effect: Effect; readonly connector: InboundConnector | null };

/** All connectors are listed and filtered here: asked for one that does not exist, Exchange may return every one. */
export async function findByName(
  exchange: Exchange,
  name: string,
  signal: AbortSignal,
): Promise<InboundConnector | null> {
  const { value } = await exchange.run({ cmdlet: 'Get-InboundConnector', parameters: {} }, { signal, write: false });
  return findConnector(value, name);
}

/**
 * Looks until the command shows its effect or the looks are used up.
 * @param needed how many looks in a row have to agree; more than one where an old picture could look like the effect
 * @throws the signal's reason when aborted
 */
export async function lookUntilInEffect(
  exchange: Exchange,
  command: Command,
  needed: number,
  { signal, onWait, exact, looksMs, wait }: LookOptions,
): Promise<Sight> {
  let last: Sight = { effect: 'not-in-effect', connector: null };
  let agreed = 0;
  for (const pauseMs of looksMs) {
    if (pauseMs > 0) {
      onWait(Math.ceil(pauseMs / 1000));
      await wait(pauseMs, signal);
    }
    try {
      const connector = await findByName(exchange, connectorNameOf(command), signal);
      last = { effect: effectOf(command, connector, exact), connector };
    } catch (error) {
      if (!isAppError(error)) throw error;
      agreed = 0;
      continue;
    }
    agreed = last.effect === 'in-effect' ? agreed + 1 : 0;
    if (agreed >= needed) return last;
    // A connector just made cannot be seen as it was before: off means off.
    if (last.effect === 'switched-off' && command.cmdlet.startsWith('New-')) return last;
  }
  return last;
}

/**
 * Looks before something is taken back. Only "nothing to do" has to be seen several times; anything else shows that there is something.
 * @throws AppError when Exchange cannot be asked; the signal's reason when aborted
 */
export async function lookUntilStable(
  exchange: Exchange,
  command: Command,
  { signal, onWait, exact, wait, isYoung }: Omit<LookOptions, 'looksMs'> & { readonly isYoung: boolean },
): Promise<Sight> {
  let sight: Sight = { effect: 'not-in-effect', connector: null };
  for (const pauseMs of isYoung ? LOOKS_MS : STABLE_LOOKS_MS) {
    if (pauseMs > 0) {
      onWait(Math.ceil(pauseMs / 1000));
      await wait(pauseMs, signal);
    }
    const connector = await findByName(exchange, connectorNameOf(command), signal);
    sight = { effect: effectOf(command, connector, exact), connector };
    if (sight.effect !== 'in-effect') break;
  }
  return sight;
}
