/** The engine behind the page is gone: how to open it again. */
import { useText } from '../i18n/use-text.ts';

export function Gone() {
  const t = useText();
  return (
    <main className="gone">
      <h1>{t('RelayReady is not running behind this page')}</h1>
      <p>{t('It was closed, or this page was opened without its key.')}</p>
      <p>
        {t(
          'Start RelayReady again and use the address it prints. Everything you entered is saved and will be offered to you.',
        )}
      </p>
      <button type="button" className="button button-primary" onClick={() => location.reload()}>
        {t('Try again')}
      </button>
    </main>
  );
}
