/** Takes out of a record what no sender needs: repeats and dead ends always, other ballast only to get within the limits. */
import { say, type Text } from '../text.ts';
import { isConstant } from './macro-string.ts';
import { isAll, isRedirect, lets, mechanismOf, recordOf, targetOf, withoutRepeats, type Draft } from './draft.ts';
import { evaluateSpf } from './evaluate.ts';
import { isBelow, type SpfInput } from './evaluation-run.ts';
import { sameName, withPublished, type SpfSteps } from './spf-question.ts';
import { survey, type SurveyedTerm } from './survey.ts';

export type Lightened = { readonly draft: Draft; readonly notes: readonly Text[] };

/** Terms that cannot do anything but harm: taken out of every proposal. */
export function* withoutDeadTerms(input: SpfInput, draft: Draft): SpfSteps<Lightened> {
  const notes: Text[] = [];
  const once = withoutRepeats(draft);
  for (const [index, text] of draft.entries())
    if (!once.includes(text) || draft.indexOf(text) < index)
      notes.push(say('“{term}” was left out: it stands in the record once already.', { term: text }));
  const { terms } = yield* survey(input, once);
  let result: Draft = once;
  for (const term of terms) {
    if (term.fault !== 'dead') continue;
    const instead = yield* insteadOf(input, term);
    const at = result.indexOf(term.text);
    const without = result.toSpliced(at, 1);
    // A redirect counts after everything else, wherever it stands (RFC 7208 §6.1); "all" counts where it stands.
    result = instead === null ? without : without.toSpliced(isRedirect(term.text) ? without.length : at, 0, instead);
    notes.push(whyDead(input, term, instead));
  }
  return { draft: withoutRepeats(result), notes };
}

/** An own host was meant by `include:mail.contoso.com` when the name has an address, and no SPF record. */
function* insteadOf(input: SpfInput, { text }: SurveyedTerm): SpfSteps<string | null> {
  if (isRedirect(text)) return '~all';
  const name = targetOf(text, 'include');
  if (name === null || !isBelow(name, input.domain)) return null;
  const answer = yield { name, type: 'A' };
  return answer.status === 'found' && answer.records.length > 0 ? text.replace(/include:/i, 'a:') : null;
}

function whyDead({ domain }: SpfInput, { text }: SurveyedTerm, instead: string | null): Text {
  const name = targetOf(text, 'include') ?? targetOf(text, 'redirect') ?? text;
  if (sameName(name, domain))
    return say('“{term}” was left out: it leads back to this same record, which receivers treat as an error.', {
      term: text,
    });
  if (isRedirect(text))
    return say('“{term}” became “~all”: {name} has no SPF record, so receivers treated the record as an error.', {
      term: text,
      name,
    });
  if (instead !== null)
    return say('“{term}” became “{instead}”: {name} is a host, and “include:” is for names with an SPF record.', {
      term: text,
      instead,
      name,
    });
  return say(
    '“{term}” was left out: {name} has no SPF record, so receivers treated the whole record as an error. If that service still sends for you, ask it for its present name.',
    { term: text, name },
  );
}

export type Saving = { readonly term: string; readonly note: Text };

/** Terms that can go one at a time without anybody being shut out, the safest first. */
export function* savings(input: SpfInput, draft: Draft): SpfSteps<readonly Saving[]> {
  const { terms } = yield* survey(input, draft);
  const costly = terms.filter(({ lookups }) => lookups > 0).map(({ text }) => text);
  const found: Saving[] = [];
  for (const text of costly) {
    const other = yield* includeThatHolds(input, draft, text);
    if (other !== null)
      found.push({
        term: text,
        note: say('“{term}” was left out: “{other}” holds it already.', { term: text, other }),
      });
  }
  for (const { text, fault, lookups } of terms)
    if (lookups > 0 && fault === 'void' && (yield* findsNothing(input, text)))
      found.push({
        term: text,
        note: say('“{term}” was left out to save a look-up: there is nothing under that name.', { term: text }),
      });
  for (const text of costly)
    if (yield* isCovered(input, draft, text))
      found.push({
        term: text,
        note: say('“{term}” was left out to save a look-up: all its addresses are allowed by other terms.', {
          term: text,
        }),
      });
  for (const text of costly)
    if (mechanismOf(text)?.kind === 'ptr')
      found.push({
        term: text,
        note: say(
          '“{term}” was left out to save a look-up: it is slow, many receivers skip it, and the standard advises against it (RFC 7208 §5.5).',
          { term: text },
        ),
      });
  return found;
}

