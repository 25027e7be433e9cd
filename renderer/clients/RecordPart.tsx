/** The record that the repair wants published, before and after, and where; it is published by hand. */
import type { Repair } from '../../core/clients/repair.ts';
import { Change } from '../components/Change.tsx';
import { PublishInPractice } from '../components/PublishInPractice.tsx';
import { WhereToPublish } from '../components/WhereToPublish.tsx';
import { useText } from '../i18n/use-text.ts';

type RecordPartProps = {
  readonly repair: Repair;
  readonly environment: string;
  readonly onPublished: () => void;
};

export function RecordPart({ repair: { spf }, environment, onPublished }: RecordPartProps) {
  const t = useText();
  return (
    <section className="card stack" aria-labelledby="repair-record">
      <h2 id="repair-record">{t('The DNS record')}</h2>
      {spf.after === null && spf.settled && (
        <p>{t('The published record lets every address send; it stays as it is.')}</p>
      )}
      {spf.after === null && !spf.settled && spf.before !== null && <pre className="code-block">{spf.before}</pre>}
      {spf.after !== null && (
        <Change label={t('TXT record of {domain}', { domain: spf.domain })} before={spf.before} after={spf.after} />
      )}
      {spf.notes.length > 0 && (
        <ul>
          {spf.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {spf.after !== null && spf.lookups !== null && (
        <p className="quiet">{t('Look-ups: {used} of 10 allowed.', { used: spf.lookups })}</p>
      )}
      {spf.after !== null && (
        <>
          <WhereToPublish domain={spf.domain} environment={environment} />
          <PublishInPractice environment={environment} record={spf.after} onPublished={onPublished} />
        </>
      )}
    </section>
  );
}
