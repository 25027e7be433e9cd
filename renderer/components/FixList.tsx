/** What to do, step by step, and who can do it. */
import type { Who } from '../../core/result.ts';
import { useText } from '../i18n/use-text.ts';
import { Icon } from './Icon.tsx';
import { WHO_WORDS } from './words.ts';

export function FixList({ fix, who }: { readonly fix: readonly string[]; readonly who: Who }) {
  const t = useText();
  const word = WHO_WORDS[who];
  if (fix.length === 0 && !word) return null;
  return (
    <div className="fix">
      {fix.length > 0 && <p className="small-title">{t('What to do')}</p>}
      {fix.length === 1 && <p>{fix[0]}</p>}
      {fix.length > 1 && (
        <ol>
          {fix.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      )}
      {word && (
        <p className="who">
          <Icon name="person" size={16} />
          {t('Who: {who}', { who: t(word) })}
        </p>
      )}
    </div>
  );
}
