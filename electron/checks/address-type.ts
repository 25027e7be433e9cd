/** Is the office's address fixed, changing or shared; never surer than its signals. */
import { z } from 'zod';
import { addressKind } from '../../core/address.ts';
import { isPolicyCode } from '../../core/evidence/blocklist-codes.ts';
import { ENTER_ADDRESS, officeAddresses } from '../../core/evidence/office-address.ts';
import { hintOfName } from '../../core/evidence/name-signs.ts';
import { daysSeen } from '../../core/evidence/sighting.ts';
import { say } from '../../core/text.ts';
import { couldNotTell, defineCheck } from '../check.ts';
import blocklists from './blocklists.ts';
import publicIp from './public-ip.ts';
import reverseDns from './reverse-dns.ts';
import seenIp from './seen-ip.ts';

const Signal = z.object({
  signal: z.enum([
    'shared-range',
    'policy-list',
    'reverse-name',
    'entered-differs',
    'entered-same',
    'router-same',
    'router-differs',
    'router-private',
    'router-shared',
    'seen-long',
    'seen-others',
  ]),
  /** `nothing`: worth knowing, but no sign either way. */
  points: z.enum(['static', 'dynamic', 'shared', 'nothing']),
  weight: z.enum(['weak', 'medium', 'strong']),
  /** What was seen. */
  value: z.string(),
});
const Evidence = z.object({
  kind: z.enum(['static-likely', 'dynamic-likely', 'shared', 'unknown']),
  signals: z.array(Signal),
});
type Signal = z.infer<typeof Signal>;

const WEIGHTS = { weak: 1, medium: 2, strong: 3 } as const;

/** A single medium signal is not enough to call an address fixed or changing. */
function kindOf(signals: readonly Signal[]): z.infer<typeof Evidence>['kind'] {
  if (signals.some(({ points }) => points === 'shared')) return 'shared';
  const sum = (points: Signal['points']) =>
    signals.filter((signal) => signal.points === points).reduce((total, { weight }) => total + WEIGHTS[weight], 0);
  const lead = sum('static') - sum('dynamic');
  if (lead >= 2) return 'static-likely';
  return lead <= -3 ? 'dynamic-likely' : 'unknown';
}

/** Cable lines keep an address for weeks though it is not fixed. */
const LONG_DAYS = 60;

/** What the router says of its own outside address, beside the one that is seen. */
function routerSignal(way: string, outside: string, address: string): Signal {
  const value = `${outside} (${way === 'upnp' ? 'UPnP' : 'NAT-PMP'})`;
  if (outside === address) return { signal: 'router-same', points: 'nothing', weight: 'weak', value };
  const kind = addressKind(outside);
  if (kind === 'shared') return { signal: 'router-shared', points: 'shared', weight: 'strong', value };
  // Another router of the office's own, or the provider's: only the provider can tell.
  if (kind === 'private') return { signal: 'router-private', points: 'nothing', weight: 'weak', value };
  return { signal: 'router-differs', points: 'nothing', weight: 'weak', value };
}

