/** SPF over the network: feeds the pure evaluator from DNS, starting the look-ups of a record as soon as the record is known. */
import { evaluateSpf } from '../../core/spf/evaluate.ts';
import type { SpfInput } from '../../core/spf/evaluation-run.ts';
import { isConstant } from '../../core/spf/macro-string.ts';
import { isDirective, isModifier, isSpfRecord, parseRecord } from '../../core/spf/parse-record.ts';
import { proposeRecord } from '../../core/spf/propose-record.ts';
import type { SpfDocument } from '../../core/spf/spf-document.ts';
import {
  plainName,
  sameName,
  type SpfAnswer,
  type SpfQuery,
  type SpfSteps,
  type SpfTrouble,
} from '../../core/spf/spf-question.ts';
import { toDocument } from '../../core/spf/to-document.ts';
import type { Translate } from '../../core/text.ts';
import { endDeadline, withDeadline } from './deadline.ts';
import type { Dns, DnsAnswer } from './dns.ts';

export type SpfQuestion = {
  /** IPv4 or IPv6 address of the sending host. */
  readonly ip: string;
  readonly domain: string;
  /** MAIL FROM; default `postmaster@domain` (RFC 7208 §2.4). */
  readonly sender?: string;
  readonly helo?: string;
  /** Texts of the domain to use instead of asking for them. */
  readonly published?: readonly string[];
  /** What the record should allow; without it nothing is proposed. */
  readonly wanted?: { readonly ips: readonly string[]; readonly include: string };
};

export type Spf = {
  /** @throws the signal's reason when aborted; DNS trouble is a `temperror` in the document */
  readonly evaluate: (
    question: SpfQuestion,
    options: { readonly signal: AbortSignal; readonly t: Translate; readonly deadlineMs?: number },
  ) => Promise<SpfDocument>;
  /** Asks early what an evaluation for `domain` will ask, whoever sends; the client remembers the answers. */
  readonly prefetch: (domain: string, options: { readonly signal: AbortSignal }) => void;
};

/** RFC 7208 §4.6.4 asks for 20 seconds at least. */
const DEADLINE_MS = 25_000;
const QUERY_MS = 8000;
/** Records that are a maze are not walked to their end before anybody asks. */
const MOST_EARLY = 60;

export const createSpf = (dns: Dns): Spf => ({
  prefetch: (domain, { signal }) => ahead(dns, withDeadline(signal, DEADLINE_MS), 'A')({ name: domain, type: 'TXT' }),
  evaluate: async (question, { signal, t, deadlineMs = DEADLINE_MS }) => {
    const limit = withDeadline(signal, deadlineMs);
    const input: SpfInput = {
      ip: question.ip,
      domain: question.domain,
      sender: question.sender ?? `postmaster@${question.domain}`,
      helo: question.helo ?? question.domain,
    };
    const family = question.ip.includes(':') ? 'AAAA' : 'A';
    const ask = ahead(dns, limit, family);
    if (!question.published) ask({ name: question.domain, type: 'TXT' });
    const answer = async (query: SpfQuery): Promise<SpfAnswer> => {
      signal.throwIfAborted();
      if (limit.aborted) return { status: 'failed', trouble: 'timeout' };
      if (question.published && query.type === 'TXT' && sameName(query.name, question.domain)) {
        for (const text of question.published) questionsOf(query.name, text, family).forEach(ask);
        return question.published.length > 0
          ? { status: 'found', records: question.published, aliases: [] }
          : { status: 'none', noSuchName: false };
      }
      try {
        const answered = await dns.query(query.name, query.type, { signal: limit, deadlineMs: QUERY_MS });
        return toAnswer(answered, query.type);
      } catch (error) {
        signal.throwIfAborted();
        if (limit.aborted) return { status: 'failed', trouble: 'timeout' };
        throw error;
      }
    };
    try {
      const evaluation = await run(evaluateSpf(input), answer);
      const proposal = question.wanted ? await run(proposeRecord(input, evaluation, question.wanted), answer) : null;
      return toDocument(input, evaluation, proposal, t);
    } finally {
      endDeadline(limit);
    }
  },
});

async function run<T>(steps: SpfSteps<T>, answer: (query: SpfQuery) => Promise<SpfAnswer>): Promise<T> {
  let step = steps.next();
  while (step.done !== true) step = steps.next(await answer(step.value));
  return step.value;
}

/** Asks, and as soon as an answer is there, everything that it leads to. */
function ahead(dns: Dns, signal: AbortSignal, family: 'A' | 'AAAA'): (query: SpfQuery) => void {
  const asked = new Set<string>();
  const ask = ({ name, type }: SpfQuery): void => {
    const key = `${type} ${plainName(name)}`;
    if (asked.has(key) || asked.size >= MOST_EARLY || signal.aborted) return;
    asked.add(key);
    dns.query(name, type, { signal, deadlineMs: QUERY_MS }).then(
      ({ records }) => {
        for (const { data } of records)
          if (type === 'TXT') questionsOf(name, data, family).forEach(ask);
          else if (type === 'MX') ask({ name: data, type: family });
      },
      () => undefined,
    );
  };
  return ask;
}

/** Questions every evaluation of this record may ask whoever sends; terms with macros are left out. */
function questionsOf(domain: string, text: string, family: 'A' | 'AAAA'): readonly SpfQuery[] {
  if (!isSpfRecord(text)) return [];
  return parseRecord(text)
    .terms.slice(0, 20)
    .flatMap((term): readonly SpfQuery[] => {
      const part = isDirective(term) ? term.mechanism : isModifier(term) ? term.modifier : null;
      if (part === null) return [];
      const target = 'target' in part && part.target !== null && isConstant(part.target) ? part.target[0] : null;
      const name = target?.kind === 'literal' ? target.text : null;
      if ((part.kind === 'include' || part.kind === 'redirect') && name !== null) return [{ name, type: 'TXT' }];
      const named = !('target' in part) || part.target === null ? domain : name;
      if (part.kind === 'a' && named !== null) return [{ name: named, type: family }];
      if (part.kind === 'exists' && name !== null) return [{ name, type: 'A' }];
      if (part.kind === 'mx' && named !== null) return [{ name: named, type: 'MX' }];
      return [];
    });
}

const TROUBLES: Readonly<Partial<Record<DnsAnswer['status'], SpfTrouble>>> = {
  timeout: 'timeout',
  'server-failed': 'server-failed',
  refused: 'refused',
  incomplete: 'incomplete',
  'alias-loop': 'alias-loop',
  malformed: 'malformed',
  unreachable: 'unreachable',
};

function toAnswer(answer: DnsAnswer, type: SpfQuery['type']): SpfAnswer {
  const trouble = TROUBLES[answer.status];
  if (trouble !== undefined) return { status: 'failed', trouble };
  if (answer.status !== 'ok' || answer.records.length === 0)
    return { status: 'none', noSuchName: answer.status !== 'no-data' && answer.status !== 'ok' };
  const records =
    type === 'MX'
      ? answer.records.toSorted((one, other) => (one.preference ?? 0) - (other.preference ?? 0))
      : answer.records;
  return { status: 'found', records: records.map(({ data }) => data), aliases: answer.aliases };
}
