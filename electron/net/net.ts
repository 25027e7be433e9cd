/** The network as one run sees it: every client below has deadlines and a signal, and no question is asked twice. */
import type { Environment } from '../../core/environment.ts';
import { sharedMemory, type AnswerMemory } from './answer-memory.ts';
import { createAuthority, type Authority } from './authority.ts';
import { manyMayWait } from './deadline.ts';
import { createDns, type Dns } from './dns.ts';
import { createHttp, type Http, type HttpTransport } from './http.ts';
import { createLan, type Lan } from './lan.ts';
import { ownListeners } from './own-listeners.ts';
import { createPace, type Pace, type Rates } from './pace.ts';
import { createPageMemory, type PageMemory } from './page-memory.ts';
import { createRouter, type Router } from './router.ts';
import { createSmtp, type Smtp } from './smtp.ts';
import { createSpf, type Spf } from './spf.ts';
import { createStun, type Stun } from './stun.ts';

export type Net = {
  readonly dns: Dns;
  readonly authority: Authority;
  readonly http: Http;
  readonly smtp: Smtp;
  readonly stun: Stun;
  readonly lan: Lan;
  readonly router: Router;
  readonly spf: Spf;
};

export type NetOptions = {
  /** Replaces Node's HTTPS, e.g. by the window's own network stack (system proxy and certificate roots). */
  readonly transport?: HttpTransport;
  /** What many looks of one run have in common: name servers' answers, fetched pages, and politeness. */
  readonly shared?: NetShared;
};

export type NetShared = {
  readonly memory: AnswerMemory;
  readonly pages: PageMemory;
  readonly pace: Pace;
};

/** @param life of the run */
export const createShared = (rates: Rates, life: AbortSignal): NetShared => ({
  memory: sharedMemory(manyMayWait(life)),
  pages: createPageMemory(life),
  pace: createPace(rates),
});

/** One `Net` per look: its memory of answers ends with it, but for what it shares. */
export function createNet(environment: Environment, options: NetOptions = {}): Net {
  const { shared } = options;
  const dns = createDns(environment, shared);
  const guard = { loopback: environment.loopback, ownListeners: ownListeners };
  const http = createHttp(environment, dns, options.transport, shared?.pace);
  return {
    dns,
    authority: createAuthority(environment, dns),
    http: shared ? shared.pages.through(http) : http,
    smtp: createSmtp(environment, dns, guard, shared?.pace),
    stun: createStun(dns, guard, shared?.pace),
    lan: createLan(guard),
    router: createRouter(environment, guard),
    spf: createSpf(dns),
  };
}
