/** The language of everything. */
import { keepLanguage, useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';

export function LanguageChoice() {
  const t = useText();
  const { info, setLanguage } = useWizard(({ info, setLanguage }) => ({ info, setLanguage }));
  return (
    <label className="inline-field">
      <span>{t('Language')}</span>
      <select
        className="input"
        value={t.language}
        onChange={(event) => {
          keepLanguage(event.target.value);
          void setLanguage(event.target.value);
        }}
      >
        {info?.languages.map(({ tag, name }) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
