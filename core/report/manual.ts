/** The whole job by hand, step by step: what to do without this program, and what proves each step. Ids are those of the wizard's steps. */
import { METHODS } from '../advice/methods.ts';
import { ProfileDraft, type SetUp } from '../set-up.ts';
import { addressesOf } from './facts.ts';
import { clickPath } from '../script/click-path.ts';
import { say, type Text, type Translate } from '../text.ts';
import type { Station } from '../result.ts';

/** What has to be so; `id` is kept with a tick, so it never changes. */
export type Point = { readonly id: string; readonly text: Text };

export type Way = { readonly text: string; readonly value: string | null };

export type ManualStep = {
  readonly id: string;
  readonly title: Text;
  /** Results at these stations belong here: those behind the sign-in where `signedIn`, else those before it. */
  readonly stations: readonly Station[];
  readonly signedIn?: boolean;
  /** What to do; `value` is what to type. @param setUp gives the office's own values; null leaves lines to write on */
  readonly how: (setUp: SetUp | null, t: Translate) => readonly Way[];
  readonly points: readonly Point[];
};

/** To write on. */
export const BLANK = '____________________';
const EXAMPLE_ADDRESS = '203.0.113.7';
const EXAMPLE_DOMAIN = 'contoso.com';

const way = (text: string): Way => ({ text, value: null });

const texts =
  (...all: readonly Text[]): ManualStep['how'] =>
  (_, t) =>
    all.map((text) => way(t(text)));

/** The clicks with the office's own values; as long as they are not known, with lines to write on. */
function connectorClicks(setUp: SetUp | null, t: Translate): readonly Way[] {
  const { profile } = setUp ?? {};
  const addresses = setUp ? addressesOf(setUp) : [];
  if (profile && profile.domain !== '' && (addresses.length > 0 || profile.connector.authentication === 'certificate'))
    try {
      return clickPath({ ...profile, domain: profile.domain }, addresses, t);
    } catch {
      // A wish that cannot be granted as it is: the bare clicks help more than none.
    }
  return clickPath(
    { ...ProfileDraft.parse({ domain: EXAMPLE_DOMAIN }), domain: EXAMPLE_DOMAIN },
    [EXAMPLE_ADDRESS],
    t,
  ).map(({ text, value }) => ({
    text,
    value: value === EXAMPLE_ADDRESS ? BLANK : (value?.replace(EXAMPLE_DOMAIN, BLANK) ?? null),
  }));
}

const otherWays = (t: Translate): readonly Way[] =>
  (['relay-by-certificate', 'high-volume-email', 'oauth', 'direct-send'] as const).map((method) =>
    way(t('{way}: {cost}', { way: t(METHODS[method].title), cost: t(METHODS[method].cost) })),
  );

