/** What has changed, each with its weight as icon and word, when it was found, and who has to act. */
import type { ToldChange } from '../../core/clients/describe-change.ts';
import { say, type Text } from '../../core/text.ts';
import { Icon, type IconName } from '../components/Icon.tsx';
import { WHO_WORDS } from '../components/words.ts';
import { useMoment, useText } from '../i18n/use-text.ts';

const WEIGHTS: Readonly<
  Record<ToldChange['severity'], { readonly icon: IconName; readonly state: string; readonly word: Text }>
> = {
  bad: { icon: 'stop', state: 'fail', word: say('Needs doing') },
  notice: { icon: 'info', state: 'running', word: say('For your information') },
  good: { icon: 'good', state: 'pass', word: say('Good') },
};

export function ChangeList({ changes }: { readonly changes: readonly ToldChange[] }) {
  const t = useText();
  const moment = useMoment();
  return (
    <ul className="change-list">
      {changes.map((change) => {
        const { icon, state, word } = WEIGHTS[change.severity];
        const who = WHO_WORDS[change.who];
        return (
          <li
            key={`${change.at} ${change.fact} ${change.site ?? change.domain}`}
            className={`change-row state-${state}`}
          >
            <Icon name={icon} size={20} />
            <span>
              <span className="hidden">{t(word)}: </span>
              {change.text}{' '}
              <span className="quiet">
                {t('Found {when}.', { when: moment(change.at) })} {who && t('Who: {who}', { who: t(who) })}
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
