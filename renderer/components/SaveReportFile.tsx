/** Saves the set-up as one file that a reviewer opens in RelayReady, and says what is in it before it is sent anywhere. */
import { shareSetUp } from '../../core/report/share-set-up.ts';
import type { SetUp } from '../../core/set-up.ts';
import { useText } from '../i18n/use-text.ts';
import { saveFile } from '../save-file.ts';
import { Button } from './Button.tsx';

export function SaveReportFile({ setUp }: { readonly setUp: SetUp }) {
  const t = useText();
  const save = () =>
    saveFile(
      `relayready-${setUp.profile.domain || 'set-up'}.relayready`,
      `${JSON.stringify(shareSetUp(setUp), null, 2)}\n`,
      'application/json',
    );
  return (
    <div className="stack">
      <p>
        {t(
          'For a colleague or a consultant who is to look over it: they open the file in RelayReady, on the start page, and see these pages without being able to change anything.',
        )}
      </p>
      <p className="quiet">
        {t(
          'It holds the office’s name, domain and addresses, the scanner, what every check measured, the plan, what was changed, what the test said without people’s addresses, and your ticks. It holds no password, no sign-in and none of your notes.',
        )}
      </p>
      <div className="row">
        <Button kind="plain" icon="save" onClick={save}>
          {t('Save the report file')}
        </Button>
      </div>
    </div>
  );
}
