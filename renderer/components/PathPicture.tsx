/** The path of a scan from the scanner to its reader: stations and stretches with icon, word and colour, and where it stops. */
import { Fragment } from 'react';
import { piecesOf } from '../../core/report/path-facts.ts';
import { pathOf, type Path } from '../../core/report/path.ts';
import { environmentOf } from '../facts.ts';
import { useText } from '../i18n/use-text.ts';
import { useSteps, useWizard } from '../use-wizard.ts';
import { checkTask } from '../wizard.ts';
import { Icon } from './Icon.tsx';
import { StatusBadge } from './StatusBadge.tsx';
import { STATE_ICONS, STATE_WORDS, STATION_ICONS } from './words.ts';

/** @param small without what is known of each station, for steps that have a page of their own */
export function PathPicture({ small = false }: { readonly small?: boolean }) {
  const path = usePath();
  return path && <PathFigure path={path} small={small} />;
}

export function PathFigure({ path, small }: { readonly path: Path; readonly small: boolean }) {
  const t = useText();
  const { parts, stop } = path;
  return (
    <figure className={small ? 'path path-small' : 'path'} aria-label={t('The path of a scan')}>
      {stop && (
        <figcaption className="path-stop">
          <Icon name="stop" size={20} />
          <span>
            <strong>{stop.where}</strong> {stop.why}
          </span>
        </figcaption>
      )}
      <ol className="path-line">
        {parts.map((part, index) => (
          <PathPart key={`${part.kind} ${part.id}`} part={part} at={index} stopAt={stop?.at ?? null} small={small} />
        ))}
      </ol>
    </figure>
  );
}

function usePath(): Path | null {
  const t = useText();
  const steps = useSteps();
  const { setUp, port, tasks } = useWizard((wizard) => ({
    setUp: wizard.setUp,
    port: environmentOf(wizard)?.relayPort ?? null,
    tasks: Object.keys(wizard.runs).join(' '),
  }));
  if (!setUp) return null;
  const { profile, report, outcome, test } = setUp;
  const running = steps
    .filter(({ id }) => tasks.split(' ').includes(checkTask(id)))
    .flatMap(({ stations }) => stations);
  const sending = tasks.split(' ').includes('test') ? (['recipient'] as const) : [];
  return pathOf({ profile, results: report?.results ?? [], outcome, test, port }, t, {
    running: [...running, ...sending],
  });
}

type PathPartProps = {
  readonly part: Path['parts'][number];
  readonly at: number;
  readonly stopAt: number | null;
  readonly small: boolean;
};

/** The list is the text; the drawing is nothing but its icons and lines. */
function PathPart({ part, at, stopAt, small }: PathPartProps) {
  const t = useText();
  const beyond = stopAt !== null && at > stopAt;
  const where = beyond ? 'beyond' : at === stopAt ? 'here' : '';
  const column = { gridColumn: `${at + 1} / span 2` };
  const told = beyond && part.state !== 'waiting' && <span className="hidden">{t('beyond where it stops')}</span>;
  if (part.kind === 'stretch')
    return (
      <li className={`stretch state-${part.state} ${where}`} style={column}>
        <span className="hidden">{part.name}: </span>
        <span className={small ? 'hidden' : 'stretch-word'}>{part.word ?? t(STATE_WORDS[part.state])}</span>
        <span className="stretch-line">
          {part.state !== 'waiting' && <Icon name={STATE_ICONS[part.state]} size={20} />}
        </span>
        {told}
      </li>
    );
  return (
    <li className={`station state-${part.state} ${where}`} style={column}>
      <Icon name={STATION_ICONS[part.id]} size={28} />
      <span className="station-name">{part.name}</span>
      {small && part.state === 'waiting' ? (
        <span className="hidden">{t(STATE_WORDS.waiting)}</span>
      ) : (
        <StatusBadge state={part.state} />
      )}
      {part.facts.length > 0 && (
        <span className={small ? 'hidden' : 'station-facts'}>
          {part.facts.map((fact) => (
            <Fact key={fact} text={fact} />
          ))}
        </span>
      )}
      {told}
    </li>
  );
}

function Fact({ text }: { readonly text: string }) {
  return (
    <span>
      {piecesOf(text).map((piece, index) => (
        // Pieces of one text: their order is all that tells them apart.
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {piece}
        </Fragment>
      ))}
    </span>
  );
}
