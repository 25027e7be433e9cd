/** What an import would bring: who is new, who changes, and each bad row with its place, its field and the remedy. */
import { useEffect, useRef } from 'react';
import type { ImportPreview } from '../../core/clients/import.ts';
import { say, type Text } from '../../core/text.ts';
import { Icon } from '../components/Icon.tsx';
import { TableFrame } from '../components/TableFrame.tsx';
import { useText } from '../i18n/use-text.ts';

const BECOMES: Readonly<Record<ImportPreview['clients'][number]['becomes'], Text>> = {
  added: say('new'),
  changed: say('changed'),
  same: say('as before'),
};

type PreviewViewProps = {
  readonly preview: ImportPreview;
  readonly leaveOut: boolean;
  readonly onLeaveOut: (leaveOut: boolean) => void;
};

export function PreviewView({ preview, leaveOut, onLeaveOut }: PreviewViewProps) {
  const t = useText();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const { rows, added, changed, same, clients, problems, problemCount, notes } = preview;
  const all = added + changed + same;
  return (
    <section className="stack news" aria-labelledby="import-preview">
      <h2 id="import-preview" ref={title} tabIndex={-1}>
        {t('What would become of it')}
      </h2>
      <p>
        {t(
          '{rows, plural, one {# row was read.} other {# rows were read.}} New: {added, number}. Changed: {changed, number}. As before: {same, number}.',
          {
            rows,
            added,
            changed,
            same,
          },
        )}
      </p>
      {notes.map((note) => (
        <p key={note} className="note note-info">
          <Icon name="info" size={22} />
          <span>{note}</span>
        </p>
      ))}
      {problemCount > 0 && (
        <section className="card stack" aria-labelledby="import-problems">
          <h3 id="import-problems">
            {t('{n, plural, one {# row is bad} other {# rows are bad}}', { n: problemCount })}
          </h3>
          <TableFrame label={t('Bad rows')} low>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('Where')}</th>
                  <th scope="col">{t('Field')}</th>
                  <th scope="col">{t('What is wrong')}</th>
                  <th scope="col">{t('What to do')}</th>
                </tr>
              </thead>
              <tbody>
                {problems.map(({ where, field, text, remedy }, at) => (
                  // Two may be wrong in the same way at the same place.
                  <tr key={`${at} ${where}`}>
                    <th scope="row" className="mono whole">
                      {where}
                    </th>
                    <td className="mono">{field ?? '–'}</td>
                    <td>{text}</td>
                    <td>{remedy}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableFrame>
          {problems.length < problemCount && (
            <p className="quiet">
              {t('The first {n, number} are shown; the command “fleet import” names all of them.', {
                n: problems.length,
              })}
            </p>
          )}
          {all > 0 && (
            <label className="tick">
              <input type="checkbox" checked={leaveOut} onChange={(event) => onLeaveOut(event.target.checked)} />
              <span>{t('Leave the bad rows out and import the others')}</span>
            </label>
          )}
          {!leaveOut && (
            <p className="quiet">
              {t('As it is, nothing can be imported: correct the file, or leave these rows out.')}
            </p>
          )}
        </section>
      )}
      {clients.length > 0 && (
        <section className="card" aria-label={t('Clients in it')}>
          <TableFrame label={t('Clients in it')} low>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('Client')}</th>
                  <th scope="col">{t('Domain')}</th>
                  <th scope="col">{t('Offices')}</th>
                  <th scope="col">{t('Becomes')}</th>
                </tr>
              </thead>
              <tbody>
                {clients.map(({ name, domains, sites, becomes }) => (
                  <tr key={`${name} ${domains.join()}`}>
                    <th scope="row">{name}</th>
                    <td>{domains.join(', ')}</td>
                    <td>{t('{n, number}', { n: sites })}</td>
                    <td>{t(BECOMES[becomes])}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableFrame>
        </section>
      )}
      {clients.length < all && (
        <p className="quiet">{t('The first {n, number} of {all, number} are shown.', { n: clients.length, all })}</p>
      )}
    </section>
  );
}
