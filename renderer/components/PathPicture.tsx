/** The path of a scan from the scanner to its reader: each station with icon, word and colour, and where it stops. */
import { useText } from '../i18n/use-text.ts';
import { pathStates, stopsAt } from '../path-states.ts';
import { useWizard } from '../use-wizard.ts';
import { Icon } from './Icon.tsx';
import { StatusBadge } from './StatusBadge.tsx';
import { STATIONS } from './words.ts';

export function PathPicture() {
  const t = useText();
  const { setUp, running } = useWizard((wizard) => ({
    setUp: wizard.setUp,
    running: Object.keys(wizard.runs).some((task) => task.startsWith('check:')),
  }));
  const states = pathStates(setUp, running);
  const stop = stopsAt(
    states,
    STATIONS.map(({ id }) => id),
  );
  const stopName = STATIONS.find(({ id }) => id === stop)?.name;
  const stopIndex = STATIONS.findIndex(({ id }) => id === stop);
  return (
    <figure className="path" aria-label={t('The path of a scan')}>
      {stop && stopName && (
        <figcaption className="path-stop">
          <Icon name="stop" size={20} />
          <span>
            <strong>{t('It stops at: {station}.', { station: t(stopName) })}</strong> {states[stop].summary}
          </span>
        </figcaption>
      )}
      <ol className="path-line">
        {STATIONS.map(({ id, name, icon }, index) => {
          const { state } = states[id];
          const beyond = stopIndex >= 0 && index > stopIndex;
          return (
            <li key={id} className={`station state-${state}${beyond ? ' beyond' : ''}${id === stop ? ' here' : ''}`}>
              <Icon name={icon} size={34} />
              <span className="station-name">{t(name)}</span>
              <StatusBadge state={state} />
              {beyond && state !== 'waiting' && <span className="hidden">{t('beyond where it stops')}</span>}
            </li>
          );
        })}
      </ol>
    </figure>
  );
}
