/** The words and icons for states and for who has to act, said once for every place that shows them. */
import { say, type Text } from '../../core/text.ts';
import type { PathState } from '../../core/report/path.ts';
import type { Station, Who } from '../../core/result.ts';
import type { Answer } from '../steps/step.ts';
import type { IconName } from './Icon.tsx';

export type State = PathState;

export const STATE_WORDS: Readonly<Record<State, Text>> = {
  pass: say('Good'),
  warn: say('Worth a look'),
  fail: say('Needs doing'),
  unknown: say('Could not tell'),
  skipped: say('Not needed'),
  waiting: say('Not asked yet'),
  running: say('Looking …'),
};

export const STATE_ICONS: Readonly<Record<State, IconName>> = {
  pass: 'good',
  warn: 'warning',
  fail: 'stop',
  unknown: 'question',
  skipped: 'dash',
  waiting: 'dot',
  running: 'spinner',
};

export const WHO_WORDS: Readonly<Record<Who, Text | null>> = {
  you: say('You can do this yourself'),
  'device-supplier': say('Whoever looks after the scanner'),
  'internet-provider': say('Your internet provider'),
  'dns-host': say('Whoever looks after your DNS records'),
  'microsoft-admin': say('Your Microsoft 365 administrator'),
  microsoft: say('Microsoft’s support'),
  nobody: null,
};

export const STATION_ICONS: Readonly<Record<Station, IconName>> = {
  device: 'scanner',
  office: 'office',
  line: 'globe',
  'port-25': 'door',
  microsoft: 'cloud',
  recipient: 'inbox',
};

/** Names of the clouds as Microsoft's customers know them; others are shown as they are called. */
export const CLOUD_WORDS: Readonly<Record<string, Text>> = {
  public: say('Worldwide (the usual one)'),
  'gcc-high': say('US Government, GCC High'),
  dod: say('US Government, DoD'),
  '21vianet': say('China, operated by 21Vianet'),
};

/** Answers by the name they have on the page. */
export const ANSWER_WORDS: Readonly<Record<Answer, Text | null>> = {
  schema: null,
  notes: null,
  name: say('Name of this set-up'),
  domain: say('Your mail domain'),
  sender: say('The scanner sends from'),
  devices: say('Address of the scanner'),
  publicIps: say('Public address of the office'),
  relayHost: say('Microsoft’s mail server for your domain'),
  testRecipients: say('To whom the test goes'),
  connector: say('The right way'),
  environment: say('Microsoft cloud'),
};
