/** The notice on the desktop when a regular look found something new: short, without anything secret, names cleaned. */
import { redact } from '../redact.ts';
import type { Translate } from '../text.ts';

export type Notice = { readonly title: string; readonly body: string };

/** What is new at one office, and whose it is. */
export type News = { readonly name: string; readonly texts: readonly string[] };

const MOST_NAMES = 5;
const MOST_NAME = 60;
const MOST_BODY = 240;

/** Control characters, line ends, and marks that turn the direction of writing, would let a name pretend to be more. */
function clean(text: string, most: number): string {
  const line = redact(text)
    // Z: separators; C: controls, formatting marks (also the ones of direction), private use.
    .replaceAll(/[\p{Z}\p{C}]+/gu, ' ')
    .trim();
  const signs = Array.from(new Intl.Segmenter('en').segment(line), ({ segment }) => segment);
  return signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : line;
}

/** @returns null when nothing is new: then nobody is disturbed */
export function noticeOf(news: readonly News[], t: Translate): Notice | null {
  const [first] = news;
  if (!first) return null;
  const shown = news.slice(0, MOST_NAMES).map(({ name }) => clean(name, MOST_NAME));
  if (news.length === 1)
    return {
      title: t('RelayReady: something is new at {name}', { name: shown[0] ?? '' }),
      body: clean(first.texts.join(' '), MOST_BODY) || t('Something needs doing. Open RelayReady to see what.'),
    };
  const names = shown.join(', ');
  return {
    title: t('RelayReady: something is new at {count, number} offices', { count: news.length }),
    body:
      news.length > shown.length
        ? t('{names} and {more, number} more. Open RelayReady to see what.', {
            names,
            more: news.length - shown.length,
          })
        : t('{names}. Open RelayReady to see what.', { names }),
  };
}

/** A regular look that cannot be taken at all would otherwise look like good news for ever. */
export const failureNotice = (reason: string, t: Translate): Notice => ({
  title: t('RelayReady could not take its regular look'),
  body: clean(reason, MOST_BODY) || t('Something needs doing. Open RelayReady to see what.'),
});

export type NoticeCommand = {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
};

/**
 * How a system is told to show it: texts go as data, never as part of a script.
 * @param systemRoot of Windows, which looks for a bare name in the current folder first
 */
export function noticeCommand(notice: Notice, platform: string, systemRoot = String.raw`C:\Windows`): NoticeCommand {
  const { title, body } = notice;
  if (platform === 'darwin')
    return {
      file: 'osascript',
      args: [
        '-e',
        'on run texts',
        '-e',
        'display notification (item 2 of texts) with title (item 1 of texts)',
        '-e',
        'end run',
        '--',
        title,
        body,
      ],
      env: {},
    };
  if (platform === 'win32')
    return {
      file: String.raw`${systemRoot}\System32\WindowsPowerShell\v1.0\powershell.exe`,
      args: ['-NoProfile', '-NonInteractive', '-Command', TOAST],
      env: { RELAYREADY_NOTICE_TITLE: title, RELAYREADY_NOTICE_BODY: body },
    };
  return {
    file: 'notify-send',
    args: ['--app-name=RelayReady', '--icon=dialog-warning', '--', title, forNotifySend(body)],
    env: {},
  };
}

/** Its body is markup, and backslashes in it are taken for escapes. */
const forNotifySend = (body: string): string =>
  body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\\', '\\\\');

/** Windows shows notices of known programs only; PowerShell is known everywhere. */
const TOAST = [
  "$ErrorActionPreference = 'Stop'",
  '[void][Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]',
  '$toast = [Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02)',
  "$lines = $toast.GetElementsByTagName('text')",
  '[void]$lines.Item(0).AppendChild($toast.CreateTextNode($env:RELAYREADY_NOTICE_TITLE))',
  '[void]$lines.Item(1).AppendChild($toast.CreateTextNode($env:RELAYREADY_NOTICE_BODY))',
  String.raw`$known = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\WindowsPowerShell\v1.0\powershell.exe'`,
  '[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier($known).Show([Windows.UI.Notifications.ToastNotification]::new($toast))',
].join('; ');
