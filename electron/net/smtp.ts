/** SMTP probe: one connection that says hello, looks at STARTTLS and leaves; sends no mail. */
import type { Environment } from '../../core/environment.ts';
import { probeSmtp } from './smtp-conversation.ts';
import type { TranscriptLine } from '../../core/mail/test-document.ts';
import type { Dns } from './dns.ts';
import { UNPACED, type Pace } from './pace.ts';
import type { TlsFacts } from './tls.ts';

/** Peers that are never contacted: loopback unless the environment allows it, and our own listeners. */
export type PeerGuard = {
  readonly loopback: boolean;
  readonly ownListeners: () => readonly string[];
};

export type SmtpProbe = {
  readonly host: string;
  /** IPv4 address that was connected to, or null when the name has none. */
  readonly address: string | null;
  readonly port: number;
  /**
   * How far it got: `no-address` (name does not resolve), `refused` (TCP reset), `timeout` (silence: a firewall drops),
   * `unreachable`, `no-greeting` (connected, then silence), `closed` (connected, then cut), `not-smtp` (something else answered),
   * `rejected` (greeting 4xx/5xx), `greeted` (EHLO answered).
   */
  readonly outcome:
    | 'no-address'
    | 'forbidden'
    | 'refused'
    | 'timeout'
    | 'unreachable'
    | 'no-greeting'
    | 'closed'
    | 'not-smtp'
    | 'rejected'
    | 'greeted';
  /** First greeting line without its code, control characters removed. */
  readonly banner: string | null;
  /** EHLO reply lines before TLS, without codes. */
  readonly ehlo: readonly string[];
  /** Address in `Hello [x]`: what the server sees us come from. */
  readonly seenAddress: string | null;
  readonly startTls: {
    readonly offered: boolean;
    /** Null when not tried. */
    readonly outcome: 'done' | 'refused' | 'failed' | 'injected' | null;
    /** What went wrong, technical, or null. */
    readonly error: string | null;
    readonly tls: TlsFacts | null;
  };
  readonly transcript: readonly TranscriptLine[];
  /** Technical reason when not `greeted`. */
  readonly error: string | null;
  readonly durationMs: number;
};

export type SmtpProbeOptions = {
  readonly signal: AbortSignal;
  /** Wall clock for the whole conversation; default 20 000 ms. */
  readonly deadlineMs?: number;
  readonly port?: number;
  /** Connect to this address instead of looking the host up. */
  readonly address?: string;
  /** A further connection even if the same probe is already known. */
  readonly fresh?: boolean;
  /** Answers as soon as EHLO is answered; of a conversation that is under way for others, too, what it has found by then. */
  readonly onlyHello?: boolean;
};

export type Smtp = {
  /** One conversation per host and port in a run. @throws the signal's reason when aborted */
  readonly probe: (host: string, options: SmtpProbeOptions) => Promise<SmtpProbe>;
};

export function createSmtp(environment: Environment, dns: Dns, guard: PeerGuard, pace: Pace = UNPACED): Smtp {
  type Conversation = { readonly hello: Promise<SmtpProbe>; readonly whole: Promise<SmtpProbe> };
  const memory = new Map<string, Conversation>();
  return {
    probe: async (host, options) => {
      options.signal.throwIfAborted();
      const port = options.port ?? environment.relay.smtpPort;
      const key = `${host} ${options.address ?? ''} ${port}`;
      const input = { ...options, host, port, dns, guard, pace, ca: environment.ca };
      if (options.fresh) return probeSmtp(input);
      const known = memory.get(key) ?? converse(input);
      memory.set(key, known);
      known.whole.catch(() => memory.delete(key));
      return options.onlyHello ? known.hello : known.whole;
    },
  };

  function converse(input: Omit<Parameters<typeof probeSmtp>[0], 'onlyHello'>): Conversation {
    let told: (probe: SmtpProbe) => void = () => undefined;
    const hello = new Promise<SmtpProbe>((resolve) => (told = resolve));
    const whole = probeSmtp({ ...input, onlyHello: false, onHello: told });
    return { hello: Promise.race([hello, whole]), whole };
  }
}
