/** The few words every surface uses for states, people and places. */
import type { ReportVerdict, Station, Status, Who } from '../result.ts';
import type { Translate } from '../text.ts';

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
