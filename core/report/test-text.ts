/** What became of the test messages, for the terminal, with the whole conversation. */
import type { TestDocument } from '../mail/test-document.ts';
import type { Translate } from '../text.ts';
import { explanationText } from './explanation-text.ts';
import { plain, wrap } from './plain-text.ts';

export function testText(document: TestDocument, t: Translate): string {
  const outcome = {
    accepted: t('accepted'),
    refused: t('refused'),
    deferred: t('put off by the server'),
    unknown: t('not known: the connection ended before the answer; it is not sent again'),
    'not-sent': t('not sent'),
  };
  const kind = { internal: t('inside'), external: t('outside') };
  const mark = { client: '→', server: '←', note: '·' };
  return [
    wrap(document.summary),
    ...document.messages.flatMap((message) => [
      '',
      wrap(`${message.to} (${kind[message.kind]}): ${outcome[message.outcome]}`),
      plain(`  Message-ID: ${message.messageId}`),
      ...message.transcript.map(({ atMs, from, line }) =>
        plain(`  ${String(atMs).padStart(6)} ms ${mark[from]} ${line}`),
      ),
      ...(message.explanation === null ? [] : ['', explanationText(message.explanation, t)]),
    ]),
  ].join('\n');
}
