/** Mail day by day as columns, and the same as a table. */
import type { Traffic } from '../../core/clients/traffic.ts';
import { TableFrame } from '../components/TableFrame.tsx';
import { useText } from '../i18n/use-text.ts';

const HEIGHT = 90;

export function TrafficDays({ days }: { readonly days: Traffic['days'] }) {
  const t = useText();
  const most = Math.max(1, ...days.map(({ total }) => total));
  const wide = 100 / days.length;
  return (
    <>
      <svg className="day-chart" width="100%" height={HEIGHT} aria-hidden="true">
        {days.map(({ day, total, failed }, at) => {
          const high = (total / most) * (HEIGHT - 2);
          const lost = (failed / most) * (HEIGHT - 2);
          return (
            <g key={day}>
              <rect
                className="chart-piece chart-one"
                x={`${at * wide + wide * 0.1}%`}
                width={`${wide * 0.8}%`}
                y={HEIGHT - 1 - high}
                height={high}
              />
              <rect
                className="chart-piece chart-bad"
                x={`${at * wide + wide * 0.1}%`}
                width={`${wide * 0.8}%`}
                y={HEIGHT - 1 - lost}
                height={lost}
              />
            </g>
          );
        })}
      </svg>
      <details className="more">
        <summary>{t('The same as a table')}</summary>
        <TableFrame label={t('Mail day by day')} low>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('Day')}</th>
                <th scope="col">{t('Recipients')}</th>
                <th scope="col">{t('Not delivered')}</th>
              </tr>
            </thead>
            <tbody>
              {days.map(({ day, total, failed }) => (
                <tr key={day}>
                  <th scope="row">{day}</th>
                  <td>{t('{n, number}', { n: total })}</td>
                  <td>{t('{n, number}', { n: failed })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      </details>
    </>
  );
}
