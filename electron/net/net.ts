/** The network as one run sees it: every client below has deadlines and a signal, and no question is asked twice. */
import type { Environment } from '../../core/environment.ts';
import { createAuthority, type Authority } from './authority.ts';
import { createDns, type Dns } from './dns.ts';
import { createHttp, type Http, type HttpTransport } from './http.ts';
import { createLan, type Lan } from './lan.ts';
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
  /** `host:port` of listeners of this very program; they are never probed. */
  readonly ownListeners?: () => readonly string[];
};

/** One `Net` per run: its memory of answers ends with it. */
export function createNet(environment: Environment, options: NetOptions = {}): Net {
  const dns = createDns(environment);
  const guard = { loopback: environment.loopback, ownListeners: options.ownListeners ?? (() => []) };
  return {
    dns,
    authority: createAuthority(environment, dns),
    http: createHttp(environment, dns, options.transport),
    smtp: createSmtp(environment, dns, guard),
    stun: createStun(dns, guard),
    lan: createLan(guard),
    router: createRouter(environment, guard),
    spf: createSpf(dns),
  };
}
