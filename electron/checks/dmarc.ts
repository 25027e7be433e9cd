/** DMARC: what receivers are asked to do with mail that neither SPF nor DKIM vouches for (RFC 7489). */
import { z } from 'zod';
import { domainOf } from '../../core/address.ts';
import { say } from '../../core/text.ts';
import { couldNotLookUp, defineCheck } from '../check.ts';

const Evidence = z.object({
  record: z.string().nullable(),
  /** Every record found at the name; more than one counts as none (RFC 7489 §6.6.3). */
  records: z.array(z.string()),
  /** Name the record was found at: the domain or one above it. */
  foundAt: z.string().nullable(),
  policy: z.enum(['none', 'quarantine', 'reject']).nullable(),
});

const policyOf = (record: string): 'none' | 'quarantine' | 'reject' | null =>
  (/;\s*p\s*=\s*(none|quarantine|reject)\s*(?:;|$)/i.exec(record)?.[1]?.toLowerCase() as
    'none' | 'quarantine' | 'reject' | undefined) ?? null;

export default defineCheck({
  title: say('DMARC policy'),
  why: say('It tells receivers what to do with forged mail in your name.'),
  station: 'recipient',
  evidence: Evidence,
  blank: { record: null, records: [], foundAt: null, policy: null },
  probe: async ({ profile, net, signal, progress }) => {
    const domain = profile.sender === null ? profile.domain : domainOf(profile.sender);
    progress(say('Looking up the DMARC policy of {domain}', { domain }));
    // Up the tree, never to a top-level domain; the organisation's own record is the last one that has two labels.
    for (let labels = domain.split('.'); labels.length >= 2; labels = labels.slice(1)) {
      const name = labels.join('.');
      const answer = await net.dns.query(`_dmarc.${name}`, 'TXT', { signal });
      if (!['ok', 'no-data', 'no-such-name'].includes(answer.status)) return couldNotLookUp(answer.status, answer.name);
      const records = answer.records.map(({ data }) => data).filter((data) => /^v\s*=\s*DMARC1\s*(?:;|$)/.test(data));
      if (records.length > 0) {
        const record = records.length === 1 ? (records[0] ?? null) : null;
        return { record, records, foundAt: name, policy: record === null ? null : policyOf(record) };
      }
    }
    return { record: null, records: [], foundAt: null, policy: null };
  },
  judge: ({ record, records, policy }, { profile, t }) => {
    const domain = profile.sender === null ? profile.domain : domainOf(profile.sender);
    const who = 'dns-host' as const;
    if (records.length > 1)
      return {
        status: 'warn',
        summary: t('{domain} has {count, number} DMARC records; receivers then use none.', {
          domain,
          count: records.length,
        }),
        fix: [t('Delete all but one.')],
        who,
      };
    if (record === null)
      return {
        status: 'warn',
        summary: t('{domain} has no DMARC policy.', { domain }),
        cause: t('Not needed for the scanner to send; large receivers expect one from companies.'),
        fix: [
          t('Add a TXT record for _dmarc.{domain} with the text below; it changes nothing about your mail yet.', {
            domain,
          }),
        ],
        who,
        details: [{ kind: 'copy', label: `_dmarc.${domain}`, text: 'v=DMARC1; p=none' }],
      };
    if (policy === null)
      return {
        status: 'warn',
        summary: t('The DMARC record of {domain} cannot be read: it names no policy.', { domain }),
        fix: [t('Write it like “v=DMARC1; p=none”.')],
        who,
        details: [{ kind: 'copy', label: t('Now'), text: record }],
      };
    return { status: 'pass', summary: t('{domain} has a DMARC policy ({policy}).', { domain, policy }) };
  },
});