/** Are all who stand before `all` let in? Only then may terms change places or go because of one another. */
const onlyLetsIn = (draft: Draft): boolean =>
  draft.every((text) => isAll(text) || mechanismOf(text) === null || lets(text));

function* includeThatHolds(input: SpfInput, draft: Draft, text: string): SpfSteps<string | null> {
  const name = targetOf(text, 'include');
  if (name === null || !onlyLetsIn(draft)) return null;
  for (const other of draft) {
    const target = targetOf(other, 'include');
    if (target === null || other === text) continue;
    const inside = yield* evaluateSpf({ ...input, domain: target, subject: { include: name } });
    // A “-ip4:” before it, anywhere on the way, could shut out one of its senders.
    const open = inside.root.terms.every(({ text: term }) => isAll(term) || mechanismOf(term) === null || lets(term));
    if (inside.result === 'pass' && open && inside.root.terms.some((term) => targetOf(term.text, 'include') === name))
      return other;
  }
  return null;
}

/** A host without IPv4 and without IPv6 address, a domain without mail servers, a name that does not exist. */
function* findsNothing({ domain }: SpfInput, text: string): SpfSteps<boolean> {
  const mechanism = mechanismOf(text);
  if (mechanism === null || !['a', 'mx', 'exists'].includes(mechanism.kind)) return false;
  if (!('target' in mechanism) || (mechanism.target !== null && !isConstant(mechanism.target))) return false;
  const name = targetOf(text, mechanism.kind) ?? domain;
  for (const type of mechanism.kind === 'mx' ? (['MX'] as const) : (['A', 'AAAA'] as const)) {
    const answer = yield { name, type };
    if (answer.status !== 'none') return false;
  }
  return true;
}

/** More addresses than this behind one term are not worth the questions. */
const MANY = 12;

/** Does one other term let all its addresses in? */
function* isCovered(input: SpfInput, draft: Draft, text: string): SpfSteps<boolean> {
  const mechanism = mechanismOf(text);
  if (mechanism === null || (mechanism.kind !== 'a' && mechanism.kind !== 'mx') || !onlyLetsIn(draft)) return false;
  if (mechanism.bits4 !== 32 || mechanism.bits6 !== 128) return false;
  if (mechanism.target !== null && !isConstant(mechanism.target)) return false;
  const name = targetOf(text, mechanism.kind) ?? input.domain;
  const hosts = mechanism.kind === 'a' ? [name] : yield* recordsOf(name, 'MX');
  if (hosts === null || hosts.length === 0 || hosts.length > MANY) return false;
  const addresses: string[] = [];
  for (const host of hosts)
    for (const type of ['A', 'AAAA'] as const) {
      const found = yield* recordsOf(host.replace(/\.$/, ''), type);
      if (found === null) return false;
      addresses.push(...found);
    }
  if (addresses.length === 0 || addresses.length > MANY) return false;
  // Two terms that ask for hosts may each hold the other; only what does not depend on a host's address counts.
  const others = draft.filter((other) => ['include', 'ip4', 'ip6'].includes(mechanismOf(other)?.kind ?? ''));
  for (const ip of addresses) if (!(yield* anyLets(input, others, ip))) return false;
  return true;
}

function* anyLets(input: SpfInput, terms: Draft, ip: string): SpfSteps<boolean> {
  for (const term of terms) {
    const { result } = yield* withPublished(evaluateSpf({ ...input, ip }), input.domain, recordOf([term]));
    if (result === 'pass') return true;
  }
  return false;
}

function* recordsOf(name: string, type: 'A' | 'AAAA' | 'MX'): SpfSteps<readonly string[] | null> {
  const answer = yield { name, type };
  return answer.status === 'found' ? answer.records : answer.status === 'none' ? [] : null;
}
