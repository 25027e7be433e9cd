/** On a client's own page: what the look at it brought, in a line; what is new stands below in full. */
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';
import type { Looked } from './use-look.ts';

export function LookedHere({ looked, client }: { readonly looked: Looked | null; readonly client: string }) {
  const t = useText();
  const about = looked?.about?.includes(client) === true && !looked.stopped;
  const failed = about ? looked.news.filter(({ error }) => error !== null) : [];
  const fresh = about && looked.news.some(({ changes }) => changes.length > 0);
  return (
    <>
      <output>
        {about &&
          failed.length === 0 &&
          (fresh ? t('Looked again: something is new.') : t('Looked again: nothing new.'))}
      </output>
      {failed.map(({ site, name, error }) => (
        <p key={site} role="alert" className="note note-fail">
          <Icon name="question" size={22} />
          <span>
            <strong>{name}</strong>: {error}
          </span>
        </p>
      ))}
    </>
  );
}
