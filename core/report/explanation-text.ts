/** An explanation for the terminal. */
import type { Explanation } from '../explain/explanation.ts';
import type { Translate } from '../text.ts';
import { numbered, wrap } from './plain-text.ts';
import { whoWord } from './words.ts';

export function explanationText(explanation: Explanation, t: Translate): string {
  const retry = {
    'after-fix': t('Trying again helps only after the fix.'),
    later: t('Try again later.'),
    no: t('Trying again does not help.'),
  }[explanation.retry];
  return [
    wrap(explanation.title),
    '',
    wrap(explanation.cause),
    '',
    ...numbered(explanation.fix, '  '),
    '',
    t('Who has to act: {who}', { who: whoWord(explanation.who, t) }),
    retry,
    ...(explanation.source === null ? [] : [wrap(t('Known from: {source}', { source: explanation.source }))]),
  ].join('\n');
}
