/** The SPF record: does it let the office and Microsoft 365 send for the domain (RFC 7208), and which record would. */
import { z } from 'zod';
import { domainOf } from '../../core/address.ts';
import { addressesOnceKnown } from '../../core/evidence/office-address.ts';
import type { Detail } from '../../core/result.ts';
import { isNearRecord } from '../../core/spf/near-record.ts';
import { isSpfRecord } from '../../core/spf/parse-record.ts';
import { SpfNode, SpfResult } from '../../core/spf/spf-document.ts';
import { treeRows } from '../../core/spf/tree-rows.ts';
import { english, say, type Translate } from '../../core/text.ts';
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
  /** How the record was read, record by record. */
  tree: z.array(SpfNode).default([]),
  /** A text that was meant as the record, but that no receiver takes for one. */
  near: z.string().nullable().default(null),
  /** What this network's name server says, where the domain's own say something else; they count. */
  here: z
    .object({ records: z.array(z.string()), ttlSeconds: z.number() })
    .nullable()
    .default(null),
  /** The domain's own name servers do not all say the same. */
  own: z.array(z.object({ nameServer: z.string(), records: z.array(z.string()) })).default([]),
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
  tree: [],
  near: null,
  here: null,
  own: [],
};

/** SPF records only, in an order that can be compared. */
const spfTexts = (records: readonly { readonly data: string }[]): string[] =>
  records
    .map(({ data }) => data)
    .filter(isSpfRecord)
    .sort();
const same = (one: readonly string[], other: readonly string[]): boolean => one.join('\n') === other.join('\n');

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
    const domain = profile.sender === null ? profile.domain : domainOf(profile.sender);
    // Asked beside the address, not after it; the answer is remembered.
    net.spf.prefetch(domain, { signal });
    const asking = net.dns.query(domain, 'TXT', { signal });
    const askingOwn = net.authority.ask(domain, 'TXT', { signal });
    for (const early of [asking, askingOwn]) early.catch(() => undefined);
    const ips = await addressesOnceKnown({ profile, ...needs });
    const [ip] = ips;
    if (ip === undefined)
      return couldNotTell(say('The public address is not known yet, so the SPF record could not be tried with it.'), [
        say('Enter the public address, or try again at the office.'),
      ]);
    progress(say('Reading the SPF record of {domain}', { domain }));
    const wanted = { ips, include: environment.relay.spfInclude };
    const sender = profile.sender ?? `postmaster@${domain}`;
    // Evidence is the same in every language; what the judge says itself is translated.
    const seen = await asking;
    const own = ((await askingOwn)?.answers ?? []).map(({ nameServer, records, ...answer }) => ({
      nameServer,
      texts: records.map(({ data }) => data),
      records: spfTexts(records),
      authoritative: answer.authoritative,
    }));
    const told = own.filter(({ authoritative }) => authoritative);
    const [first] = told;
    const settled = ['ok', 'no-data', 'no-such-name'].includes(seen.status);
    const differs = first !== undefined && settled && !same(first.records, spfTexts(seen.records));
    const evaluated = await net.spf.evaluate(
      { ip, domain, sender, wanted, ...(differs ? { published: first.texts } : {}) },
      { signal, t: english },
    );
    const { record, records, result, lookups, voidLookups, proposed, proposedLookups, proposedNotes, problem, tree } =
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
      tree,
      near: (differs ? first.texts : seen.records.map(({ data }) => data)).find(isNearRecord) ?? null,
      here: differs
        ? { records: spfTexts(seen.records), ttlSeconds: Math.max(0, ...seen.records.map(({ ttl }) => ttl)) }
        : null,
      own: told.every((one) => same(one.records, first?.records ?? []))
        ? []
        : told.map(({ nameServer, records }) => ({ nameServer, records })),
    };
  },
  judge: (evidence, { t }) => {
    const { result, record, records, proposed, problem, domain, lookups, proposedNotes, near, here, own } = evidence;
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
      ...(here === null && own.length === 0 ? [] : [whoSaysWhat(evidence, t)]),
      ...(evidence.tree.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              columns: [t('How the record is read'), t('Look-ups'), t('Result')],
              rows: treeRows(evidence.tree, t).map((row) => [...row]),
            },
          ]),
    ];
    if (own.length > 0)
      return {
        status: 'unknown',
        summary: t('The name servers of {domain} do not agree on its SPF record.', { domain }),
        cause: t('A change is still on its way from one to the others, or one of them is out of order.'),
        fix: [t('Check again in an hour.'), t('If it stays like this, send the table below to your DNS host.')],
        who: 'dns-host',
        details,
      };
    if (result === 'pass' && proposed === null && here !== null)
      return {
        status: 'warn',
        summary: t('{domain} lets {address} and Microsoft 365 send, but not everybody knows it yet.', {
          domain,
          address,
        }),
        cause: t(
          'This network’s name server still has another record. Either it keeps the old one for up to {minutes, number} minutes, or this office has name servers of its own for {domain}; those count inside the office only.',
          { minutes: Math.ceil(here.ttlSeconds / 60), domain },
        ),
        fix: [t('Wait that long, then check again. What the domain’s own name servers say is what counts outside.')],
        who: 'nobody',
        details,
      };
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
      return {
        status: 'fail',
        summary:
          near === null
            ? t('{domain} has no SPF record.', { domain })
            : t('{domain} has no SPF record that receivers can read.', { domain }),
        cause: near === null ? null : t('Something is wrong with the one that is there: {text}', { text: near }),
        fix,
        who,
        details,
      };
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

function whoSaysWhat({ here, own, record }: z.infer<typeof Evidence>, t: Translate): Detail {
  const none = t('no SPF record');
  const rows = [
    ...(here === null
      ? []
      : [
          [t('This network’s name server'), here.records.join('\n') || none],
          [t('The domain’s own name servers'), record ?? none],
        ]),
    ...own.map(({ nameServer, records }) => [nameServer, records.join('\n') || none]),
  ];
  return { kind: 'table', columns: [t('Asked'), t('SPF record')], rows };
}
