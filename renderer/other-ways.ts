/** For each thing the program does: how a person does the same without it, by hand and by a command; pure. */
import { say, type Text } from '../core/text.ts';
import type { SetUp } from '../core/set-up.ts';
import { relayHostOf, sendingAddress } from './facts.ts';

export type Work = 'scanner' | 'address' | 'line' | 'record' | 'change' | 'undo' | 'test' | 'catch';

export type OtherWays = {
  readonly byHand: readonly Text[];
  /** Commands of the system itself. */
  readonly system: readonly string[];
  /** The same work by RelayReady's own command line. */
  readonly own: readonly string[];
};

const given = (option: string, value: string | null | undefined): string => (value ? ` --${option} ${value}` : '');

/** @param checks ids of the step's checks; empty where it has none */
export function otherWays(work: Work, setUp: SetUp, checks: readonly string[]): OtherWays {
  const { profile } = setUp;
  const domain = profile.domain || 'contoso.com';
  const device = profile.devices[0]?.address ?? '';
  const host = relayHostOf(setUp) ?? `${domain.replaceAll('.', '-')}.mail.protection.outlook.com`;
  const place =
    given('domain', domain) +
    given('sender', profile.sender) +
    given('device', device) +
    profile.publicIps.map((address) => given('public-ip', address)).join('');
  const check = `relayready check${place}${given('only', checks.join(','))}`;
  const { internal, external } = profile.testRecipients;
  switch (work) {
    case 'scanner':
      return {
        byHand: [
          say(
            'Look on the scanner’s screen under “Network” or “TCP/IP”, or print its configuration page; its address stands there.',
          ),
          say(
            'Type the scanner’s address into a browser on this computer. If its own page appears, it is switched on and can be reached.',
          ),
        ],
        system: device === '' ? [] : [`ping ${device}`],
        own: ['relayready discover', check],
      };
    case 'address':
      return {
        byHand: [
          say(
            'In the Microsoft 365 admin center open Settings, Domains: the domain has to be in the list, and “Healthy”.',
          ),
          say('Its mail server stands there under DNS records, at “MX”.'),
        ],
        system: [`nslookup -type=MX ${domain}`],
        own: [check],
      };
    case 'line':
      return {
        byHand: [
          say(
            'Ask your internet provider: is our public address a fixed one, which is it, and is outgoing TCP port 25 open?',
          ),
          say(
            'On Windows type the first command into PowerShell, on macOS and Linux the second. “TcpTestSucceeded: True” or “succeeded” means that the port is open.',
          ),
        ],
        system: [`Test-NetConnection ${host} -Port 25`, `nc -vz ${host} 25`],
        own: [check],
      };
    case 'record':
      return {
        byHand: [
          say(
            'Send the line under “New” to whoever looks after your DNS records. It takes the place of the one that begins with v=spf1.',
          ),
        ],
        system: [`nslookup -type=TXT ${domain}`],
        own: [
          `relayready spf${given('ip', sendingAddress(setUp) ?? '203.0.113.7')}${given('domain', domain)}${given('sender', profile.sender)}`,
        ],
      };
    case 'change':
      return {
        byHand: [],
        system: [],
        own: [`relayready plan${place}`, `relayready apply${place}`, `relayready script${place} --out relayready.ps1`],
      };
    case 'undo':
      return {
        byHand: [
          say(
            'Open admin.exchange.microsoft.com: Mail flow, Connectors. Choose the connector “{name}” and delete it, or put the former values back.',
            {
              name: profile.connector.name,
            },
          ),
        ],
        system: [`Remove-InboundConnector -Identity "${profile.connector.name.replaceAll(/["`$]/g, '')}"`],
        own: [`relayready undo${place}`],
      };
    case 'test':
      return {
        byHand: [
          say(
            'Scan a page to an address outside your company, for example a private one, and look into that mailbox and its junk folder.',
          ),
        ],
        system: [],
        own: [`relayready test${place}${given('internal', internal)}${given('external', external)}`],
      };
    case 'catch':
    default:
      return {
        byHand: [
          say(
            'Most scanners keep a log of what was sent: look on their own page under “Job log” or “Transmission report”.',
          ),
        ],
        system: [],
        own: [`relayready catch${given('device', /^[\d.]+$/.test(device) ? device : null)}`],
      };
  }
}
