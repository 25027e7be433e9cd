/** Which way of sending fits the facts of an office, and why: a table, no network, no guess beyond what was found. */
import { say, type Text, type Translate } from '../text.ts';
import { METHODS, type Method } from './methods.ts';

/** What is known; `unknown` and null never speak against a way by themselves. */
export type OfficeFacts = {
  readonly address: 'fixed' | 'changing' | 'shared' | 'unknown';
  readonly port25: 'open' | 'closed' | 'unknown';
  readonly recipients: 'inside' | 'anyone' | 'unknown';
  /** Can the device sign in with OAuth? */
  readonly oauth: boolean | null;
  /** Can the device, or a mail server in the office, present a certificate of its own? */
  readonly certificate: boolean | null;
  /** Microsoft keeps a new company's connectors switched off until its support has looked. */
  readonly connectorsBlocked: boolean | null;
  /** The company refuses Direct Send (RejectDirectSend). */
  readonly directSendRefused: boolean | null;
  /** Is there a licensed mailbox the device may use? */
  readonly licensedMailbox: boolean | null;
  /** Recipients a day, at most. */
  readonly recipientsPerDay: number | null;
  /** YYYY-MM-DD; the ways with a date to them go by it. Empty where nobody knows. */
  readonly today: string;
};

export const NOTHING_KNOWN: OfficeFacts = {
  address: 'unknown',
  port25: 'unknown',
  recipients: 'unknown',
  oauth: null,
  certificate: null,
  connectorsBlocked: null,
  directSendRefused: null,
  licensedMailbox: null,
  recipientsPerDay: null,
  today: '',
};

/** A way that works, perhaps after something else was done first. */
type Fit = { readonly why: Text; readonly first: readonly Text[] };
type Out = { readonly out: Text };

const OPEN_PORT = say(
  'Ask your internet provider to open outgoing TCP port 25 towards Microsoft 365; many do so for business lines. Look also at your own firewall.',
);
const FIXED_ADDRESS = say('Ask your internet provider for a fixed public IPv4 address of your own.');
const ASK_MICROSOFT = say('Ask Microsoft’s support to allow connectors for your company.');

const GET_MAILBOX = say('Get a licensed mailbox for the scanner; a shared one without a licence is not enough.');
/** Exchange Online limits, per mailbox in 24 hours. */
const MAILBOX_RECIPIENTS = 10_000;
const tooMany = (recipients: number | null): boolean => recipients !== null && recipients > MAILBOX_RECIPIENTS;
const TOO_MANY = say('One mailbox reaches 10,000 recipients a day at most.');
/** The last day on which nothing has changed yet (Exchange team, January 2026; likely). */
const PASSWORD_OFF = '2026-12-31';

/** What speaks against letting the office's address send, in plain words; none means that the usual way is right. */
export function reasonsAgainst({ address, port25, connectorsBlocked }: OfficeFacts): readonly Text[] {
  return [
    ...(port25 === 'closed'
      ? [say('This line does not let mail out through port 25, the only way to this service.')]
      : []),
    ...(address === 'changing'
      ? [say('The office’s address probably changes from time to time; each change would stop the scanner.')]
      : []),
    ...(address === 'shared'
      ? [
          say(
            'The office shares its address with other customers of the provider; whoever else uses it could send in your name.',
          ),
        ]
      : []),
    ...(connectorsBlocked === true
      ? [say('Microsoft does not yet let your company use a connector; it does so with new companies.')]
      : []),
  ];
}

const before = (facts: OfficeFacts): readonly Text[] => [
  ...(facts.port25 === 'closed' ? [OPEN_PORT] : []),
  ...(facts.connectorsBlocked === true ? [ASK_MICROSOFT] : []),
];

