/** DNS record: the one record to publish, before and after, counted; watched until it is live. */
import { useEffect } from 'react';
import { say } from '../../core/text.ts';
import { Change } from '../components/Change.tsx';
import { OfficeAddress } from '../components/OfficeAddress.tsx';
import { PublishInPractice } from '../components/PublishInPractice.tsx';
import { SpfTree } from '../components/SpfTree.tsx';
import { SpreadWatch } from '../components/SpreadWatch.tsx';
import { StatusBadge } from '../components/StatusBadge.tsx';
import { StepChecks, useStepChecks } from '../components/StepChecks.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { WhereToPublish } from '../components/WhereToPublish.tsx';
import { WhatIsThis } from '../components/WhatIsThis.tsx';
import { sendingAddress } from '../facts.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { spfQuestion } from '../wizard.ts';
import type { Step } from './step.ts';

function DnsPage() {
  const t = useText();
  const { asked, running } = useStepChecks('dns');
  const { setUp, spf, evaluating, failed, run, put, check } = useWizard((wizard) => ({
    setUp: wizard.setUp,
    spf: wizard.setUp?.spf ?? null,
    evaluating: 'spf' in wizard.runs,
    failed: 'spf' in wizard.errors,
    run: wizard.run,
    put: wizard.put,
    check: wizard.check,
  }));
  const ip = setUp && sendingAddress(setUp);
  const evaluate = async () => {
    const question = setUp && spfQuestion(setUp);
    const document = question && (await run('spf', 'spf.evaluate', question));
    if (document) put({ spf: document });
  };
  useEffect(() => {
    if (!spf && !evaluating && !failed) void evaluate();
    // oxlint-disable-next-line react/exhaustive-deps -- on arrival, and when the address has been entered here
  }, [ip]);
  const live = spf?.result === 'pass' && spf.proposed === null;
  if (!setUp) return null;
  return (
    <StepPage
      id="dns"
      lead={
        <p>
          {t(
            'Other mail systems ask your domain whether Microsoft 365 and your office may send for it. One public record answers them.',
          )}{' '}
          <WhatIsThis term={t('SPF record')}>
            {t('A line of text in the public directory of your domain (DNS) that lists who may send mail in its name.')}
          </WhatIsThis>
        </p>
      }
      blocker={() => {
        if (running || evaluating) return { text: say('Wait until the check has finished, or cancel it.') };
        if (ip === null) return { text: say('Type the public address of the office first.'), focus: 'office-address' };
        return spf || asked ? null : { text: say('Check first, or leave the record as it is.') };
      }}
    >
      {ip === null && <OfficeAddress />}
      <TaskState
        task="spf"
        fallback={t('Reading the record as other mail systems do …')}
        onRetry={() => void evaluate()}
      />
      {spf && (
        <section className="card stack" aria-label={t('The record')}>
          <div className="row spread">
            <h2>
              {live
                ? t('The record is live and right')
                : spf.proposed === null
                  ? t('The record as it is')
                  : t('The record to publish')}
            </h2>
            <StatusBadge state={live ? 'pass' : spf.result === 'temperror' ? 'unknown' : 'fail'} />
          </div>
          {spf.problem !== null && <p>{spf.problem}</p>}
          {spf.proposed !== null && (
            <Change
              label={t('TXT record of {domain}', { domain: spf.domain })}
              before={spf.records.length > 0 ? spf.records.join('\n') : null}
              after={spf.proposed}
            />
          )}
          {spf.proposed === null && spf.record !== null && <pre className="code-block">{spf.record}</pre>}
          {spf.proposedNotes.length > 0 && (
            <ul>
              {spf.proposedNotes.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
          {spf.proposed !== null && <WhereToPublish domain={spf.domain} environment={setUp.environment} />}
          <p className="quiet">
            {t('Look-ups: {used} of 10 allowed.', { used: spf.proposedLookups ?? spf.lookups })}{' '}
            <WhatIsThis term={t('DNS look-ups (limit of 10)')}>
              {t(
                'Reading the record may lead to other records. Receivers stop after ten of these steps and then treat the record as broken.',
              )}
            </WhatIsThis>
          </p>
          <SpfTree spf={spf} />
          {!live && spf.proposed !== null && (
            <PublishInPractice
              environment={setUp.environment}
              record={spf.proposed}
              onPublished={() => {
                void evaluate();
                void check('dns');
              }}
            />
          )}
          {!live && (spf.proposed ?? spf.record) !== null && (
            <SpreadWatch
              domain={spf.domain}
              record={spf.proposed ?? spf.record ?? ''}
              onLive={() => {
                void evaluate();
                void check('dns');
              }}
            />
          )}
        </section>
      )}
      <StepChecks step="dns" work="record" auto onAgain={() => void evaluate()} />
    </StepPage>
  );
}

export const dns: Step = {
  id: 'dns',
  title: say('DNS record'),
  needs: ['line'],
  hangsOn: ['domain', 'environment', 'publicIps', 'sender'],
  stations: ['recipient'],
  findings: ['spf'],
  skip: say('Leave the DNS record as it is'),
  Page: DnsPage,
};
