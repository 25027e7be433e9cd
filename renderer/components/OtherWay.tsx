/** "I’ll do it another way": by hand, by a command of the system, or by RelayReady's own command line. */
import { say, type Text } from '../../core/text.ts';
import { useText } from '../i18n/use-text.ts';
import { environmentOf } from '../facts.ts';
import { otherWays, type Work } from '../other-ways.ts';
import { belongs } from '../steps/step.ts';
import { useSteps, useWizard } from '../use-wizard.ts';
import { Copy } from './Copy.tsx';

const ANOTHER_WAY = say('I’ll do it another way');
/** Where “it” would not be clear. */
const SUMMARIES: Readonly<Partial<Record<Work, Text>>> = {
  change: say('By a command'),
  undo: say('Take it back another way'),
};

type OtherWayProps = {
  readonly work: Work;
  /** Whose checks the command runs. */
  readonly step?: string;
};

export function OtherWay({ work, step }: OtherWayProps) {
  const t = useText();
  const rules = useSteps().find(({ id }) => id === step);
  const { setUp, checks, practising } = useWizard((wizard) => ({
    setUp: wizard.setUp,
    checks: wizard.info?.checks,
    practising: (environmentOf(wizard)?.practice ?? null) !== null,
  }));
  if (!setUp) return null;
  const ids = (checks ?? []).filter((check) => rules && belongs(rules, check)).map(({ id }) => id);
  const { byHand, system, own } = otherWays(work, setUp, ids);
  return (
    <details className="more">
      <summary>{t(SUMMARIES[work] ?? ANOTHER_WAY)}</summary>
      {byHand.length > 0 && (
        <>
          <p className="small-title">{t('By hand')}</p>
          {byHand.map((way) => (
            <p key={way.message}>{t(way)}</p>
          ))}
        </>
      )}
      <Commands commands={system} />
      <p className="small-title">{t('In a terminal, with RelayReady’s own command')}</p>
      {practising && (
        <p className="quiet">
          {t('In practice these names are made up; in reality the command is written with yours.')}
        </p>
      )}
      <Commands commands={own} />
    </details>
  );
}

function Commands({ commands }: { readonly commands: readonly string[] }) {
  const t = useText();
  return (
    <>
      {commands.map((command) => (
        <div key={command} className="row spread">
          <code className="code-line">{command}</code>
          <Copy text={command} what={t('the command')} />
        </div>
      ))}
    </>
  );
}
