/** The SPF record: does it let the office and Microsoft 365 send for the domain (RFC 7208), and which record would. */
import { z } from 'zod';
import { domainOf } from '../../core/address.ts';
import { addressesOnceKnown } from '../../core/evidence/office-address.ts';
import type { Detail } from '../../core/result.ts';
import { SpfResult } from '../../core/spf/spf-document.ts';
import { english, say } from '../../core/text.ts';
import { couldNotTell, defineCheck } from '../check.ts';
import publicIp from './public-ip.ts';
import seenIp from './seen-ip.ts';

const Evidence = z.object({
  record: z.string().nullable(),
  /** Every record found; more than one is an error. */
  records: z.array(z.string()),
  result: SpfResult.nullable(),
  lookups: z.number(),
  voidLookups: z.number(),
  /** Null when the published record is right, or none can be proposed. */
  proposed: z.string().nullable(),
  proposedLookups: z.number().nullable(),
  proposedNotes: z.array(z.string()),
  problem: z.string().nullable(),
  domain: z.string(),
  address: z.string().nullable(),
});

const blank = {
  record: null,
  records: [],
  result: null,
  lookups: 0,
  voidLookups: 0,
  proposed: null,
  proposedLookups: null,
  proposedNotes: [],
  problem: null,
  domain: '',
  address: null,
};

export default defineCheck({
  title: say('SPF record'),
  why: say('It tells receivers who may send for your domain; without it mail lands in junk.'),
  station: 'recipient',
  essential: true,
  deadlineMs: 30_000,
  needs: { publicIp, seenIp },
  evidence: Evidence,
  blank,
  probe: async ({ profile, environment, net, needs, signal, progress }) => {
    const ips = await addressesOnceKnown({ profile, ...needs });
    const [ip] = ips;
    if (ip === undefined)
      return couldNotTell(say('The public address is not known yet, so the SPF record could not be tried with it.'), [
        say('Enter the public address, or try again at the office.'),
      ]);
    const domain = profile.sender === null ? profile.domain : domainOf(profile.sender);
    progress(say('Reading the SPF record of {domain}', { domain }));
    const wanted = { ips, include: environment.relay.spfInclude };
    const sender = profile.sender ?? `postmaster@${domain}`;
    // Evidence is the same in every language; what the judge says itself is translated.
    const evaluated = await net.spf.evaluate({ ip, domain, sender, wanted }, { signal, t: english });
    const { record, records, result, lookups, voidLookups, proposed, proposedLookups, proposedNotes, problem } =
      evaluated;
    return {
      record,
      records,
      result,
      lookups,
      voidLookups,
      proposed,
      proposedLookups,
      proposedNotes,
      problem,
      domain,
      address: ip,
    };
  },
  judge: (evidence, { t }) => {
    const { result, record, records, proposed, problem, domain, lookups, proposedNotes } = evidence;
    const address = evidence.address ?? '';
    if (result === null || result === 'temperror')
      return {
        status: 'unknown',
        summary: t('The SPF record of {domain} could not be read completely.', { domain }),
        cause: problem,
        fix: [t('Try again in a few minutes; a name server did not answer.')],
        who: 'dns-host',
      };
    const details: readonly Detail[] = [
      ...(proposed === null
        ? []
        : [
            {
              kind: 'change' as const,
              label: t('TXT record of {domain}', { domain }),
              before: record,
              after: proposed,
            },
          ]),
      {
        kind: 'facts',
        rows: [
          { label: t('Look-ups (10 at most)'), value: String(lookups) },
          ...proposedNotes.map((note) => ({ label: t('Note'), value: note })),
        ],
      },
    ];
    if (result === 'pass' && proposed === null)
      return {
        status: 'pass',
        summary: t('{domain} lets {address} and Microsoft 365 send.', { domain, address }),
        details,
      };
    const fix =
      proposed === null
        ? [
            t(
              'Ask your DNS host or whoever looks after your domain to repair the record; RelayReady cannot propose one safely.',
            ),
          ]
        : [
            records.length === 0
              ? t('Sign in where your domain’s DNS is kept and add this TXT record for {domain}.', { domain })
              : t('Sign in where your domain’s DNS is kept and replace the SPF record of {domain} by the one below.', {
                  domain,
                }),
            t('There must be one record only that begins with “v=spf1”.'),
            t('Wait until it is live (minutes to hours), then check again.'),
          ];
    const who = 'dns-host' as const;
    if (result === 'none')
      return { status: 'fail', summary: t('{domain} has no SPF record.', { domain }), fix, who, details };
    if (result === 'permerror')
      return {
        status: 'fail',
        summary:
          records.length > 1
            ? t('{domain} has {count, number} SPF records; receivers then use none of them.', {
                domain,
                count: records.length,
              })
            : t('The SPF record of {domain} is broken; receivers treat it as an error.', { domain }),
        cause: problem,
        fix,
        who,
        details,
      };
    if (result === 'pass')
      return {
        status: 'fail',
        summary: t('The SPF record of {domain} is not complete yet.', { domain }),
        cause: t(
          'It lets {address} send, but mail from the scanner reaches outside recipients from Microsoft’s servers.',
          { address },
        ),
        fix,
        who,
        details,
      };
    return {
      status: 'fail',
      summary: t('The SPF record of {domain} does not let {address} send (result: {result}).', {
        domain,
        address,
        result,
      }),
      cause: t('Receivers compare the sending address with this record.'),
      fix,
      who,
      details,
    };
  },
});
