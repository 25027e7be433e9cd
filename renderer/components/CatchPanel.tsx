/** Catches what the scanner really sends, on this computer, and says what Microsoft would object to. */
import type { CaughtMessage } from '../../core/calls/devices.ts';
import { useText } from '../i18n/use-text.ts';
import { useDraft } from '../use-draft.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { DetailView } from './DetailView.tsx';
import { Field } from './Field.tsx';
import { FindingList } from './FindingList.tsx';
import { OtherWay } from './OtherWay.tsx';
import { TaskState } from './TaskState.tsx';

const DEFAULT_PORT = 2525;

const readPort = (typed: string): string | null =>
  /^\d{1,5}$/.test(typed.trim()) && Number(typed) > 0 && Number(typed) <= 65_535 ? String(Number(typed)) : null;

export function CatchPanel() {
  const t = useText();
  const { profile, caught, running, log, run, note } = useWizard((wizard) => ({
    profile: wizard.setUp?.profile,
    caught: wizard.caught,
    running: 'catch' in wizard.runs,
    log: wizard.runs['catch']?.log,
    run: wizard.run,
    note: wizard.note,
  }));
  const [typedPort, setPort] = useDraft('catch-on-port');
  const port = typedPort ?? String(DEFAULT_PORT);
  const [any, setAny] = useDraft('catch-any-device');
  const anyDevice = any !== null;
  const address = profile?.devices[0]?.address ?? '';
  // A name cannot be compared with who calls.
  const device = /^\d+\.\d+\.\d+\.\d+$/.test(address) ? address : null;
  const listen = async () => {
    const domain = profile?.domain ? { domain: profile.domain } : {};
    const only = device !== null && !anyDevice ? { device } : {};
    const messages = await run('catch', 'device.catch', { port: Number(port || DEFAULT_PORT), ...only, ...domain });
    if (messages) note({ caught: messages });
  };
  return (
    <div className="stack">
      <p>
        {t(
          'Let the scanner send one page to this computer instead. RelayReady plays the mail server, shows what really arrives, and passes nothing on.',
        )}
      </p>
      <ol>
        <li>{t('Press “Listen for the scanner”.')}</li>
        <li>{t('On the scanner, enter this computer’s address as the server, and port {port}.', { port })}</li>
        <li>{t('Scan a page to any address. Put the settings above back afterwards.')}</li>
      </ol>
      <Field
        id="catch-port"
        label={t('Port on this computer')}
        value={port}
        read={readPort}
        problem={t('Type a number from 1 to 65535.')}
        onValue={setPort}
        inputMode="decimal"
      />
      {device !== null && (
        <label className="tick">
          <input
            type="checkbox"
            checked={!anyDevice}
            onChange={(event) => setAny(event.target.checked ? null : 'yes')}
          />
          <span>{t('Only from {device}; all others are turned away', { device })}</span>
        </label>
      )}
      <div className="row">
        <Button kind="plain" busy={running} onClick={() => void listen()}>
          {t('Listen for the scanner')}
        </Button>
      </div>
      <OtherWay work="catch" />
      <TaskState task="catch" fallback={t('Listening …')} onRetry={() => void listen()} />
      {log && log.length > 1 && (
        <details className="more">
          <summary>{t('What has happened so far')}</summary>
          <ul className="outcome-steps">
            {log.slice(0, -1).map((line) => (
              <li key={line.message}>{line.message}</li>
            ))}
          </ul>
        </details>
      )}
      {caught?.map((message) => (
        <CaughtCard key={JSON.stringify(message)} message={message} />
      ))}
      {caught && caught.length === 0 && (
        <p className="note note-info">
          {t('Nothing arrived. The scanner cannot reach this computer, or sends elsewhere.')}
        </p>
      )}
    </div>
  );
}

/** One main cause first, with the one thing to do; what else was noticed, and the facts, only when asked for. */
function CaughtCard({ message }: { readonly message: CaughtMessage }) {
  const t = useText();
  const [main, ...others] = message.findings;
  const { offered } = message;
  const rows = [
    { label: t('From'), value: message.mailFrom === '' ? t('empty') : (message.mailFrom ?? '–') },
    { label: t('To'), value: message.recipients.join(', ') || '–' },
    { label: t('Shown as from'), value: message.headerFrom ?? '–' },
    { label: t('Device'), value: message.fromIp },
    { label: t('Introduces itself as'), value: message.helo ?? '–' },
    { label: t('Encryption'), value: message.tls ?? t('none') },
    ...(offered
      ? [
          { label: t('Offered versions'), value: offered.versions.join(', ') },
          { label: t('Offered ciphers'), value: offered.ciphers.join(', ') || '–' },
        ]
      : []),
    { label: t('Signed in'), value: message.authTried ? t('yes; thrown away unread') : t('no') },
    { label: t('Size'), value: t('{bytes, number} bytes', { bytes: message.bytes }) },
    { label: t('Complete'), value: message.complete ? t('yes') : t('no') },
  ];
  return (
    <article className="card stack" aria-label={t('A message from the scanner')}>
      <h3>
        {message.subject ?? (message.complete ? t('A message without a subject') : t('A call without a whole message'))}
      </h3>
      {message.times > 1 && (
        <p className="quiet">{t('The device tried this {times, number} times.', { times: message.times })}</p>
      )}
      {main && <FindingList findings={[main]} />}
      {others.length > 0 && (
        <details className="more">
          <summary>{t('What else was noticed ({count, number})', { count: others.length })}</summary>
          <FindingList findings={others} />
        </details>
      )}
      <details className="more">
        <summary>{t('What the device said')}</summary>
        <DetailView detail={{ kind: 'facts', rows }} />
        {message.headers.length > 0 && <pre className="code-block">{message.headers.join('\n')}</pre>}
      </details>
    </article>
  );
}
