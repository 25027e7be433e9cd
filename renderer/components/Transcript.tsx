/** The whole conversation with a mail server, line by line, folded away until wanted. */
import { lineMeanings } from '../../core/mail/line-meaning.ts';
import { maskText } from '../../core/mail/mask-test.ts';
import type { TranscriptLine } from '../../core/mail/test-document.ts';
import type { Text } from '../../core/text.ts';
import { say } from '../../core/text.ts';
import { useText } from '../i18n/use-text.ts';
import { saveFile } from '../save-file.ts';
import { Button } from './Button.tsx';
import { Copy } from './Copy.tsx';
import { TableFrame } from './TableFrame.tsx';

const SPEAKERS: Readonly<Record<TranscriptLine['from'], Text>> = {
  client: say('We'),
  server: say('Server'),
  note: say('Note'),
};

export function Transcript({ lines, about }: { readonly lines: readonly TranscriptLine[]; readonly about: string }) {
  const t = useText();
  if (lines.length === 0) return null;
  const meanings = lineMeanings(lines);
  const text = lines.map((line) => `${line.atMs} ms ${t(SPEAKERS[line.from])}: ${line.line}`).join('\n');
  // The name this computer gives itself is the office's, too.
  const masked = maskText(text.replaceAll(/(: (?:EHLO|HELO) ).*/g, '$1…'));
  const meaningOf = (meaning: Text | null): string => (meaning === null ? '' : t(meaning));
  return (
    <details className="more">
      <summary>{t('Show the conversation with the server')}</summary>
      <TableFrame low label={t('Conversation about the message to {to}', { to: about })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('Time')}</th>
              <th scope="col">{t('Who')}</th>
              <th scope="col">{t('What was said')}</th>
              <th scope="col">{t('What it means')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, index) => (
              // Lines may repeat; their place is their identity and never changes.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={index} className={`from-${line.from}`}>
                <td>{t('{ms, number} ms', { ms: line.atMs })}</td>
                <td>{t(SPEAKERS[line.from])}</td>
                <td className="said">{line.line}</td>
                <td>{meaningOf(meanings[index] ?? null)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      <div className="row">
        <Copy text={text} what={t('the conversation')} />
        <Button
          kind="quiet"
          icon="save"
          onClick={() => saveFile('conversation.txt', masked, 'text/plain;charset=utf-8')}
        >
          {t('Save without addresses')}
        </Button>
      </div>
    </details>
  );
}
