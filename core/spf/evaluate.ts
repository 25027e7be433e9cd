/** check_host() of RFC 7208 §4: a pure generator that asks DNS questions and keeps the whole tree with its counts. */
import { say } from '../text.ts';
import { blankNode, type EvaluatedNode, type EvaluatedTerm, type Evaluation, type TermOutcome } from './evaluation.ts';
import { EvaluationRun, failed, type SpfInput, type Stop } from './evaluation-run.ts';
import { evaluateMechanism } from './evaluate-mechanism.ts';
import { isCheckable } from './expand-macro.ts';
import { explain } from './explain.ts';
import { parseIp } from './ip-network.ts';
import type { MacroString } from './macro-string.ts';
import {
  isDirective,
  isModifier,
  isSpfRecord,
  parseRecord,
  type Directive,
  type ParsedRecord,
} from './parse-record.ts';
import type { Qualifier } from './parse-term.ts';
import type { SpfResult } from './spf-document.ts';
import { sameName, type SpfSteps } from './spf-question.ts';

const RESULT_OF: Readonly<Record<Qualifier, SpfResult>> = { '+': 'pass', '-': 'fail', '~': 'softfail', '?': 'neutral' };

type Verdict = {
  readonly node: EvaluatedNode;
  readonly matched: Evaluation['matched'];
  /** `exp=` of the record that decided (§6.2). */
  readonly exp: { readonly target: MacroString; readonly domain: string } | null;
};

/** @throws RangeError when `ip` is not an address: the caller has read it with `parseIp` */
export function* evaluateSpf(input: SpfInput): SpfSteps<Evaluation> {
  const ip = parseIp(input.ip);
  if (ip === null) throw new RangeError('not an IP address');
  const run = new EvaluationRun(input, ip);
  const { node, matched, exp } = yield* checkHost(run, input.domain.replace(/\.$/, ''));
  const { lookups, voidLookups } = run;
  const explanation = node.result === 'fail' && exp !== null ? yield* explain(run, exp.target, exp.domain) : null;
  const { result, problem } = node;
  return { result, lookups, voidLookups, matched, root: node, explanation, problem, complete: run.complete };
}

function* checkHost(run: EvaluationRun, domain: string, term?: EvaluatedTerm): SpfSteps<Verdict> {
  const node = blankNode(domain);
  const ends = (result: SpfResult, problem: EvaluatedNode['problem']): Verdict => {
    node.result = result;
    node.problem = problem;
    return { node, matched: null, exp: null };
  };
  if (!isCheckable(domain)) return ends('none', say('“{name}” is not a full domain name.', { name: domain }));
  const answer = yield* run.ask(domain, 'TXT');
  if (answer.status === 'failed') return ends('temperror', failed(domain, answer.trouble).problem);
  if (answer.status === 'none') {
    const stop = term ? run.countVoid(term.text, domain) : null;
    if (stop) return ends(stop.result, stop.problem);
    return ends(
      'none',
      answer.noSuchName
        ? say('The name {domain} does not exist.', { domain })
        : say('{domain} has no SPF record.', { domain }),
    );
  }
  node.texts = answer.records;
  node.aliases = answer.aliases ?? [];
  node.records = answer.records.filter(isSpfRecord);
  const [text, second] = node.records;
  if (text === undefined) return ends('none', say('{domain} has no SPF record.', { domain }));
  if (second !== undefined)
    return ends(
      'permerror',
      say('{domain} has {count, number} SPF records; only one is allowed, so receivers use none of them.', {
        domain,
        count: node.records.length,
      }),
    );
  node.record = text;
  const record = parseRecord(text);
  node.terms = record.terms.map((parsed) => ({
    text: parsed.text,
    offset: parsed.offset,
    outcome: parsed.problem === null ? 'not-reached' : 'permerror',
    lookups: 0,
    voidLookups: 0,
    problem: parsed.problem,
    node: null,
  }));
  if (record.problem) {
    const { term: broken, text: problem } = record.problem;
    mark(node, broken?.offset, 'permerror', problem);
    return ends(
      'permerror',
      broken === null
        ? problem
        : say('The record of {domain} cannot be read at “{term}”.', { domain, term: broken.text }),
    );
  }
  run.path.push(domain);
  const verdict = yield* evaluateRecord(run, record, node);
  run.path.pop();
  return verdict;
}

function mark(
  node: EvaluatedNode,
  offset: number | undefined,
  outcome: TermOutcome,
  problem: EvaluatedTerm['problem'],
) {
  for (const term of node.terms)
    if (term.offset === offset) {
      term.outcome = outcome;
      term.problem = problem;
    }
}

