/** A setting of Microsoft 365 in plain words, with its own name behind them. */
import { SETTING_WORDS } from '../../core/plan/setting-words.ts';
import { useText } from '../i18n/use-text.ts';

export function Setting({ name }: { readonly name: string }) {
  const t = useText();
  const word = SETTING_WORDS[name];
  if (!word) return <span className="mono">{name}</span>;
  return (
    <>
      {t(word)} <span className="quiet mono small">{name}</span>
    </>
  );
}
