/** Is the office's address on a block list; an answer that is none is said to be none (RFC 5782). */
import { z } from 'zod';
import { isPolicyCode, listedBy } from '../../core/evidence/blocklist-codes.ts';
import { ENTER_ADDRESS, addressesOnceKnown } from '../../core/evidence/office-address.ts';
import type { Detail } from '../../core/result.ts';
import { say, type Translate } from '../../core/text.ts';
import { couldNotTell, defineCheck, notNeeded, type ProbeContext } from '../check.ts';
import publicIp from './public-ip.ts';
import seenIp from './seen-ip.ts';

const Evidence = z.object({
  lists: z.array(
    z.object({
      zone: z.string(),
      /** Null: the list gave no usable answer. */
      listed: z.boolean().nullable(),
      /** Addresses the list answered with. */
      codes: z.array(z.string()),
      address: z.string(),
    }),
  ),
});
type List = z.infer<typeof Evidence>['lists'][number];

const reversed = (address: string): string => address.split('.').toReversed().join('.');

async function askList(
  zone: string,
  address: string,
  { net, signal }: Pick<ProbeContext, 'net' | 'signal'>,
): Promise<List> {
  const ask = (of: string) => net.dns.query(`${reversed(of)}.${zone}`, 'A', { signal, deadlineMs: 6000, local: true });
  const answer = await ask(address);
  const codes = answer.records.map(({ data }) => data);
  if (answer.status === 'no-such-name' || answer.status === 'no-data')
    return { zone, listed: false, codes: [], address };
  if (answer.status !== 'ok') return { zone, listed: null, codes, address };
  // 127.0.0.1 is never listed; a list that lists it lists everything and says nothing (RFC 5782 §5).
  const listed = listedBy(codes) === true && (await ask('127.0.0.1')).status === 'ok' ? null : listedBy(codes);
  return { zone, listed, codes, address };
}

export default defineCheck({
  title: say('Block lists'),
  why: say('Mail from a listed address is often refused or lands in junk.'),
  station: 'line',
  needs: { publicIp, seenIp },
  evidence: Evidence,
  blank: { lists: [] },
  probe: async ({ profile, environment, net, needs, signal, progress }) => {
    if (environment.blocklists.length === 0) return notNeeded(say('No block list is set here, so none was asked.'));
    const addresses = await addressesOnceKnown({ profile, ...needs });
    if (addresses.length === 0) return couldNotTell(say('The public address is not known yet.'), ENTER_ADDRESS);
    progress(
      say('Asking {count, plural, one {# block list} other {# block lists}}', { count: environment.blocklists.length }),
    );
    const pairs = addresses.slice(0, 8).flatMap((address) => environment.blocklists.map((zone) => ({ zone, address })));
    return { lists: await Promise.all(pairs.map(({ zone, address }) => askList(zone, address, { net, signal }))) };
  },
  judge: ({ lists }, { t }) => {
    const listed = lists.filter((list) => list.listed === true);
    const onlyPolicy = listed.every(({ codes }) => codes.every(isPolicyCode));
    const answered = lists.filter((list) => list.listed !== null);
    const words = (list: List): string =>
      list.listed === null
        ? t('no usable answer')
        : list.listed
          ? t('listed ({codes})', { codes: list.codes.join(', ') })
          : t('not listed');
    const details = [
      {
        kind: 'table' as const,
        columns: [t('List'), t('Address'), t('Answer')],
        rows: lists.map((list) => [list.zone, list.address, words(list)]),
      },
    ];
    const names = [...new Set(listed.map(({ zone }) => zone))].join(', ');
    if (listed.length > 0 && !onlyPolicy)
      return {
        status: 'fail',
        summary: t('{address} is on a block list: {names}.', { address: listed[0]?.address ?? '', names }),
        cause: t(
          'Unwanted mail was seen from this address: usually an infected computer in the office, or whoever had the address before.',
        ),
        fix: [
          t('Have the computers in the office checked for malware.'),
          t('Then ask for removal on the list’s own web page; it is free of charge.'),
        ],
        who: 'you',
        details: [...details, ...delisting(listed, t)],
      };
    if (listed.length > 0)
      return {
        status: 'warn',
        summary: t('{address} counts as a line that does not send mail by itself ({names}).', {
          address: listed[0]?.address ?? '',
          names,
        }),
        cause: t(
          'The internet provider has said so for private or changing addresses; business lines are sometimes among them by mistake.',
        ),
        fix: [t('Ask your internet provider whether the address is fixed, and to take it off the policy list.')],
        who: 'internet-provider',
        details: [...details, ...delisting(listed, t)],
      };
    if (answered.length === 0)
      return {
        status: 'unknown',
        summary: t('None of the block lists gave a usable answer.'),
        cause: t('The lists do not answer large public name servers, or the answers are changed on the way.'),
        fix: [t('Look the address up by hand on the list’s web page.')],
        who: 'you',
        details,
      };
    return {
      status: 'pass',
      summary: t(
        '{count, plural, one {The block list that answered does not list you.} other {None of the # block lists that answered lists you.}}',
        {
          count: answered.length,
        },
      ),
      details,
    };
  },
});

/** Where the keepers of the lists take an address off. */
const PAGES: Readonly<Record<string, string>> = {
  'spamhaus.org': 'https://check.spamhaus.org/',
  'spamcop.net': 'https://www.spamcop.net/bl.shtml',
  'surriel.com': 'https://psbl.org/remove',
  'barracudacentral.org': 'https://www.barracudacentral.org/rbl/removal-request',
  'uceprotect.net': 'https://www.uceprotect.net/',
};

const delisting = (listed: readonly List[], t: Translate): readonly Detail[] =>
  [...new Set(listed.map(({ zone }) => zone))].flatMap((zone) => {
    const url = Object.entries(PAGES).find(([end]) => zone === end || zone.endsWith(`.${end}`))?.[1];
    return url === undefined ? [] : [{ kind: 'link' as const, label: t('Removal at {zone}', { zone }), url }];
  });
