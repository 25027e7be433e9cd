/** The scanner: does it answer on the office network, and what is it. */
import { z } from 'zod';
import { identifyDevice } from '../../core/evidence/identify-device.ts';
import { say, type Translate } from '../../core/text.ts';
import { defineCheck, notNeeded } from '../check.ts';

/** Web pages and IPP only: whatever reaches the printing ports 515 and 9100 may come out as paper. */
const PORTS = [443, 80, 631, 8000, 8080, 8443];
const PORT_MS = 3000;

const Evidence = z.object({
  /** As entered: an IPv4 address or a name. */
  address: z.string().nullable(),
  /** It answered, be it with an open or a closed port. */
  reachable: z.boolean(),
  /** Open TCP ports among those tried. */
  ports: z.array(z.number()),
  /** This computer has an address in the same network; null for a name. */
  near: z.boolean().nullable(),
  identified: z.object({ brand: z.string(), model: z.string().nullable() }).nullable(),
});

/** The likeliest cause first; another network is seen from here, a sleeping scanner is not. */
function silent(address: string, near: boolean | null, t: Translate) {
  const wake = t('Switch the scanner on and wake it up.');
  const compare = t('Compare the address with the one on the scanner’s own network page.');
  const summary = t('Nothing answers at {address}.', { address });
  if (near === false)
    return {
      status: 'warn' as const,
      summary,
      cause: t(
        'This computer is in another network than the scanner: a guest Wi-Fi, a VPN, or another part of the office.',
      ),
      fix: [
        t('Connect this computer to the office network, best by cable, and leave the VPN.'),
        compare,
        t('If the office has several networks on purpose, go on: what counts is the scanner’s own test at the end.'),
      ],
      who: 'you' as const,
    };
  if (near === null)
    return {
      status: 'warn' as const,
      summary,
      cause: t('The name is not known in this network, or the scanner is switched off or asleep.'),
      fix: [t('Type the scanner’s address instead, like 192.168.1.50; it stands on its network page.'), wake],
      who: 'you' as const,
    };
  return {
    status: 'warn' as const,
    summary,
    cause: t('The scanner is switched off or asleep, or has another address by now.'),
    fix: [wake, compare],
    who: 'you' as const,
  };
}

export default defineCheck({
  title: say('Your scanner'),
  why: say('The scanner has to be switched on and on the same network, or it cannot send.'),
  station: 'device',
  atOffice: true,
  deadlineMs: 12_000,
  evidence: Evidence,
  blank: { address: null, reachable: false, ports: [], near: null, identified: null },
  probe: async ({ profile, net, signal, progress }) => {
    const address = profile.devices[0]?.address ?? null;
    if (address === null) return notNeeded(say('No scanner address was entered, so nothing was looked at.'));
    progress(say('Knocking at {address}', { address }));
    const states = await Promise.all(
      PORTS.map(async (port) => ({ port, state: await net.lan.port(address, port, { signal, deadlineMs: PORT_MS }) })),
    );
    const reachable = states.some(({ state }) => state !== 'silent');
    if (reachable) progress(say('Asking {address} what it is', { address }));
    const signs = reachable ? await net.lan.identify(address, { signal, deadlineMs: PORT_MS }) : null;
    return {
      address,
      reachable,
      near: net.lan.isNear(address),
      ports: states.filter(({ state }) => state === 'open').map(({ port }) => port),
      identified: signs && identifyDevice(signs),
    };
  },
  judge: ({ address, reachable, near, identified }, { profile, t }) => {
    const device = profile.devices[0];
    const where = address ?? '';
    if (!reachable) return silent(where, near, t);
    if (identified === null)
      return {
        status: 'pass',
        summary: t('Something answers at {address}; it does not say what it is.', { address: where }),
      };
    const name = [identified.brand, identified.model].filter((part) => part !== null).join(' ');
    const entered = device?.brand ?? null;
    if (entered !== null && entered.toLowerCase() !== identified.brand.toLowerCase())
      return {
        status: 'warn',
        summary: t('{address} says it is a {name}, not a {entered}.', { address: where, name, entered }),
        fix: [t('Check the address, or change the brand to get the right instructions.')],
        who: 'you',
      };
    return { status: 'pass', summary: t('{name} answers at {address}.', { name, address: where }) };
  },
});
