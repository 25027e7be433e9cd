/** The picture of the path on paper: one list in reading order, drawn by lines and icons that need no colour and no background. */
import type { Translate } from '../text.ts';
import { STATE_DRAWINGS, STATION_DRAWINGS } from './drawings.ts';
import { html, type Html } from './html.ts';
import { piecesOf } from './path-facts.ts';
import type { Path, PathState } from './path.ts';
import { statusWord } from './words.ts';

/** @param size in millimetres of the printed page */
const drawing = (d: string, size: number): Html =>
  html`<svg viewBox="0 0 24 24" width="${size}mm" height="${size}mm" aria-hidden="true"><path d="${d}" /></svg>`;

const stateWord = (state: PathState, t: Translate): string =>
  state === 'waiting' || state === 'running' ? t('not looked at') : statusWord(state, t);

const breakable = (fact: string): readonly (string | Html)[] =>
  piecesOf(fact).flatMap((piece, index) => (index === 0 ? [piece] : [html`<wbr />`, piece]));

export const pathHtml = ({ parts, stop }: Path, t: Translate): Html =>
  html`<figure class="path">
    ${
      stop &&
      html`<figcaption>
        ${drawing(STATE_DRAWINGS.fail, 5)} <span><b>${stop.where}</b> ${stop.why}</span>
      </figcaption>`
    }
    <ol aria-label="${t('The way of a scan')}">
      ${parts.map((part, index) => {
        const beyond = stop !== null && index > stop.at ? ' beyond' : '';
        const word = stateWord(part.state, t);
        return part.kind === 'station'
          ? html`<li class="station is-${part.state}${beyond}" style="--at:${index + 1}">
              <span class="disc">${drawing(STATION_DRAWINGS[part.id], 7)}</span> <b>${part.name}</b>
              <span class="word">${drawing(STATE_DRAWINGS[part.state], 3.5)} ${word}</span>
              <span class="facts">${part.facts.map((fact) => html`<span>${breakable(fact)}</span> `)}</span>
            </li>`
          : html`<li class="stretch is-${part.state}${beyond}" style="--at:${index + 1}">
              <span class="unseen">${part.name}:</span> <span class="word">${part.word ?? word}</span>
              <span class="line">${part.state === 'waiting' ? null : drawing(STATE_DRAWINGS[part.state], 3.5)}</span>
            </li>`;
      })}
    </ol>
  </figure>`;
