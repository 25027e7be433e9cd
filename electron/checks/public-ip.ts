/** The office's public address by vote: every service of the environment is asked at once, every answer is shown. */
import { z } from 'zod';
import { addressKind, isPublicIpv4, parseIpv4 } from '../../core/address.ts';
import type { PublicIpSource } from '../../core/environment.ts';
import { isAppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import { defineCheck, notNeeded, type ProbeContext } from '../check.ts';

const DEADLINE_MS = 8000;
/** An address needs 15 characters; a page is no address. */
const MOST_BYTES = 64;

const Evidence = z.object({
  /** Named by more than half of the answers. */
  address: z.string().nullable(),
  /** Every service that answered said the same. */
  agreed: z.boolean(),
  votes: z.array(z.object({ source: z.string(), address: z.string().nullable(), error: z.string().nullable() })),
});
type Vote = z.infer<typeof Evidence>['votes'][number];

const nameOf = (source: PublicIpSource): string =>
  source.kind === 'https'
    ? new URL(source.url).host + new URL(source.url).pathname.replace(/\/$/, '')
    : source.kind === 'dns'
      ? `${source.name} @${source.server}`
      : source.server;

async function ask(source: PublicIpSource, { net, signal }: ProbeContext): Promise<string | null> {
  const limits = { signal, deadlineMs: DEADLINE_MS };
  if (source.kind === 'stun') return net.stun.ask(source.server, limits);
  if (source.kind === 'dns') {
    const answer = await net.dns.query(source.name, source.type, { ...limits, servers: [source.server] });
    return (
      answer.records.map(({ data }) => parseIpv4(data)).find((address) => address !== null) ??
      answer.records[0]?.data ??
      null
    );
  }
  const response = await net.http.send({ method: 'GET', url: source.url, ...limits, maxBytes: MOST_BYTES });
  return response.status === 200 ? response.text : null;
}

export default defineCheck({
  title: say('Your public address'),
  why: say('Microsoft recognises your office by this address.'),
  station: 'line',
  deadlineMs: 12_000,
  evidence: Evidence,
  blank: { address: null, agreed: false, votes: [] },
  probe: async (context) => {
    const { environment, progress } = context;
    if (environment.publicIp.length === 0)
      return notNeeded(say('No service that tells the public address is set here, so none was asked.'));
    progress(
      say('Asking {count, plural, one {# service} other {# services}} for your public address', {
        count: environment.publicIp.length,
      }),
    );
    const votes = await Promise.all(
      environment.publicIp.map(async (source): Promise<Vote> => {
        const vote = { source: nameOf(source), address: null, error: null };
        try {
          const said = await ask(source, context);
          if (said === null) return { ...vote, error: 'no-answer' };
          const address = parseIpv4(said);
          if (address === null) return { ...vote, error: 'not-an-address' };
          return isPublicIpv4(address, environment) ? { ...vote, address } : { ...vote, error: addressKind(address) };
        } catch (error) {
          context.signal.throwIfAborted();
          if (isAppError(error)) return { ...vote, error: error.code };
          throw error;
        }
      }),
    );
    const named = votes.flatMap(({ address }) => address ?? []);
    const address = named.find((one) => named.filter((other) => other === one).length * 2 > named.length) ?? null;
    return { address, agreed: named.length > 0 && named.every((one) => one === address), votes };
  },
  judge: ({ address, agreed, votes }, { profile, t }) => {
    const answered = votes.filter((vote) => vote.address !== null).length;
    const details = [
      {
        kind: 'table' as const,
        columns: [t('Asked'), t('Answer')],
        rows: votes.map((vote) => [
          vote.source,
          vote.address ?? t('no usable answer ({error})', { error: vote.error ?? '' }),
        ]),
      },
    ];
    if (answered === 0)
      return {
        status: 'unknown',
        summary: t('None of the services that were asked gave a usable address.'),
        fix: [
          t('Check that this computer is on the internet and that no sign-in page of a guest Wi-Fi is in the way.'),
          t('Or enter the address; your internet provider knows it.'),
        ],
        who: 'you',
        details,
      };
    if (!agreed)
      return {
        status: 'warn',
        summary: t('The services do not agree on your public address.'),
        cause: t('This computer reaches the internet by several ways: a VPN, a proxy, or two internet lines.'),
        fix: [t('Switch off the VPN and check again.'), t('With two internet lines, enter the addresses of both.')],
        who: 'you',
        details,
      };
    const found = address ?? '';
    if (profile.publicIps.length > 0 && !profile.publicIps.includes(found))
      return {
        status: 'warn',
        summary: t('This computer’s public address is {found}; entered was {entered}.', {
          found,
          entered: profile.publicIps.join(', '),
        }),
        cause: t('You are not in the office, use a VPN, or the address has changed.'),
        fix: [t('If you are in the office without a VPN, correct the address.')],
        who: 'you',
        details,
      };
    return {
      status: answered === 1 && votes.length > 1 ? 'warn' : 'pass',
      summary:
        answered === 1 && votes.length > 1
          ? t('Your public address is likely {found}; only one service answered.', { found })
          : t('Your public address is {found}.', { found }),
      details,
    };
  },
});