function* evaluateRecord(run: EvaluationRun, record: ParsedRecord, node: EvaluatedNode): SpfSteps<Verdict> {
  const { domain } = node;
  const modifier = (kind: 'redirect' | 'exp') =>
    record.terms.filter(isModifier).find((term) => term.modifier.kind === kind);
  const expTerm = modifier('exp');
  const exp = expTerm && 'target' in expTerm.modifier ? { target: expTerm.modifier.target, domain } : null;
  for (const [index, parsed] of record.terms.entries()) {
    const term = node.terms[index];
    if (!isDirective(parsed) || term === undefined) continue;
    const stop = yield* counted(run, term, evaluateDirective(run, parsed, term, domain));
    if (stop !== null) {
      // Whoever walks through everything notes the trouble and goes on.
      if (run.subject === 'nobody' && run.mayWalkOn) continue;
      node.result = stop.result;
      node.problem = stop.problem;
      return { node, matched: null, exp: null };
    }
    if (term.outcome !== 'match') continue;
    node.result = RESULT_OF[parsed.qualifier];
    return { node, matched: innermost(term, domain), exp };
  }
  const redirect = modifier('redirect');
  // `all` would have matched above, so “redirect is ignored beside all” (§5.1) needs no word here.
  const term = node.terms.find((candidate) => candidate.offset === redirect?.offset);
  if (redirect === undefined || term === undefined || !('target' in redirect.modifier)) {
    node.result = 'neutral';
    return { node, matched: null, exp };
  }
  return yield* evaluateRedirect(run, redirect.modifier.target, node, term);
}

/** Runs a term and writes down what it and everything below it cost. */
function* counted<T>(run: EvaluationRun, term: EvaluatedTerm, steps: SpfSteps<T>): SpfSteps<T> {
  const { lookups, voidLookups } = run;
  const value = yield* steps;
  term.lookups = run.lookups - lookups;
  term.voidLookups = run.voidLookups - voidLookups;
  return value;
}

function* evaluateDirective(
  run: EvaluationRun,
  { mechanism }: Directive,
  term: EvaluatedTerm,
  domain: string,
): SpfSteps<Stop | null> {
  const outcome =
    mechanism.kind === 'include'
      ? yield* evaluateInclude(run, mechanism.target, term, domain)
      : yield* evaluateMechanism(run, mechanism, { term: term.text, domain });
  if (typeof outcome === 'boolean') {
    term.outcome = outcome ? 'match' : 'no-match';
    return null;
  }
  term.outcome = outcome.result;
  term.problem = outcome.problem;
  return outcome;
}

/** §5.2: pass matches; fail, softfail and neutral do not; none and permerror are permerror. */
function* evaluateInclude(
  run: EvaluationRun,
  target: MacroString,
  term: EvaluatedTerm,
  domain: string,
): SpfSteps<boolean | Stop> {
  const below = yield* descend(run, target, term, domain);
  if ('problem' in below) return below;
  if (below.found === 'no-name') return false;
  return below.found === 'wanted' || (run.subject !== 'nobody' && below.verdict.node.result === 'pass');
}

/** §6.1: the other record's result is this record's result; none is permerror. */
function* evaluateRedirect(
  run: EvaluationRun,
  target: MacroString,
  node: EvaluatedNode,
  term: EvaluatedTerm,
): SpfSteps<Verdict> {
  const below = yield* counted(run, term, descend(run, target, term, node.domain));
  if ('problem' in below) {
    term.outcome = below.result;
    term.problem = below.problem;
    node.result = below.result;
    node.problem = below.problem;
    return { node, matched: null, exp: null };
  }
  term.outcome = 'match';
  if (below.found === 'record') {
    node.result = below.verdict.node.result;
    return { ...below.verdict, node };
  }
  node.result = below.found === 'wanted' ? 'pass' : 'neutral';
  return { node, matched: { domain: node.domain, term: term.text }, exp: null };
}

type Below =
  | { readonly found: 'record'; readonly verdict: Verdict }
  /** The include the subject stands for. */
  | { readonly found: 'wanted' }
  /** The sender has no name to put into the macro (RFC 8616 §4). */
  | { readonly found: 'no-name' };

/** Goes to the record an `include` or `redirect` leads to. */
function* descend(
  run: EvaluationRun,
  target: MacroString,
  term: EvaluatedTerm,
  domain: string,
): SpfSteps<Below | Stop> {
  const stop = run.countLookup(term.text, domain);
  if (stop) return stop;
  const name = yield* run.target(target, domain, term.text);
  if (name === null) return { found: 'no-name' };
  if (typeof name !== 'string') return name;
  const { subject } = run;
  if (typeof subject === 'object' && sameName(name, subject.include)) return { found: 'wanted' };
  // Nothing differs the second time round, so a circle always ends in permerror; there is no need to count to ten.
  if (run.path.some((passed) => sameName(passed, name)))
    return {
      result: 'permerror',
      problem: say('“{term}” of {domain} leads back to {name}: the records go round in a circle.', {
        term: term.text,
        domain,
        name,
      }),
    };
  const verdict = yield* checkHost(run, name, term);
  const { node } = verdict;
  term.node = node;
  if (node.result === 'none')
    return {
      result: 'permerror',
      problem: say('“{term}” of {domain} points to {name}, which has no SPF record.', {
        term: term.text,
        domain,
        name,
      }),
    };
  if (node.result === 'permerror' || node.result === 'temperror')
    return { result: node.result, problem: node.problem ?? say('{domain} has no SPF record.', { domain: name }) };
  return { found: 'record', verdict };
}

/** The innermost term that decided: down through includes to the one that matched. */
function innermost(term: EvaluatedTerm, domain: string): { readonly domain: string; readonly term: string } {
  const next = term.node?.terms.find((candidate) => candidate.outcome === 'match');
  return next && term.node ? innermost(next, term.node.domain) : { domain, term: term.text };
}
