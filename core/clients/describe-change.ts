/** A change in words: what is new, whether it is good or bad, and who has to act. */
import { z } from 'zod';
import { Who } from '../result.ts';
import type { Translate } from '../text.ts';
import { Change } from './history.ts';

export const ToldChange = Change.extend({
  severity: z.enum(['bad', 'notice', 'good']),
  text: z.string(),
  who: Who,
});
export type ToldChange = z.infer<typeof ToldChange>;

type Words = Pick<ToldChange, 'severity' | 'text' | 'who'>;

const list = (values: readonly string[], t: Translate): string => values.join(', ') || t('none');

/** @param place name of the office or the domain it is about */
function wordsOf({ fact, before, after, domain, complete }: Change, place: string, t: Translate): Words {
  const was = list(before, t);
  const is = list(after, t);
  const [now = ''] = after;
  const good = (text: string): Words => ({ severity: 'good', text, who: 'nobody' });
  const bad = (text: string, who: Words['who']): Words => ({ severity: 'bad', text, who });
  switch (fact) {
    case 'addresses':
      return bad(t('{place} now sends from {is}; before it was {was}.', { place, is, was }), 'you');
    case 'tenant':
      return bad(t('{domain} is in another Microsoft 365 organisation now ({is}).', { domain, is }), 'microsoft-admin');
    case 'relay-host':
      return bad(
        t('Microsoft’s mail server for {domain} is {is} now; before it was {was}.', { domain, is, was }),
        'you',
      );
    case 'port-25':
      return now === 'open'
        ? good(t('Port 25 of {place} is open again.', { place }))
        : bad(t('Port 25 of {place} is not open any more.', { place }), 'internet-provider');
    case 'listed': {
      const fresh = after.filter((one) => !before.includes(one));
      return fresh.length === 0
        ? good(
            t('{place} is no longer on {lists}.', {
              place,
              lists: list(
                before.filter((one) => !after.includes(one)),
                t,
              ),
            }),
          )
        : bad(t('{place} is on a block list: {lists}.', { place, lists: list(fresh, t) }), 'you');
    }
    case 'spf':
      return complete === false
        ? bad(
            t('The SPF record of {domain} was edited and does not let everybody send now: {is}', { domain, is }),
            'dns-host',
          )
        : { severity: 'notice', text: t('The SPF record of {domain} was edited: {is}', { domain, is }), who: 'nobody' };
    case 'spf-state':
      return now === 'complete'
        ? good(t('The SPF record of {domain} lets everybody send who should.', { domain }))
        : bad(t('The SPF record of {domain} does not let everybody send who should.', { domain }), 'dns-host');
    case 'dmarc':
      return {
        severity: 'notice',
        text: t('The DMARC record of {domain} was edited: {is}', { domain, is }),
        who: 'nobody',
      };
    case 'connector':
      return now === 'on'
        ? good(t('The connector of {domain} is switched on.', { domain }))
        : now === 'off'
          ? bad(t('The connector of {domain} was switched off.', { domain }), 'microsoft-admin')
          : bad(t('The connector of {domain} is not there any more.', { domain }), 'microsoft-admin');
    case 'connector-addresses':
      return {
        // Whoever lost the way in cannot send; one more is no harm.
        severity: before.some((one) => !after.includes(one)) ? 'bad' : 'notice',
        text: t('The connector of {domain} lets in {is} now; before it was {was}.', { domain, is, was }),
        who: 'you',
      };
    case 'failing': {
      const fresh = after.filter((one) => !before.includes(one));
      return fresh.length === 0
        ? good(t('{place}: mended: {checks}.', { place, checks: was }))
        : bad(t('{place}: a check fails that did not before: {checks}.', { place, checks: list(fresh, t) }), 'you');
    }
    case 'due': {
      const fresh = after.filter((one) => !before.includes(one));
      return fresh.length === 0
        ? good(t('A reminder was done with.'))
        : { severity: 'notice', text: t('Due soon: {what}.', { what: list(fresh, t) }), who: 'you' };
    }
  }
}

/** @param siteName name of an office by its id */
export const describeChange = (change: Change, siteName: (id: string) => string, t: Translate): ToldChange => ({
  ...change,
  ...wordsOf(change, change.site === null ? change.domain : siteName(change.site), t),
});