export default defineCheck({
  title: say('Fixed or changing address'),
  why: say('When the address changes, Microsoft no longer recognises the office and the scanner stops sending.'),
  station: 'line',
  atOffice: true,
  needs: { publicIp, seenIp, reverseDns, blocklists },
  evidence: Evidence,
  blank: { kind: 'unknown', signals: [] },
  probe: async ({ profile, net, sightings, needs, signal }) => {
    const asking = net.router.ask({ signal });
    asking.catch(() => undefined);
    const [publicIp, seenIp, reverseDns, blocklists] = await Promise.all([
      needs.publicIp,
      needs.seenIp,
      needs.reverseDns,
      needs.blocklists,
    ]);
    const [address] = officeAddresses({ profile, seen: seenIp.addresses, voted: publicIp.address });
    if (address === undefined) return couldNotTell(say('The public address is not known yet.'), ENTER_ADDRESS);
    const signals: Signal[] = [];
    if (publicIp.votes.some(({ error }) => error === 'shared'))
      signals.push({ signal: 'shared-range', points: 'shared', weight: 'strong', value: '100.64.0.0/10' });
    const policy = blocklists.lists.find((list) => list.listed === true && list.codes.some(isPolicyCode));
    if (policy)
      signals.push({
        signal: 'policy-list',
        points: 'dynamic',
        weight: 'strong',
        value: `${policy.zone} ${policy.codes.join(' ')}`,
      });
    const [name] = reverseDns.names;
    const hint = name === undefined ? null : hintOfName(name, address);
    if (name !== undefined && hint !== null)
      signals.push({
        signal: 'reverse-name',
        points: hint === 'fixed' ? 'static' : 'dynamic',
        weight: hint === 'numbered' ? 'weak' : 'medium',
        value: name,
      });
    const [seen] = seenIp.addresses;
    if (profile.publicIps.length > 0 && seen !== undefined)
      signals.push(
        profile.publicIps.includes(seen)
          ? { signal: 'entered-same', points: 'static', weight: 'medium', value: seen }
          : { signal: 'entered-differs', points: 'dynamic', weight: 'weak', value: seen },
      );
    for (const { way, outside } of await asking) signals.push(routerSignal(way, outside, address));
    const before = sightings.filter((sighting) => sighting.address !== address);
    const same = sightings.find((sighting) => sighting.address === address);
    if (same && before.length === 0 && daysSeen(same) >= LONG_DAYS)
      signals.push({ signal: 'seen-long', points: 'static', weight: 'medium', value: `${daysSeen(same)}` });
    if (before.length > 0 && seenIp.addresses.length === 1)
      signals.push({
        signal: 'seen-others',
        points: 'dynamic',
        weight: before.length > 2 ? 'medium' : 'weak',
        value: before.map((sighting) => sighting.address).join(', '),
      });
    return { kind: kindOf(signals), signals };
  },
  judge: ({ kind, signals }, { t }) => {
    const MEANINGS: Record<Signal['signal'], string> = {
      'shared-range': t('An address was seen that providers share among many customers'),
      'policy-list': t('The provider lists this address as one that does not send mail'),
      'reverse-name': t('The name of the address'),
      'entered-differs': t('Another address than the entered one was seen'),
      'entered-same': t('The entered address is the one Microsoft sees'),
      'router-same': t('The router itself holds this address'),
      'router-differs': t('The router holds another address: a VPN, or a second internet line'),
      'router-private': t('The router stands behind another router'),
      'router-shared': t('The router got an address that providers share among many customers'),
      'seen-long': t('Days this address has been seen'),
      'seen-others': t('Earlier the office was seen from'),
    };
    const POINTS = { static: t('fixed'), dynamic: t('changing'), shared: t('shared'), nothing: '–' };
    const details = [
      {
        kind: 'table' as const,
        columns: [t('Sign'), t('Seen'), t('Speaks for')],
        rows: signals.map(({ signal, value, points }) => [MEANINGS[signal], value, POINTS[points]]),
      },
    ];
    const askProvider = t(
      'Ask your internet provider: “Do we have a fixed IPv4 address of our own?” It also stands on the bill.',
    );
    if (kind === 'shared')
      return {
        status: 'fail',
        summary: t('The office seems to share its address with other customers of the provider.'),
        cause: t('Letting a shared address send would let strangers send in your name.'),
        fix: [askProvider, t('Without one, use another way to send; the step “The right way” shows which.')],
        who: 'internet-provider',
        details,
      };
    if (kind === 'dynamic-likely')
      return {
        status: 'warn',
        summary: t('The office’s address likely changes from time to time.'),
        fix: [askProvider, t('With a changing address, book a fixed one or use another way to send.')],
        who: 'internet-provider',
        details,
      };
    if (kind === 'static-likely')
      return { status: 'pass', summary: t('The office’s address is likely a fixed one.'), details };
    return {
      status: 'unknown',
      summary: t('Whether the office’s address is a fixed one cannot be seen from outside.'),
      fix: [askProvider],
      who: 'you',
      details,
    };
  },
});