const RULES: Readonly<Record<Method, (facts: OfficeFacts) => Fit | Out>> = {
  'relay-by-address': (facts) => {
    const first = [
      ...before(facts),
      ...(facts.address === 'changing' || facts.address === 'shared' ? [FIXED_ADDRESS] : []),
    ];
    if (first.length > 0)
      return { why: say('Best for most offices, once what stands in its way is out of it. Reaches anybody.'), first };
    return facts.address === 'fixed' && facts.port25 === 'open'
      ? {
          why: say('The address looks fixed and port 25 is open. No password, no mailbox, and it reaches anybody.'),
          first,
        }
      : {
          why: say('Nothing that was found speaks against it. No password, no mailbox, and it reaches anybody.'),
          first,
        };
  },
  'relay-by-certificate': (facts) =>
    facts.port25 === 'closed'
      ? { out: say('It uses port 25 too, which this line does not let through.') }
      : {
          why: say('For devices that can present their own certificate when they send. The address may then change.'),
          first: [
            ...before(facts),
            ...(facts.certificate === false
              ? [
                  say(
                    'This device cannot present a certificate: let a mail server in the office take its mail and pass it on with one.',
                  ),
                ]
              : []),
          ],
        },
  oauth: ({ oauth, licensedMailbox, recipientsPerDay }) => {
    if (oauth === false) return { out: say('This device cannot sign in with OAuth.') };
    if (tooMany(recipientsPerDay)) return { out: TOO_MANY };
    const first = licensedMailbox === false ? [GET_MAILBOX] : [];
    return oauth
      ? { why: say('This device can sign in with OAuth. It usually works on any line, and reaches anybody.'), first }
      : {
          why: say(
            'For newer devices whose menu offers Microsoft 365 sign-in. Usually works on any line, and reaches anybody.',
          ),
          first,
        };
  },
  'high-volume-email': ({ recipients }) =>
    recipients === 'anyone'
      ? { out: say('It reaches your own company only.') }
      : { why: say('Reaches your own company only. Usually works on any line.'), first: [] },
  'direct-send': ({ recipients, port25, directSendRefused, address }) => {
    if (recipients === 'anyone') return { out: say('It reaches your own company only.') };
    if (port25 === 'closed') return { out: say('It uses port 25 too, which this line does not let through.') };
    if (directSendRefused === true) return { out: say('Your company has switched Direct Send off, which is wise.') };
    return address === 'changing' || address === 'shared'
      ? {
          why: say(
            'Needs no connector, but reaches your own company only; from such an address the messages are likely to end up as junk.',
          ),
          first: [],
        }
      : { why: say('Needs no connector, but never reaches anybody outside your company.'), first: [] };
  },
  password: ({ licensedMailbox, recipientsPerDay, today }) => {
    if (tooMany(recipientsPerDay)) return { out: TOO_MANY };
    if (today > PASSWORD_OFF)
      return {
        out: say(
          'Microsoft has switched it off by default since the end of December 2026. An administrator can usually switch it on again for a while; the last day is to be named in the second half of 2027.',
        ),
      };
    return {
      why: say(
        'Only for the time being: at the end of December 2026 Microsoft switches it off by default, and ends it later for good.',
      ),
      first: licensedMailbox === false ? [GET_MAILBOX] : [],
    };
  },
};

/** Ways worth naming, the best first. A way that needs nothing first and is known to work comes before one that has to be prepared. */
function order(facts: OfficeFacts): readonly Method[] {
  const usual: readonly Method[] = [
    'relay-by-address',
    'relay-by-certificate',
    'oauth',
    'high-volume-email',
    'direct-send',
    'password',
  ];
  if (reasonsAgainst(facts).length === 0) return usual;
  const inside = facts.recipients === 'inside';
  const steadyAddress = facts.address === 'fixed' || facts.address === 'unknown';
  const atOnce: readonly Method[] = [
    ...(facts.certificate === true && facts.connectorsBlocked !== true ? (['relay-by-certificate'] as const) : []),
    ...(facts.oauth === true ? (['oauth'] as const) : []),
    ...(inside && steadyAddress ? (['direct-send'] as const) : []),
    ...(inside ? (['high-volume-email'] as const) : []),
  ];
  return [...new Set([...atOnce, ...usual])];
}

export type Suggestion = {
  readonly method: Method;
  readonly title: string;
  readonly why: string;
  readonly cost: string;
  /** What has to be done, or to be had, before this way works at all; then how it is set up. */
  readonly first: readonly string[];
  readonly steps: readonly string[];
};
export type Advice = Suggestion & {
  readonly others: readonly Suggestion[];
  readonly ruledOut: readonly { readonly method: Method; readonly title: string; readonly why: string }[];
};

export function advise(facts: OfficeFacts, t: Translate): Advice {
  const suggestions: Suggestion[] = [];
  const ruledOut: { method: Method; title: string; why: string }[] = [];
  for (const method of order(facts)) {
    const judged = RULES[method](facts);
    const { title, cost, steps } = METHODS[method];
    if ('out' in judged) ruledOut.push({ method, title: t(title), why: t(judged.out) });
    else
      suggestions.push({
        method,
        title: t(title),
        why: t(judged.why),
        cost: t(cost),
        first: judged.first.map((text) => t(text)),
        steps: steps.map((text) => t(text)),
      });
  }
  const [best, ...others] = suggestions;
  if (!best) throw new Error('relay-by-address is never ruled out');
  return { ...best, others, ruledOut };
}
