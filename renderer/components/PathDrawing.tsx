/** The path of a scan as a plain drawing, before anything is known. */
import { stationWord } from '../../core/report/words.ts';
import { Station } from '../../core/result.ts';
import { useText } from '../i18n/use-text.ts';
import { Icon } from './Icon.tsx';
import { STATION_ICONS } from './words.ts';

export function PathDrawing() {
  const t = useText();
  return (
    <div className="path path-plain">
      <ol className="path-line" aria-label={t('The path of a scan')}>
        {Station.options.map((id, index) => (
          <li key={id} className="station state-drawn" style={{ gridColumn: `${index * 2 + 1} / span 2` }}>
            <Icon name={STATION_ICONS[id]} size={28} />
            <span className="station-name">{stationWord(id, t)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
