/** Copies a text to the clipboard and says that it did. */
import { useEffect, useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { Button } from './Button.tsx';

/** @param what names the thing in the button's accessible name, e.g. "the record" */
export function Copy({ text, what }: { readonly text: string; readonly what: string }) {
  const t = useText();
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), 3000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('refused');
    }
  };
  return (
    <span>
      <Button
        kind="quiet"
        icon={state === 'copied' ? 'good' : 'copy'}
        {...(state === 'copied' ? {} : { label: t('Copy {what}', { what }) })}
        onClick={() => void copy()}
      >
        {state === 'copied' ? t('Copied') : t('Copy')}
      </Button>
      <output className={state === 'refused' ? 'copy-refused' : 'hidden'}>
        {state === 'copied' && t('Copied: {what}', { what })}
        {state === 'refused' && t('Copying was not allowed; select the text instead.')}
      </output>
    </span>
  );
}
