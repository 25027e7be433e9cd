/** DKIM: has Microsoft 365's signature been switched on for the domain (RFC 6376; selectors `selector1`, `selector2`). */
import { z } from 'zod';
import { domainOf } from '../../core/address.ts';
import { say } from '../../core/text.ts';
import { couldNotLookUp, defineCheck } from '../check.ts';

const SELECTORS = ['selector1', 'selector2'];

const Evidence = z.object({
  selectors: z.array(
    z.object({
      selector: z.string(),
      /** Where the CNAME leads, or null. */
      target: z.string().nullable(),
      /** The key record, or null. */
      record: z.string().nullable(),
      /** A key is there and not withdrawn. */
      usable: z.boolean(),
    }),
  ),
});

/** An empty `p=` withdraws the key (RFC 6376 §3.6.1). */
const isUsable = (record: string): boolean => /(?:^|;)\s*p\s*=\s*[A-Za-z0-9+/]/.test(record);

export default defineCheck({
  title: say('DKIM signature'),
  why: say('A signature on every mail keeps it out of junk, also when it is forwarded.'),
  station: 'recipient',
  evidence: Evidence,
  blank: { selectors: [] },
  probe: async ({ profile, net, signal, progress }) => {
    const domain = profile.sender === null ? profile.domain : domainOf(profile.sender);
    progress(say('Looking up the DKIM keys of {domain}', { domain }));
    const answers = await Promise.all(
      SELECTORS.map(async (selector) => ({
        selector,
        answer: await net.dns.query(`${selector}._domainkey.${domain}`, 'TXT', { signal }),
      })),
    );
    const trouble = answers.find(({ answer }) => !['ok', 'no-data', 'no-such-name'].includes(answer.status))?.answer;
    if (trouble && answers.every(({ answer }) => answer.status !== 'ok'))
      return couldNotLookUp(trouble.status, trouble.name);
    return {
      selectors: answers.map(({ selector, answer }) => {
        const record = answer.records[0]?.data ?? null;
        return { selector, target: answer.aliases.at(-1) ?? null, record, usable: record !== null && isUsable(record) };
      }),
    };
  },
  judge: ({ selectors }, { profile, t }) => {
    const domain = profile.sender === null ? profile.domain : domainOf(profile.sender);
    if (selectors.some(({ usable }) => usable))
      return { status: 'pass', summary: t('{domain} has a DKIM key for Microsoft 365.', { domain }) };
    const pointed = selectors.some(({ target }) => target !== null);
    return {
      status: 'warn',
      summary: pointed
        ? t('{domain} points to a DKIM key of Microsoft 365, but there is no usable key yet.', { domain })
        : t('No DKIM key of Microsoft 365 was found for {domain}.', { domain }),
      cause: t('Not needed for the scanner to send, but mail is trusted more with it.'),
      fix: [
        t(
          'In the Microsoft Defender portal, under Email authentication settings, DKIM, choose {domain} and copy the two CNAME records into your DNS.',
          { domain },
        ),
        t('Then switch the signature on there.'),
      ],
      who: 'microsoft-admin',
    };
  },
});
