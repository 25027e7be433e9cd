/** The state of one evaluation: who is judged, what was counted, and the questions every term asks in the same way. */
import { say, type Text } from '../text.ts';
import { LOOKUP_LIMIT, NAME_LIMIT, VOID_LIMIT } from './evaluation.ts';
import { expandTarget, isAskable, type MacroValues } from './expand-macro.ts';
import { parseIp, reverseName, type IpAddress } from './ip-network.ts';
import { usesMacro, type MacroString } from './macro-string.ts';
import { plainName, type SpfAnswer, type SpfQuery, type SpfSteps, type SpfTrouble } from './spf-question.ts';

/**
 * Who is judged: the address itself; somebody no term names (the longest way through the record);
 * or the senders behind one include, whoever they are.
 */
export type SpfSubject = 'address' | 'nobody' | { readonly include: string };

export type SpfInput = {
  /** As `parseIp` accepts it. */
  readonly ip: string;
  /** A-labels. */
  readonly domain: string;
  /** MAIL FROM or `postmaster@` the HELO name (RFC 7208 §2.3, §2.4). */
  readonly sender: string;
  readonly helo: string;
  readonly receiver?: string;
  readonly nowS?: number;
  readonly subject?: SpfSubject;
};

/** Bound of a walk through everything, which heeds no RFC limit. */
const WALK_LOOKUPS = 100;

export type Stop = { readonly result: 'temperror' | 'permerror'; readonly problem: Text };

export class EvaluationRun {
  lookups = 0;
  voidLookups = 0;
  complete = true;
  readonly input: SpfInput;
  readonly ip: IpAddress;
  readonly subject: SpfSubject;
  /** Domains being evaluated, outermost first. */
  readonly path: string[] = [];

  constructor(input: SpfInput, ip: IpAddress) {
    this.input = input;
    this.ip = ip;
    this.subject = input.subject ?? 'address';
  }

  /** Counts a term that asks DNS (RFC 7208 §4.6.4). */
  countLookup(term: string, domain: string): Stop | null {
    this.lookups += 1;
    if (this.subject === 'nobody') {
      if (this.lookups <= WALK_LOOKUPS) return null;
      this.complete = false;
      return {
        result: 'permerror',
        problem: say('The records below need more than {limit} look-ups.', { limit: WALK_LOOKUPS }),
      };
    }
    return this.lookups <= LOOKUP_LIMIT
      ? null
      : {
          result: 'permerror',
          problem: say(
            'The record needs more than {limit} look-ups. Receivers stop there; the one too many is “{term}” of {domain}.',
            { limit: LOOKUP_LIMIT, term, domain },
          ),
        };
  }

  countVoid(term: string, domain: string): Stop | null {
    this.voidLookups += 1;
    return this.subject === 'nobody' || this.voidLookups <= VOID_LIMIT
      ? null
      : {
          result: 'permerror',
          problem: say(
            'More than {limit} look-ups of the record found nothing. Receivers stop there; the one too many is “{term}” of {domain}.',
            { limit: VOID_LIMIT, term, domain },
          ),
        };
  }

  get mayWalkOn(): boolean {
    return this.complete;
  }

  /** Asks DNS; a name that cannot be asked does not exist (RFC 7208 §4.8 leaves it open). */
  *ask(name: string, type: SpfQuery['type']): SpfSteps<SpfAnswer> {
    if (!isAskable(name)) return { status: 'none', noSuchName: true };
    const answer = yield { name, type };
    return answer.status === 'found' && answer.records.length === 0 ? { status: 'none', noSuchName: false } : answer;
  }

  /** The addresses of a host, of the family that is judged. */
  *addresses(name: string): SpfSteps<SpfAnswer> {
    return yield* this.ask(name, this.ip.family === 4 ? 'A' : 'AAAA');
  }

  /** The name a term is about. `%{p}` costs a look-up of its own (RFC 7208 §4.6.4). */
  *target(parts: MacroString, domain: string, term: string): SpfSteps<string | null | Stop> {
    let validated = 'unknown';
    if (usesMacro(parts, 'p')) {
      const stop = this.countLookup(term, domain);
      if (stop) return stop;
      const names = yield* this.ask(reverseName(this.ip), 'PTR');
      const tooMany = names.status === 'none' ? this.countVoid(term, domain) : null;
      if (tooMany) return tooMany;
      validated = (yield* this.validatedName(names, domain)) ?? 'unknown';
    }
    return expandTarget(parts, this.macroValues(domain, validated));
  }

  macroValues(domain: string, validated: string): MacroValues {
    const { sender, helo, receiver = 'unknown', nowS = 0 } = this.input;
    return { ip: this.ip, sender, helo, receiver, nowS, domain, validated };
  }

  /** The first name of the address that leads back to it: the domain itself before its subdomains before others (§7.3). */
  *validatedName(answer: SpfAnswer, domain: string): SpfSteps<string | null> {
    if (answer.status !== 'found') return null;
    const rank = (name: string) => (plainName(name) === plainName(domain) ? 0 : isBelow(name, domain) ? 1 : 2);
    const names = answer.records
      .slice(0, NAME_LIMIT)
      .map((name) => name.replace(/\.$/, ''))
      .sort((one, other) => rank(one) - rank(other));
    for (const name of names) if (yield* this.leadsBack(name)) return name;
    return null;
  }

  /** A name without an answer is skipped, also when DNS fails (RFC 7208 §5.5). */
  *leadsBack(name: string): SpfSteps<boolean> {
    const answer = yield* this.addresses(name);
    return answer.status === 'found' && answer.records.some((text) => parseIp(text)?.text === this.ip.text);
  }
}

export const isBelow = (name: string, domain: string): boolean => plainName(name).endsWith(`.${plainName(domain)}`);

/** DNS could not tell: temperror (RFC 7208 §2.6.6). */
export const failed = (name: string, trouble: SpfTrouble): Stop => ({
  result: 'temperror',
  problem: troubleText(name, trouble),
});

function troubleText(name: string, trouble: SpfTrouble): Text {
  switch (trouble) {
    case 'timeout':
      return say('DNS did not answer in time about {name}.', { name });
    case 'server-failed':
      return say('The DNS servers of {name} report a fault (SERVFAIL; often DNSSEC).', { name });
    case 'refused':
      return say('The DNS server refused the question about {name}.', { name });
    case 'incomplete':
      return say('The DNS answer about {name} arrived incomplete.', { name });
    case 'alias-loop':
      return say('The aliases (CNAME) of {name} lead in a circle.', { name });
    case 'malformed':
      return say('The DNS answer about {name} could not be read.', { name });
    case 'unreachable':
      return say('No DNS server could be reached to ask about {name}.', { name });
  }
}