export const MANUAL: readonly ManualStep[] = [
  {
    id: 'scanner',
    title: say('Your scanner'),
    stations: ['device', 'office'],
    how: texts(
      say('Write down brand and model; both stand on the device, or on its screen under “Information”.'),
      say('On its screen open “Network” or “TCP/IP” and write down the IPv4 address, for example 192.168.1.50.'),
      say('On a computer in the office type that address into a web browser. The device’s own settings page opens.'),
      say('There, set date, time and time zone, and enter a DNS server; usually that is the address of the router.'),
    ),
    points: [
      { id: 'scanner.model', text: say('Brand and model are written down.') },
      {
        id: 'scanner.address',
        text: say('Its address on the office network is known, and its settings page opens.'),
      },
      { id: 'scanner.clock', text: say('Its date and time are right, and it knows a DNS server.') },
    ],
  },
  {
    id: 'address',
    title: say('Your address'),
    stations: ['microsoft'],
    how: texts(
      say(
        'Sign in at https://admin.microsoft.com as an administrator and open Settings, Domains. Your mail domain has to stand there, with its set-up complete.',
      ),
      say(
        'Choose the address the scanner sends from, for example scanner@contoso.com. It needs no mailbox and no licence; the part after the @ has to be that domain.',
      ),
      say('Open the domain, then “DNS records”. The value of its MX record is the server the scanner will send to.'),
      say(
        'To see where mail goes today, type on a computer: nslookup -type=mx contoso.com (with your domain). A name that is not Microsoft’s is a filter in front; the scanner still sends to Microsoft’s name.',
      ),
    ),
    points: [
      { id: 'address.domain', text: say('The mail domain is in Microsoft 365 and verified there.') },
      { id: 'address.sender', text: say('The From address of the scanner is in that domain.') },
      {
        id: 'address.mx',
        text: say('It is known where mail for the domain goes (the MX record), and whether a filter stands in front.'),
      },
    ],
  },
  {
    id: 'line',
    title: say('Your internet line'),
    stations: ['line', 'port-25'],
    how: texts(
      say(
        'In the office, on the network of the scanner, open the router’s status page and write down the public IPv4 address.',
      ),
      say(
        'Ask your internet provider: is this address fixed, is it ours alone, and is outgoing TCP port 25 open? Have the answer in writing.',
      ),
      say(
        'On a Windows computer in the office start PowerShell and type: Test-NetConnection SERVER -Port 25 (SERVER is the name from the MX record). “TcpTestSucceeded : True” proves that the port is open.',
      ),
      say(
        'Where OpenSSL is at hand, type: openssl s_client -starttls smtp -connect SERVER:25. The certificate has to be Microsoft’s; another one means that something in between looks into the mail.',
      ),
      say('Enter the public address at https://check.spamhaus.org. It should be on no list.'),
    ),
    points: [
      { id: 'line.fixed', text: say('The provider confirmed that the public address is fixed and not shared.') },
      { id: 'line.port', text: say('Outgoing port 25 is open.') },
      { id: 'line.tls', text: say('Encryption (STARTTLS) is offered and nobody looks into it.') },
      { id: 'line.lists', text: say('The address is on no block list.') },
    ],
  },
  {
    id: 'way',
    title: say('The right way'),
    stations: [],
    how: (_, t) => [
      way(
        t(
          'With a fixed address of your own and an open port 25, go on: Microsoft recognises the office by its address.',
        ),
      ),
      way(t('Otherwise ask the provider for a fixed address first, or choose another way:')),
      ...otherWays(t),
    ],
    points: [
      {
        id: 'way.chosen',
        text: say('Nothing speaks against a relay by address; otherwise another method was chosen.'),
      },
    ],
  },
  {
    id: 'sign-in',
    title: say('Sign in'),
    stations: [],
    how: texts(
      say(
        'Find out who may change mail settings: in the Microsoft 365 admin center under Roles, “Exchange Administrator”.',
      ),
      say('Ask that person to do the next step, or hand over the script that “relayready script” writes.'),
      say('Leave multi-factor sign-in and security defaults on; nothing here needs them off.'),
    ),
    points: [
      {
        id: 'sign-in.person',
        text: say('Somebody with the role Exchange Administrator is at hand, or has the script.'),
      },
    ],
  },
  {
    id: 'let-it-send',
    title: say('Let it send'),
    stations: ['microsoft'],
    signedIn: true,
    how: connectorClicks,
    points: [
      { id: 'let-it-send.plan', text: say('The plan was looked at before anything was changed.') },
      {
        id: 'let-it-send.connector',
        text: say(
          'The connector was made and read back: switched on, type “Your organization’s email server”, the right address.',
        ),
      },
      {
        id: 'let-it-send.enabled',
        text: say('If Microsoft made it switched off: Microsoft support was asked to switch it on.'),
      },
    ],
  },
  {
    id: 'dns',
    title: say('DNS record'),
    stations: ['recipient'],
    how: texts(
      say(
        'Type on a computer: nslookup -type=txt contoso.com (with your domain), and look for the line that begins with v=spf1.',
      ),
      say('To see who holds the records, type: nslookup -type=ns contoso.com. Sign in at that company.'),
      say(
        'Change the TXT record that begins with v=spf1; never add a second one. Behind v=spf1 it needs ip4: with your public address, and include:spf.protection.outlook.com.',
      ),
      say(
        'If there is none, add a TXT record for the domain itself: v=spf1 ip4:ADDRESS include:spf.protection.outlook.com -all',
      ),
      say('Leave all else in the record as it is: other services send in your name by it.'),
      say('Ask again with nslookup after an hour; some servers keep the old record for up to two days.'),
    ),
    points: [
      {
        id: 'dns.one',
        text: say('There is exactly one SPF record; it holds the office’s address and Microsoft’s include.'),
      },
      { id: 'dns.live', text: say('It is live at the domain’s own name servers.') },
    ],
  },
  {
    id: 'test',
    title: say('Test'),
    stations: [],
    how: texts(
      say('Wait until about an hour after the connector was made; Microsoft needs that long to spread it.'),
      say(
        'Send one message to somebody outside, for example a private address, and one to a colleague; from the scanner, or with “relayready test”.',
      ),
      say(
        'Look into both mailboxes, and into junk. A message inside alone proves nothing: that works without a connector, too.',
      ),
      say(
        'If one is refused, copy the whole reply and look it up: “relayready explain”, or the number in it, such as 5.7.64.',
      ),
    ),
    points: [
      {
        id: 'test.outside',
        text: say('A message to somebody outside the organisation arrived (inside alone proves nothing).'),
      },
      { id: 'test.inside', text: say('A message to somebody inside arrived, and not in junk.') },
    ],
  },
  {
    id: 'device-settings',
    title: say('Set up the scanner'),
    stations: [],
    how: texts(
      say('On the device’s settings page open its mail settings, often called “E-mail”, “SMTP” or “Scan to e-mail”.'),
      say(
        'Mail server (SMTP): the name from the MX record. Port: 25. Encryption: STARTTLS, sometimes called TLS; never SSL on port 465.',
      ),
      say('Login (SMTP authentication): off, with no user name and no password. Sender: the address chosen above.'),
      say('Save, and scan a page to somebody outside.'),
    ),
    points: [
      {
        id: 'device-settings.typed',
        text: say('Server, port 25, STARTTLS, no login and the sender are typed in.'),
      },
      { id: 'device-settings.scan', text: say('A scan from the device itself arrived outside.') },
    ],
  },
  {
    id: 'done',
    title: say('Done'),
    stations: [],
    how: texts(
      say(
        'Print the hand-over sheet, or write down server, address, connector and record, and file it with the network’s papers.',
      ),
      say('Sign out of the admin pages.'),
      say(
        'Put a date to look again into the calendar: when the provider, the router or the DNS records change, else once a year.',
      ),
    ),
    points: [
      { id: 'done.filed', text: say('The hand-over sheet is printed and filed.') },
      { id: 'done.signed-out', text: say('Signed out; it is noted when to look again.') },
    ],
  },
];
