/** Further reading below a result, drawn by its shape alone. */
import type { Detail } from '../../core/result.ts';
import { useText } from '../i18n/use-text.ts';
import { Change } from './Change.tsx';
import { Copy } from './Copy.tsx';
import { TableFrame } from './TableFrame.tsx';

export function DetailView({ detail }: { readonly detail: Detail }) {
  const t = useText();
  switch (detail.kind) {
    case 'facts':
      return (
        <dl className="facts">
          {detail.rows.map((row) => (
            <div key={row.label}>
              <dt>{row.label}</dt>
              <dd>{row.value}</dd>
            </div>
          ))}
        </dl>
      );
    case 'copy':
      return (
        <div>
          <div className="row spread">
            <p className="small-title">{detail.label}</p>
            <Copy text={detail.text} what={detail.label} />
          </div>
          <pre className="code-block">{detail.text}</pre>
        </div>
      );
    case 'change':
      return <Change {...detail} />;
    case 'table':
      return (
        <TableFrame label={detail.columns.join(', ')}>
          <table>
            <thead>
              <tr>
                {detail.columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {detail.rows.map((row) => (
                <tr key={row.join('\n')}>
                  {row.map((cell, column) => (
                    <td key={detail.columns[column] ?? column}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      );
    case 'link':
    default:
      return (
        <p className="row">
          <a href={detail.url} target="_blank" rel="noreferrer">
            {detail.label}
          </a>
          <Copy text={detail.url} what={t('the address')} />
        </p>
      );
  }
}
