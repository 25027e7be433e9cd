/** The path of a scan as a plain drawing, before anything is known; the text beside it says the same. */
import { useText } from '../i18n/use-text.ts';
import { Icon } from './Icon.tsx';
import { STATIONS } from './words.ts';

export function PathDrawing() {
  const t = useText();
  return (
    <div className="path path-drawing">
      <ol className="path-line" aria-label={t('The path of a scan')}>
        {STATIONS.map(({ id, name, icon }) => (
          <li key={id} className="station state-drawn">
            <Icon name={icon} size={34} />
            <span className="station-name">{t(name)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
