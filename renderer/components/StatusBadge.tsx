/** A state as icon, word and colour. */
import { useText } from '../i18n/use-text.ts';
import { Icon } from './Icon.tsx';
import { STATE_ICONS, STATE_WORDS, type State } from './words.ts';

export function StatusBadge({ state }: { readonly state: State }) {
  const t = useText();
  return (
    <span className={`badge state-${state}`}>
      <Icon name={STATE_ICONS[state]} size={16} />
      {t(STATE_WORDS[state])}
    </span>
  );
}
