/** The few words every surface uses for states, people and places. */
import type { TestMessage } from '../mail/test-document.ts';
import type { Outcome } from '../plan/plan.ts';
import type { ReportVerdict, Station, Status, Who } from '../result.ts';
import { say, type Text, type Translate } from '../text.ts';

export const statusWord = (status: Status, t: Translate): string =>
  ({
    pass: t('good'),
    warn: t('worth a look'),
    fail: t('needs doing'),
    unknown: t('could not tell'),
    skipped: t('not needed'),
  })[status];

export const STATUS_ICON: Readonly<Record<Status, string>> = {
  pass: '✓',
  warn: '!',
  fail: '✗',
  unknown: '?',
  skipped: '–',
};

export const whoWord = (who: Who, t: Translate): string =>
  ({
    you: t('you'),
    'device-supplier': t('the supplier of the device'),
    'internet-provider': t('your internet provider'),
    'dns-host': t('whoever manages the domain'),
    'microsoft-admin': t('your Microsoft 365 administrator'),
    microsoft: t('Microsoft'),
    nobody: t('nobody'),
  })[who];

export const verdictWord = (verdict: ReportVerdict, t: Translate): string =>
  ({
    ready: t('Ready'),
    'action-needed': t('Something needs doing'),
    'cannot-tell': t('Could not be told'),
  })[verdict];

export const stationWord = (station: Station, t: Translate): string =>
  ({
    device: t('Scanner'),
    office: t('Office network'),
    line: t('Internet line'),
    'port-25': t('Port 25'),
    microsoft: t('Microsoft 365'),
    recipient: t('Recipient'),
  })[station];

type Said = { readonly status: Status; readonly text: Text };

/** What became of a change. */
export const OUTCOME_WORDS: Readonly<Record<Outcome['status'], Said>> = {
  done: { status: 'pass', text: say('It is done, and was read back from Microsoft 365.') },
  'nothing-to-do': { status: 'pass', text: say('Everything was set already; nothing was changed.') },
  refused: { status: 'fail', text: say('Microsoft refused the change.') },
  failed: { status: 'fail', text: say('The change could not be made.') },
  unknown: {
    status: 'unknown',
    text: say(
      'The change was sent, but no answer came back. Whether it took effect is not known; nothing is sent again by itself.',
    ),
  },
};

export const OUTCOME_STEP_WORDS: Readonly<Record<Outcome['steps'][number]['status'], Said>> = {
  done: { status: 'pass', text: say('done') },
  refused: { status: 'fail', text: say('refused') },
  failed: { status: 'fail', text: say('failed') },
  unknown: { status: 'unknown', text: say('not known') },
  'not-run': { status: 'skipped', text: say('not run') },
};

/** What became of a test message. */
export const MESSAGE_WORDS: Readonly<Record<TestMessage['outcome'], Said>> = {
  accepted: { status: 'pass', text: say('Microsoft took the message') },
  refused: { status: 'fail', text: say('The message was refused') },
  deferred: { status: 'warn', text: say('Microsoft asks to try again later') },
  unknown: {
    status: 'unknown',
    text: say(
      'We don’t know: the line dropped before the answer came. Look into the mailbox; it is not sent again by itself.',
    ),
  },
  'not-sent': { status: 'skipped', text: say('The message was not sent') },
};
