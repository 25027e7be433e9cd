/** The page the browser ends on after sign-in; nothing of the request is ever repeated on it. */
import type { Translate } from '../../core/text.ts';

export type SignInPageKind = 'waiting' | 'received' | 'refused';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

type Words = { readonly title: string; readonly text: string };

const WORDS: Readonly<Record<SignInPageKind, (t: Translate) => Words>> = {
  received: (t) => ({
    title: t('Microsoft has answered'),
    text: t('You can close this tab and go back to RelayReady.'),
  }),
  refused: (t) => ({
    title: t('The sign-in was not finished'),
    text: t('Nothing was changed. Close this tab and go back to RelayReady; it says what to do next.'),
  }),
  waiting: (t) => ({
    title: t('RelayReady is waiting for Microsoft’s answer'),
    text: t('There is nothing to do here. Go on with the sign-in, or back to RelayReady.'),
  }),
};

export function signInPage(kind: SignInPageKind, t: Translate): string {
  const { title, text } = WORDS[kind](t);
  return `<!doctype html>
<html lang="${escape(t.language)}"><head><meta charset="utf-8"><title>${escape(title)}</title>
<style>:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem}</style>
</head><body><main><h1>${escape(title)}</h1><p>${escape(text)}</p></main></body></html>
`;
}
