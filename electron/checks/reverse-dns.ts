/** The reverse name of the office's address, and whether it leads back to it (RFC 1912 §2.1). */
import { z } from 'zod';
import { ENTER_ADDRESS, addressesOnceKnown } from '../../core/evidence/office-address.ts';
import { say } from '../../core/text.ts';
import { couldNotLookUp, couldNotTell, defineCheck } from '../check.ts';
import publicIp from './public-ip.ts';
import seenIp from './seen-ip.ts';

const Evidence = z.object({
  /** PTR names. */
  names: z.array(z.string()),
  /** One of the names leads back to the address. */
  confirmed: z.boolean(),
  address: z.string().nullable(),
});

export default defineCheck({
  title: say('Reverse name'),
  why: say('A name behind the address makes receiving servers trust it a little more.'),
  station: 'line',
  needs: { publicIp, seenIp },
  evidence: Evidence,
  blank: { names: [], confirmed: false, address: null },
  probe: async ({ profile, net, needs, signal, progress }) => {
    const [address] = await addressesOnceKnown({ profile, ...needs });
    if (address === undefined) return couldNotTell(say('The public address is not known yet.'), ENTER_ADDRESS);
    progress(say('Looking up the name of {address}', { address }));
    const question = `${address.split('.').toReversed().join('.')}.in-addr.arpa`;
    const answer = await net.dns.query(question, 'PTR', { signal });
    if (answer.status === 'no-such-name' || answer.status === 'no-data')
      return { names: [], confirmed: false, address };
    if (answer.status !== 'ok') return couldNotLookUp(answer.status, address);
    // Checkers give up after ten names (RFC 7208 §4.6.4).
    const names = answer.records.map(({ data }) => data.toLowerCase().replace(/\.$/, '')).slice(0, 10);
    const forward = await Promise.all(names.map((name) => net.dns.query(name, 'A', { signal })));
    return { names, confirmed: forward.some(({ records }) => records.some(({ data }) => data === address)), address };
  },
  judge: ({ names, confirmed, address }, { t }) => {
    const at = address ?? '';
    const fix = [
      t(
        'Not needed for sending through Microsoft 365. If you like, ask your internet provider to set a reverse name (PTR).',
      ),
    ];
    if (names.length === 0)
      return {
        status: 'warn',
        summary: t('{address} has no reverse name.', { address: at }),
        fix,
        who: 'internet-provider',
      };
    if (!confirmed)
      return {
        status: 'warn',
        summary: t('{address} is called {name}, but that name does not lead back to it.', {
          address: at,
          name: names[0] ?? '',
        }),
        fix,
        who: 'internet-provider',
      };
    return { status: 'pass', summary: t('{address} is called {name}.', { address: at, name: names[0] ?? '' }) };
  },
});
