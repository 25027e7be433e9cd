/** One value before and after. */
import { useText } from '../i18n/use-text.ts';
import { Copy } from './Copy.tsx';

type ChangeProps = { readonly label: string; readonly before: string | null; readonly after: string };

export function Change({ label, before, after }: ChangeProps) {
  const t = useText();
  return (
    <div className="change">
      <div className="row spread">
        <p className="small-title">{label}</p>
        <Copy text={after} what={t('the new {what}', { what: label })} />
      </div>
      <dl>
        <div>
          <dt>{t('Now')}</dt>
          <dd>{before ?? t('Nothing is there yet')}</dd>
        </div>
        <div className="change-after">
          <dt>{t('New')}</dt>
          <dd>{after}</dd>
        </div>
      </dl>
    </div>
  );
}
