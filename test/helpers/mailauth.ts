/** mailauth, strict: an SPF evaluator by other people, asked through the same answers as ours. */
// Its main module needs a newer Node than this project; the evaluator alone does not.
import { spf } from 'mailauth/lib/spf/index.js';
import type { SpfAnswer, SpfQuery } from '../../core/spf/spf-question.ts';

const failure = (code: string) => Object.assign(new Error(code), { code });

/** In the shape of `dns.promises.resolve`. */
function toNode(answer: SpfAnswer, type: SpfQuery['type']): unknown {
  if (answer.status === 'failed') throw failure('ETIMEOUT');
  if (answer.status === 'none') throw failure(answer.noSuchName ? 'ENOTFOUND' : 'ENODATA');
  if (type === 'TXT') return answer.records.map((text) => text.match(/.{1,255}/gs) ?? ['']);
  return type === 'MX' ? answer.records.map((exchange) => ({ exchange, priority: 10 })) : answer.records;
}

/** @returns its result */
export async function mailauthResult(
  who: { readonly ip: string; readonly sender: string; readonly helo: string },
  answer: (query: SpfQuery) => SpfAnswer | Promise<SpfAnswer>,
): Promise<string> {
  const { status } = await spf({
    ...who,
    strict: true,
    resolver: async (name, rrtype) => {
      const type = rrtype as SpfQuery['type'];
      return toNode(await answer({ name, type }), type) as string[];
    },
  });
  return status.result;
}
