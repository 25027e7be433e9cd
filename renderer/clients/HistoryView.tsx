/** How it came about: each fact over time as a drawing, the same as a table, and every change that was found. */
import type { Client } from '../../core/clients/client.ts';
import { siteNames } from '../../core/clients/list-clients.ts';
import type { Result } from '../../core/contract.ts';
import type { Report } from '../../core/report/report.ts';
import { TableFrame } from '../components/TableFrame.tsx';
import { useMoment, useText } from '../i18n/use-text.ts';
import { ChangeList } from './ChangeList.tsx';
import { chartOf, type Chart, type Lane } from './chart.ts';
import { FACT_WORDS, valueWords } from './fact-words.ts';

type HistoryViewProps = {
  readonly client: Client;
  readonly history: Result<'clients.history'>;
  readonly reports: Readonly<Record<string, Report>>;
};

/** As many changes as one wants to read at a time. */
const AT_FIRST = 20;

type Words = {
  readonly lane: (lane: Lane) => string;
  readonly value: (lane: Lane, value: readonly string[]) => string;
};

export function HistoryView({ client, history, reports }: HistoryViewProps) {
  const t = useText();
  const moment = useMoment();
  const chart = chartOf(history.looks, history.timelines);
  if (!chart) return null;
  const names = siteNames(client);
  const titles = new Map(
    Object.values(reports).flatMap(({ results }) => results.map(({ id, title }) => [id, title] as const)),
  );
  const several = client.sites.length > 1;
  const words: Words = {
    lane: ({ fact, site, domain }) =>
      several
        ? t('{what} – {place}', { what: t(FACT_WORDS[fact]), place: site === null ? (domain ?? '') : names(site) })
        : t(FACT_WORDS[fact]),
    value: ({ fact }, value) => valueWords(fact, [...value], (id) => titles.get(id) ?? id, t),
  };
  const [newest, older] = [history.changes.slice(0, AT_FIRST), history.changes.slice(AT_FIRST)];
  return (
    <section className="card stack" aria-labelledby="client-history">
      <h2 id="client-history">{t('How it came about')}</h2>
      <p className="quiet">
        {t(
          '{n, plural, one {# look} other {# looks}}, the first {from}, the last {to}. What stands high needs doing.',
          {
            n: history.looks.length,
            from: moment(chart.from),
            to: moment(chart.to),
          },
        )}
      </p>
      <ChartView chart={chart} words={words} />
      <details className="more">
        <summary>{t('The same as a table')}</summary>
        <ChartTable chart={chart} words={words} />
      </details>
      {newest.length > 0 && <h3>{t('Changes')}</h3>}
      <ChangeList changes={newest} />
      {older.length > 0 && (
        <details className="more">
          <summary>{t('{n, plural, one {One older change} other {# older changes}}', { n: older.length })}</summary>
          <ChangeList changes={older} />
        </details>
      )}
    </section>
  );
}

/** Letters that fit into one per cent of a lane's width in a usual window. */
const LETTERS = 0.8;

type ViewProps = { readonly chart: Chart; readonly words: Words };

/** A drawing for the eye; the table has all of it in words. */
function ChartView({ chart, words }: ViewProps) {
  const { language } = useText();
  const short = Date.parse(chart.to) - Date.parse(chart.from) < 86_400_000;
  const day = new Intl.DateTimeFormat(language, short ? { timeStyle: 'short' } : { dateStyle: 'medium' });
  const fits = (text: string, width: number) => text.length <= width * LETTERS;
  return (
    <div className="chart" aria-hidden="true">
      {chart.lanes.map((lane) => (
        <div key={`${lane.fact} ${lane.site ?? lane.domain}`} className="chart-lane">
          <span className="chart-name">{words.lane(lane)}</span>
          <svg className="chart-line" width="100%" height="26">
            <line className="chart-ground" x1="0" x2="100%" y1="25" y2="25" />
            {lane.pieces.map((piece) => {
              const text = words.value(lane, piece.value);
              const high = piece.tone === 'bad' || piece.tone === 'unsure';
              return (
                <svg key={piece.from} x={`${piece.start}%`} width={`${piece.width}%`} height="26">
                  <rect
                    className={`chart-piece chart-${piece.tone}`}
                    y={high ? 1 : 5}
                    width="100%"
                    height={high ? 24 : 20}
                  />
                  {fits(text, piece.width) && (
                    <text className="chart-text" x="6" y="19">
                      {text}
                    </text>
                  )}
                  <title>{text}</title>
                </svg>
              );
            })}
          </svg>
        </div>
      ))}
      <div className="chart-lane">
        <span className="chart-name" />
        <span className="chart-days">
          {chart.ticks.map(({ at }) => (
            <span key={at}>{day.format(new Date(at))}</span>
          ))}
        </span>
      </div>
    </div>
  );
}

function ChartTable({ chart, words }: ViewProps) {
  const t = useText();
  const moment = useMoment();
  return (
    <TableFrame label={t('Each fact over time')} low>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('Fact')}</th>
            <th scope="col">{t('From')}</th>
            <th scope="col">{t('Until')}</th>
            <th scope="col">{t('Value')}</th>
          </tr>
        </thead>
        <tbody>
          {chart.lanes.flatMap((lane) =>
            lane.pieces.map((piece) => (
              <tr key={`${lane.fact} ${lane.site ?? lane.domain} ${piece.from}`}>
                <th scope="row">{words.lane(lane)}</th>
                <td>{moment(piece.from)}</td>
                <td>{moment(piece.to)}</td>
                <td>{words.value(lane, piece.value)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </TableFrame>
  );
}
