/** The same change without signing in here: a script, the clicks, or a letter to the administrator. */
import { Tabs } from '@base-ui/react/tabs';
import { useEffect } from 'react';
import { useText } from '../i18n/use-text.ts';
import { saveFile } from '../save-file.ts';
import { useWizard } from '../use-wizard.ts';
import { placeOf } from '../wizard.ts';
import { Button } from './Button.tsx';
import { Copy } from './Copy.tsx';
import { OtherWay } from './OtherWay.tsx';
import { TaskState } from './TaskState.tsx';

type ByHandProps = { readonly doneStep: string; readonly also: readonly string[] };

export function ByHand({ doneStep, also }: ByHandProps) {
  const t = useText();
  const { byHand, setUp, run, note, skip } = useWizard(({ byHand, setUp, run, note, skip }) => ({
    byHand,
    setUp,
    run,
    note,
    skip,
  }));
  const write = async () => {
    const place = placeOf(setUp);
    const written = place && (await run('by-hand', 'plan.by-hand', place));
    if (written) note({ byHand: written });
  };
  useEffect(() => {
    if (!byHand) void write();
    // oxlint-disable-next-line react/exhaustive-deps -- once, when it is opened
  }, []);
  return (
    <section className="card stack" aria-label={t('Another way')}>
      <TaskState task="by-hand" fallback={t('Writing the instructions …')} onRetry={() => void write()} />
      {byHand && (
        <Tabs.Root defaultValue="letter" className="tabs">
          <Tabs.List className="tab-list" aria-label={t('Another way')}>
            <Tabs.Tab value="letter" className="tab">
              {t('Letter to the administrator')}
            </Tabs.Tab>
            <Tabs.Tab value="clicks" className="tab">
              {t('Clicks')}
            </Tabs.Tab>
            <Tabs.Tab value="script" className="tab">
              {t('Script')}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="letter" className="stack">
            <div className="row spread">
              <p className="quiet">{t('Copy it into a message to whoever administers your Microsoft 365.')}</p>
              <Copy text={byHand.letter} what={t('the letter')} />
            </div>
            <pre className="code-block prose">{byHand.letter}</pre>
          </Tabs.Panel>
          <Tabs.Panel value="clicks" className="stack">
            <ol className="clicks">
              {byHand.clicks.map(({ text, value }) => (
                <li key={`${text}${value ?? ''}`}>
                  <span>{text}</span>
                  {value !== null && (
                    <span className="row">
                      <code>{value}</code> <Copy text={value} what={value} />
                    </span>
                  )}
                </li>
              ))}
            </ol>
          </Tabs.Panel>
          <Tabs.Panel value="script" className="stack">
            <div className="row spread">
              <p className="quiet">
                {t('For PowerShell on the administrator’s computer. It can be read before it is run.')}
              </p>
              <span className="row">
                <Copy text={byHand.script} what={t('the script')} />
                <Button
                  kind="plain"
                  icon="save"
                  onClick={() => saveFile(byHand.fileName, byHand.script, 'text/plain;charset=utf-8')}
                >
                  {t('Save the script')}
                </Button>
              </span>
            </div>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard */}
            <pre className="code-block tall" tabIndex={0}>
              {byHand.script}
            </pre>
          </Tabs.Panel>
        </Tabs.Root>
      )}
      <OtherWay work="change" />
      {byHand && (
        <div className="row">
          <Button kind="plain" onClick={() => skip(doneStep, also)}>
            {t('It has been done; go on')}
          </Button>
        </div>
      )}
    </section>
  );
}
