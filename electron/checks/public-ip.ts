/** The office's public address by vote: every service of the environment is asked at once, every answer is shown. */
import { z } from 'zod';
import { addressKind, isPublicIpv4, parseIpv4, parseIpv6 } from '../../core/address.ts';
import type { PublicIpSource } from '../../core/environment.ts';
import { AppError, isAppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import { defineCheck, notNeeded, type ProbeContext } from '../check.ts';

const DEADLINE_MS = 8000;
/** An address needs 15 characters, or 39 in IPv6; what is longer is read only to tell a sign-in page. */
const MOST_BYTES = 16 * 1024;
const MOST_CHARACTERS = 64;

const Evidence = z.object({
  /** Named by more than half of the answers. */
  address: z.string().nullable(),
  /** Every service that answered said the same. */
  agreed: z.boolean(),
  votes: z.array(z.object({ source: z.string(), address: z.string().nullable(), error: z.string().nullable() })),
  /** Where this computer is seen over IPv6; the connector takes IPv4 only. */
  ipv6: z.string().nullable().default(null),
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
  if (isSignInPage(response)) throw new AppError('unexpected-answer', SIGN_IN_PAGE, { detail: 'sign-in-page' });
  return response.status === 200 ? response.text : null;
}

type Answer = Pick<Awaited<ReturnType<ProbeContext['net']['http']['send']>>, 'status' | 'headers' | 'text'>;
const SIGN_IN_PAGE = say('A sign-in page of this network answered instead.');

/** RFC 6585 §6, and what hotel and guest networks really do: a redirect or a page where an address was asked for. */
const isSignInPage = ({ status, headers, text }: Answer): boolean =>
  status === 511 || (status >= 300 && status < 400 && 'location' in headers) || /^\s*<(?:!doctype|html)/i.test(text);

export default defineCheck({
  title: say('Your public address'),
  why: say('Microsoft recognises your office by this address.'),
  station: 'line',
  atOffice: true,
  deadlineMs: 12_000,
  evidence: Evidence,
  blank: { address: null, agreed: false, votes: [], ipv6: null },
  probe: async (context) => {
    const { environment, progress } = context;
    if (environment.publicIp.length === 0)
      return notNeeded(say('No service that tells the public address is set here, so none was asked.'));
    progress(
      say('Asking {count, plural, one {# service} other {# services}} for your public address', {
        count: environment.publicIp.length,
      }),
    );
    let ipv6: string | null = null;
    const votes = await Promise.all(
      environment.publicIp.map(async (source): Promise<Vote> => {
        const vote = { source: nameOf(source), address: null, error: null };
        try {
          const said = await ask(source, context);
          if (said === null) return { ...vote, error: 'no-answer' };
          const address = parseIpv4(said);
          if (address === null || said.length > MOST_CHARACTERS) {
            const v6 = said.length > MOST_CHARACTERS ? null : parseIpv6(said);
            if (v6 !== null) ipv6 ??= addressKind(v6) === 'public' || environment.loopback ? v6 : null;
            return { ...vote, error: v6 === null ? 'not-an-address' : 'ipv6' };
          }
          return isPublicIpv4(address, environment) ? { ...vote, address } : { ...vote, error: addressKind(address) };
        } catch (error) {
          context.signal.throwIfAborted();
          if (isAppError(error)) {
            const cut = error.detail?.startsWith('phase: answer') === true;
            return { ...vote, error: error.detail === 'sign-in-page' ? error.detail : cut ? 'cut' : error.code };
          }
          throw error;
        }
      }),
    );
    const named = votes.flatMap(({ address }) => address ?? []);
    const address = named.find((one) => named.filter((other) => other === one).length * 2 > named.length) ?? null;
    return { address, agreed: named.length > 0 && named.every((one) => one === address), votes, ipv6 };
  },
  judge: ({ address, agreed, votes, ipv6 }, { profile, t }) => {
    const reasons: Readonly<Record<string, string>> = {
      'no-answer': t('no answer'),
      network: t('could not be reached'),
      timeout: t('did not answer in time'),
      cut: t('broke off in the middle of its answer'),
      'not-an-address': t('answered, but with no address'),
      'unexpected-answer': t('answered, but with no address'),
      'sign-in-page': t('a sign-in page answered instead'),
      private: t('a private address, not used'),
      shared: t('an address providers share among customers, not used'),
      ipv6: t('an IPv6 address, shown below'),
    };
    const answered = votes.filter((vote) => vote.address !== null).length;
    const details = [
      {
        kind: 'table' as const,
        columns: [t('Asked'), t('Answer')],
        rows: votes.map((vote) => [
          vote.source,
          vote.address ?? reasons[vote.error ?? ''] ?? t('no usable answer ({error})', { error: vote.error ?? '' }),
        ]),
      },
      ...(ipv6 === null
        ? []
        : [
            {
              kind: 'facts' as const,
              rows: [
                {
                  label: t('Seen over IPv6'),
                  value: t('{address}; a connector takes IPv4 addresses only, so it does not count.', {
                    address: ipv6,
                  }),
                },
              ],
            },
          ]),
    ];
    if (answered === 0 && votes.some(({ error }) => error === 'sign-in-page'))
      return {
        status: 'unknown',
        summary: t('This network shows a sign-in page before it lets anybody onto the internet.'),
        cause: t('Guest and hotel networks do that. What they answer is not your office’s address.'),
        fix: [
          t('Use the office’s own network.'),
          t('Or open any page in the browser, sign in to this network, and check again.'),
        ],
        who: 'you',
        details,
      };
    if (answered === 0 && votes.every(({ error }) => error === 'network' || error === 'timeout'))
      return {
        status: 'unknown',
        summary: t('Nothing on the internet could be reached: this computer seems to be offline.'),
        fix: [t('Check the network cable or the Wi-Fi, then check again. What you entered is kept.')],
        who: 'you',
        details,
      };
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
