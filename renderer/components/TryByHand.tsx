/** The same conversation as commands for somebody who likes to try it by hand. */
import { byHand } from '../../core/mail/by-hand.ts';
import type { TestMessage } from '../../core/mail/test-document.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Copy } from './Copy.tsx';

export function TryByHand({ message }: { readonly message: TestMessage }) {
  const t = useText();
  const { host, sender } = useWizard(({ setUp }) => ({
    host: setUp?.test?.host ?? null,
    sender: setUp?.profile.sender ?? null,
  }));
  if (host === null || sender === null || message.transcript.length === 0) return null;
  const { swaks, openssl, typed } = byHand(host, sender, message);
  return (
    <details className="more">
      <summary>{t('Try it by hand')}</summary>
      <p>{t('With swaks, which sends a message of its own:')}</p>
      <p className="code-block">{swaks}</p>
      <Copy text={swaks} what={t('the swaks command')} />
      <p>{t('With openssl; then type line by line and wait for each answer. Nothing is sent:')}</p>
      <p className="code-block">{openssl}</p>
      <p className="code-block">{typed.join('\n')}</p>
      <Copy text={openssl} what={t('the openssl command')} />
    </details>
  );
}
