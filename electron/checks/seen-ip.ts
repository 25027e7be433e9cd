/** The address the relay host itself sees this office come from: the one its connector has to hold. */
import { z } from 'zod';
import { isPublicIpv4 } from '../../core/address.ts';
import { say } from '../../core/text.ts';
import { couldNotTell, defineCheck } from '../check.ts';
import publicIp from './public-ip.ts';
import relayHost from './relay-host.ts';

/** Two lines used in turn show themselves when asked more than once. */
const TIMES = 3;

const Evidence = z.object({
  /** Distinct public IPv4 addresses from `250 … Hello [x]`. */
  addresses: z.array(z.string()),
});

export default defineCheck({
  title: say('Your address as Microsoft sees it'),
  why: say('Mail may leave by another way than web pages; only this address lets the scanner in.'),
  station: 'line',
  atOffice: true,
  essential: true,
  deadlineMs: 30_000,
  needs: { relayHost, publicIp },
  evidence: Evidence,
  blank: { addresses: [] },
  probe: async ({ environment, net, needs, signal, progress }) => {
    const { host } = await needs.relayHost;
    if (host === null)
      return couldNotTell(say('Microsoft’s mail server is not known yet, so it could not be asked.'), [
        say('See what “Microsoft’s mail server for your domain” says, and settle that first.'),
      ]);
    progress(say('Asking {host} which address it sees', { host }));
    // All at once: what one learns is nothing to the others.
    const probes = await Promise.all(
      Array.from({ length: TIMES }, (_, at) => net.smtp.probe(host, { signal, fresh: at > 0, onlyHello: true })),
    );
    const greeted = probes.filter(({ outcome }) => outcome === 'greeted');
    if (greeted.length === 0)
      return couldNotTell(say('{host} could not be asked: it did not get as far as a greeting.', { host }), [
        say('See what “Port 25” says, and settle that first.'),
      ]);
    const seen = [...new Set(greeted.flatMap(({ seenAddress }) => seenAddress ?? []))];
    // Sorted: which line answers first is chance, and a plan must not differ by it.
    const addresses = seen.filter((address) => isPublicIpv4(address, environment)).sort();
    if (addresses.length > 0) return { addresses };
    return couldNotTell(
      seen.length === 0
        ? say('{host} did not say which address it sees.', { host })
        : say('{host} sees {address}, which is not a public IPv4 address.', { host, address: seen[0] ?? '' }),
      [say('Enter the public address yourself; your internet provider knows it.')],
    );
  },
  judge: ({ addresses }, { profile, needs, t }) => {
    const list = addresses.join(', ');
    const voted = needs.publicIp.address;
    if (addresses.length > 1)
      return {
        status: 'warn',
        summary: t('Microsoft sees this office come from several addresses: {list}.', { list }),
        cause: t('The office has more than one internet line and uses them in turn.'),
        fix: [
          t('Let all of these addresses send; each has to be a fixed one.'),
          t('Or have the scanner always use the same line.'),
        ],
        who: 'you',
      };
    const address = addresses[0] ?? '';
    if (profile.publicIps.length > 0 && !profile.publicIps.includes(address))
      return {
        status: 'warn',
        summary: t('Microsoft sees this computer come from {address}; entered was {entered}.', {
          address,
          entered: profile.publicIps.join(', '),
        }),
        cause: t('You are not in the office, use a VPN, or the office’s address has changed.'),
        fix: [t('If you are in the office without a VPN, correct the entered address to {address}.', { address })],
        who: 'you',
      };
    if (voted !== null && voted !== address)
      return {
        status: 'warn',
        summary: t('Microsoft sees {address}, but web services see {voted}.', { address, voted }),
        cause: t('A VPN or a proxy is in the way of one of them, or mail leaves by another line.'),
        fix: [
          t('Switch off the VPN or proxy on this computer and check again.'),
          t('If it stays like this, {address} is the address that counts for mail.', { address }),
        ],
        who: 'you',
      };
    return { status: 'pass', summary: t('Microsoft sees you come from {address}.', { address }) };
  },
});
