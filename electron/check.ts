/** What a check is: gather evidence from the world, then judge it without touching the world again. */
import type { z } from 'zod';
import type { Environment } from '../core/environment.ts';
import { dnsRemedy, dnsTrouble } from '../core/evidence/dns-words.ts';
import type { Sighting } from '../core/evidence/sighting.ts';
import type { Profile } from '../core/profile.ts';
import type { Station, Verdict, Who } from '../core/result.ts';
import type { Text, Translate } from '../core/text.ts';
import type { Exchange } from './microsoft/exchange.ts';
import type { Net } from './net/net.ts';

/** Other checks whose evidence this one uses, by the name it uses for them. */
// oxlint-disable-next-line typescript/no-explicit-any -- any check may be a need; its own evidence type is inferred back
export type Needs = Readonly<Record<string, Check<any, any>>>;

export type EvidenceOf<C> = C extends Check<infer E, infer _N> ? E : never;
export type EvidenceOfNeeds<N extends Needs> = { readonly [K in keyof N]: EvidenceOf<N[K]> };
export type PromisedNeeds<N extends Needs> = { readonly [K in keyof N]: Promise<EvidenceOf<N[K]>> };

/** Everything a probe may see; a check reaches the world through nothing else. */
export type ProbeContext<N extends Needs = Needs> = {
  readonly profile: Profile;
  readonly environment: Environment;
  readonly net: Net;
  /** The signed-in tenant, or null. */
  readonly exchange: Exchange | null;
  /** Public addresses this office was seen from before, the newest last. */
  readonly sightings: readonly Sighting[];
  /** Evidence of the needed checks, to be waited for where it is needed; a check that learnt nothing gives its `blank`. */
  readonly needs: PromisedNeeds<N>;
  readonly signal: AbortSignal;
  /** Says what the check is waiting for. */
  readonly progress: (text: Text) => void;
};

export type JudgeContext<N extends Needs = Needs> = {
  readonly profile: Profile;
  readonly environment: Environment;
  readonly needs: EvidenceOfNeeds<N>;
  readonly t: Translate;
};

/** A probe's way to say that there is nothing to judge: it could not be told, or it is not needed here. */
export class NothingToJudge {
  readonly status: 'unknown' | 'skipped';
  readonly reason: Text;
  /** What would let it be told, step by step. */
  readonly fix: readonly Text[];
  readonly who: Who;
  constructor(status: 'unknown' | 'skipped', reason: Text, fix: readonly Text[] = [], who: Who = 'you') {
    this.status = status;
    this.reason = reason;
    this.fix = fix;
    this.who = fix.length > 0 ? who : 'nobody';
  }
}
export const couldNotTell = (reason: Text, fix: readonly Text[] = [], who: Who = 'you'): NothingToJudge =>
  new NothingToJudge('unknown', reason, fix, who);
/** @param status outcome of the question, as the DNS client names it */
export function couldNotLookUp(status: string, name: string): NothingToJudge {
  const { fix, who } = dnsRemedy(status);
  return couldNotTell(dnsTrouble(status, name), fix, who);
}
export const notNeeded = (reason: Text): NothingToJudge => new NothingToJudge('skipped', reason);

export type Check<E extends object = object, N extends Needs = Needs> = {
  readonly title: Text;
  /** One sentence: why it matters. */
  readonly why: Text;
  /** Where on the path of a scan it belongs. */
  readonly station: Station;
  /** Doubt about an essential check makes the whole verdict `cannot-tell`. */
  readonly essential: boolean;
  /** Looks into the tenant, so it belongs behind the sign-in. */
  readonly needsSignIn: boolean;
  /** Looks out through the office's own line or into its network; from anywhere else it would tell of another place. */
  readonly atOffice: boolean;
  readonly needs: N;
  /** Wall-clock limit of the probe, from when everything it needs is known. */
  readonly deadlineMs: number;
  readonly evidence: z.ZodType<E>;
  /** The evidence of having learnt nothing. */
  readonly blank: E;
  readonly probe: (context: ProbeContext<N>) => Promise<E | NothingToJudge>;
  readonly judge: (evidence: E, context: JudgeContext<N>) => Verdict;
};

type Definition<E extends object, N extends Needs> = Omit<
  Check<E, N>,
  'essential' | 'needsSignIn' | 'atOffice' | 'needs' | 'deadlineMs'
> & {
  readonly essential?: boolean;
  readonly needsSignIn?: boolean;
  readonly atOffice?: boolean;
  readonly needs?: N;
  readonly deadlineMs?: number;
};

/** Declares a check; its id is the name of its file. */
export const defineCheck = <E extends object, N extends Needs = Record<never, never>>(
  definition: Definition<E, N>,
): Check<E, N> => ({
  essential: false,
  needsSignIn: false,
  atOffice: false,
  needs: {} as N,
  deadlineMs: 15_000,
  ...definition,
});
