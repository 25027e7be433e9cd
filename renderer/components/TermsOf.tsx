/** "What is this?" for each expert's word in a text, beside it. */
import { termsIn } from '../../core/glossary.ts';
import { useText } from '../i18n/use-text.ts';
import { WhatIsThis } from './WhatIsThis.tsx';

export function TermsOf({ text }: { readonly text: string }) {
  const t = useText();
  const terms = termsIn(text, t);
  if (terms.length === 0) return null;
  return (
    <p className="row">
      {terms.map(({ id, term, means }) => (
        <WhatIsThis key={id} term={t(term)} named>
          {t(means)}
        </WhatIsThis>
      ))}
    </p>
  );
}
