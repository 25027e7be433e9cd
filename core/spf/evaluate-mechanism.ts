/** Does one mechanism match (RFC 7208 §5)? `include` is the evaluator's own business. */
import { say } from '../text.ts';
import { NAME_LIMIT } from './evaluation.ts';
import { failed, isBelow, type EvaluationRun, type Stop } from './evaluation-run.ts';
import { isInNetwork, parseIp, reverseName } from './ip-network.ts';
import type { Mechanism } from './parse-term.ts';
import { plainName, sameName, type SpfSteps } from './spf-question.ts';

type Place = { readonly term: string; readonly domain: string };
type Hosts = Mechanism & { readonly kind: 'a' | 'mx' };

export function* evaluateMechanism(
  run: EvaluationRun,
  mechanism: Exclude<Mechanism, { readonly kind: 'include' }>,
  place: Place,
): SpfSteps<boolean | Stop> {
  switch (mechanism.kind) {
    case 'all':
      return true;
    case 'ip4':
    case 'ip6':
      return run.subject === 'address' && isInNetwork(run.ip, mechanism.network);
    case 'a':
      return yield* evaluateA(run, mechanism, place);
    case 'mx':
      return yield* evaluateMx(run, mechanism, place);
    case 'exists':
      return yield* evaluateExists(run, mechanism, place);
    case 'ptr':
      return yield* evaluatePtr(run, mechanism, place);
  }
}

const covers = (run: EvaluationRun, { bits4, bits6 }: Hosts, addresses: readonly string[]): boolean =>
  run.subject === 'address' &&
  addresses.some((text) => {
    const address = parseIp(text);
    return address !== null && isInNetwork(run.ip, { address, bits: run.ip.family === 4 ? bits4 : bits6 });
  });

function* evaluateA(run: EvaluationRun, a: Hosts, { term, domain }: Place): SpfSteps<boolean | Stop> {
  const stop = run.countLookup(term, domain);
  if (stop) return stop;
  const name = a.target === null ? domain : yield* run.target(a.target, domain, term);
  if (typeof name !== 'string') return name ?? false;
  const answer = yield* run.addresses(name);
  if (answer.status === 'failed') return failed(name, answer.trouble);
  return answer.status === 'none' ? (run.countVoid(term, domain) ?? false) : covers(run, a, answer.records);
}

/** Exchanges in order of preference; the eleventh ends it with permerror (§4.6.4). Their addresses are no void look-ups. */
function* evaluateMx(run: EvaluationRun, mx: Hosts, { term, domain }: Place): SpfSteps<boolean | Stop> {
  const stop = run.countLookup(term, domain);
  if (stop) return stop;
  const name = mx.target === null ? domain : yield* run.target(mx.target, domain, term);
  if (typeof name !== 'string') return name ?? false;
  const answer = yield* run.ask(name, 'MX');
  if (answer.status === 'failed') return failed(name, answer.trouble);
  if (answer.status === 'none') return run.countVoid(term, domain) ?? false;
  // A lone dot means “no mail here” (RFC 7505) and names no host.
  const exchanges = answer.records.map((exchange) => exchange.replace(/\.$/, '')).filter((exchange) => exchange !== '');
  for (const exchange of exchanges.slice(0, NAME_LIMIT)) {
    // Whoever matches nothing needs no addresses: they are not counted.
    if (run.subject !== 'address') break;
    const found = yield* run.addresses(exchange);
    if (found.status === 'failed') return failed(exchange, found.trouble);
    if (found.status === 'found' && covers(run, mx, found.records)) return true;
  }
  return exchanges.length <= NAME_LIMIT
    ? false
    : {
        result: 'permerror',
        problem: say('{name} has {count, number} mail servers (MX); SPF looks at {limit} at most.', {
          name,
          count: exchanges.length,
          limit: NAME_LIMIT,
        }),
      };
}

/** Always an A question, whatever the family (§5.7). */
function* evaluateExists(
  run: EvaluationRun,
  { target }: Mechanism & { readonly kind: 'exists' },
  { term, domain }: Place,
): SpfSteps<boolean | Stop> {
  const stop = run.countLookup(term, domain);
  if (stop) return stop;
  const name = yield* run.target(target, domain, term);
  if (typeof name !== 'string') return name ?? false;
  const answer = yield* run.ask(name, 'A');
  if (answer.status === 'failed') return failed(name, answer.trouble);
  return answer.status === 'none' ? (run.countVoid(term, domain) ?? false) : run.subject === 'address';
}

/** Trouble with DNS is no match here (§5.5); only names that could match are followed back. */
function* evaluatePtr(
  run: EvaluationRun,
  ptr: Mechanism & { readonly kind: 'ptr' },
  { term, domain }: Place,
): SpfSteps<boolean | Stop> {
  const stop = run.countLookup(term, domain);
  if (stop) return stop;
  const target = ptr.target === null ? domain : yield* run.target(ptr.target, domain, term);
  if (typeof target !== 'string') return target ?? false;
  const answer = yield* run.ask(reverseName(run.ip), 'PTR');
  if (answer.status === 'none') return run.countVoid(term, domain) ?? false;
  if (answer.status === 'failed' || run.subject !== 'address') return false;
  for (const name of answer.records.slice(0, NAME_LIMIT).map(plainName))
    if ((sameName(name, target) || isBelow(name, target)) && (yield* run.leadsBack(name))) return true;
  return false;
}
