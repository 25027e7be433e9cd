/** Generated SPF worlds: a tree of records with hosts, slips, loops and silence, and somebody who sends. */
import { plainName, type SpfAnswer, type SpfQuery } from '../../core/spf/spf-question.ts';
import { randomOf, type Random } from './random.ts';

type Type = SpfQuery['type'];
/** `NAME` → type → records; `silent` names time out. */
export type SpfWorld = Readonly<
  Record<string, Partial<Record<Type, readonly string[]>> & { readonly silent?: boolean }>
>;
export type SpfCase = {
  readonly seed: number;
  readonly ip: string;
  readonly domain: string;
  readonly sender: string;
  readonly helo: string;
  readonly zone: SpfWorld;
};

const HOSTS = Array.from({ length: 8 }, (_, at) => `h${at}.example.com`);
const DOMAINS = Array.from({ length: 9 }, (_, at) => `d${at}.example.com`);
const V4 = ['192.0.2.1', '192.0.2.2', '198.51.100.7', '203.0.113.9', '203.0.113.255', '10.0.0.1'];
const V6 = ['2001:db8::1', '2001:db8:1::2', '2001:db8:ffff::3'];

/** Addresses that records and hosts are made of. */
export const SPF_ADDRESSES: readonly string[] = [...V4, ...V6];

export function spfCase(seed: number): SpfCase {
  const random = randomOf(seed);
  const { below, pick, chance } = random;
  const zone: Record<string, Partial<Record<Type, readonly string[]>> & { silent?: boolean }> = {};
  const some = <T>(list: readonly T[], most: number): readonly T[] =>
    Array.from({ length: below(most + 1) }, () => pick(list));
  for (const host of HOSTS) {
    if (chance(0.15)) continue;
    zone[host] = {
      ...(chance(0.8) ? { A: some(V4, 3) } : {}),
      ...(chance(0.3) ? { AAAA: some(V6, 2) } : {}),
      ...(chance(0.05) ? { silent: true } : {}),
    };
  }
  for (const domain of DOMAINS) {
    if (chance(0.08)) continue;
    const records = chance(0.06) ? [] : chance(0.05) ? [recordOf(random), recordOf(random)] : [recordOf(random)];
    zone[domain] = {
      TXT: chance(0.1) ? ['some other text', ...records] : records,
      ...(chance(0.5) ? { MX: some(HOSTS, chance(0.03) ? 12 : 3) } : {}),
      ...(chance(0.4) ? { A: some(V4, 2) } : {}),
      ...(chance(0.15) ? { AAAA: some(V6, 2) } : {}),
      ...(chance(0.02) ? { silent: true } : {}),
    };
  }
  const ip = chance(0.75) ? pick(V4) : pick(V6);
  for (const address of [...V4, ...V6])
    if (chance(0.4)) zone[reversed(address)] = { PTR: some([...HOSTS, ...DOMAINS], 3) };
  // What `exists` asks about with macros.
  for (const label of ['1.2.0.192', '7.100.51.198', 'user', 'd0'])
    if (chance(0.5)) zone[`${label}.e.example.com`] = { A: ['127.0.0.2'] };
  const domain = 'd0.example.com';
  if (chance(0.97)) zone[domain] ??= { TXT: [recordOf(random)] };
  return {
    seed,
    ip,
    domain,
    sender: `${pick(['user', 'A.b-c', 'x'])}@${domain}`,
    helo: pick(['h0.example.com', 'mail.example.net']),
    zone,
  };
}

function recordOf(random: Random): string {
  const { below, pick, chance } = random;
  const qualifier = () => (chance(0.7) ? '' : pick(['+', '-', '~', '?']));
  const name = () => pick([...DOMAINS, ...DOMAINS, ...HOSTS, 'nothing.example.com']);
  const v4bits = () => (chance(0.3) ? `/${pick([0, 8, 16, 24, 29, 32, below(33)])}` : '');
  const dual = () => (chance(0.2) ? `${v4bits()}${chance(0.5) ? `//${pick([0, 32, 64, 128])}` : ''}` : '');
  const macro = () =>
    pick([
      '%{ir}.e.example.com',
      '%{l}.e.example.com',
      '%{d1r}.e.example.com',
      '%{i}._%{v}.e.example.com',
      '%{s}',
      '%{h}',
      '%{d2}',
      '%{o}',
      '%{L}.e.example.com',
      '%{p}.e.example.com',
      '%%.example.com',
      '%-x.example.com',
    ]);
  const target = () => (chance(0.08) ? macro() : name());
  const term = (): string => {
    const kind = below(22);
    if (kind < 5) return `${qualifier()}ip4:${pick(V4)}${v4bits()}`;
    if (kind < 7) return `${qualifier()}ip6:${pick(V6)}${chance(0.4) ? `/${pick([0, 32, 48, 64, 128])}` : ''}`;
    if (kind < 11) return `${qualifier()}include:${target()}`;
    if (kind < 13) return `${qualifier()}a${chance(0.7) ? `:${target()}` : ''}${dual()}`;
    if (kind < 15) return `${qualifier()}mx${chance(0.7) ? `:${target()}` : ''}${dual()}`;
    if (kind < 16) return `${qualifier()}exists:${chance(0.6) ? macro() : name()}`;
    if (kind < 17) return `${qualifier()}ptr${chance(0.5) ? `:${target()}` : ''}`;
    if (kind < 18) return pick(['exp=x.example.com', 'unknown=value', 'note=%{d}', 'ra=postmaster']);
    if (kind < 19 && chance(0.5)) return slip();
    return `${qualifier()}ip4:${pick(V4)}`;
  };
  const slip = () =>
    pick([
      'ip4:192.0.2',
      'ip4:192.0.2.1/33',
      'ip6:2001::1::2',
      'incldue:d1.example.com',
      'a:',
      'include:',
      'mx/',
      'a/24/64',
      'ip4',
      'all:x',
      'redirect=',
      'a:%{z}.example.com',
      'ptr/24',
      'exists',
      'include:d1.example.com/24',
      '-',
      'ip4:192.0.2.1/024',
      'include:%{d',
      'a:example.com:8080',
      'x=%{q}',
      'include:a..b.example.com',
    ]);
  const terms = Array.from({ length: below(chance(0.1) ? 14 : 6) }, term);
  if (chance(0.75)) terms.push(`${pick(['-', '~', '?', '+', ''])}${chance(0.05) ? 'ALL' : 'all'}`);
  else if (chance(0.5)) terms.push(`redirect=${target()}`);
  if (chance(0.04)) terms.push(pick(['redirect=d2.example.com', 'exp=y.example.com', 'ip4:192.0.2.1']));
  return [chance(0.02) ? pick(['V=SPF1', 'v=spf10', 'v=spf2']) : 'v=spf1', ...terms].join(chance(0.03) ? '  ' : ' ');
}

function reversed(address: string): string {
  if (!address.includes(':')) return `${address.split('.').toReversed().join('.')}.in-addr.arpa`;
  const [head = '', tail = ''] = address.split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail.split(':').filter(Boolean);
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  const nibbles = groups.map((group) => group.padStart(4, '0')).join('');
  return `${nibbles.split('').toReversed().join('.')}.ip6.arpa`;
}

/** Answers like a resolver that sees only this world. */
export const answerOf =
  (zone: SpfWorld) =>
  ({ name, type }: SpfQuery): SpfAnswer => {
    const entry = zone[plainName(name)];
    if (entry === undefined) return { status: 'none', noSuchName: true };
    if (entry.silent) return { status: 'failed', trouble: 'timeout' };
    const records = entry[type] ?? [];
    return records.length > 0 ? { status: 'found', records } : { status: 'none', noSuchName: false };
  };
