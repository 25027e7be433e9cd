/** Every expert's word the page uses, each with one sentence; found in what is on the page, so that none is forgotten. */
import { useEffect, useRef, useState } from 'react';
import { GLOSSARY, termsIn } from '../../core/glossary.ts';
import { useText } from '../i18n/use-text.ts';

/** Looked for when the page has come to rest. */
const REST_MS = 300;

export function PageWords() {
  const t = useText();
  const own = useRef<HTMLDetailsElement>(null);
  const [found, setFound] = useState('');
  useEffect(() => {
    const page = own.current?.parentElement;
    if (!page) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      const text = [...page.children].filter((part) => part !== own.current).map((part) => part.textContent);
      setFound(
        termsIn(text.join('\n'), t)
          .map(({ id }) => id)
          .join(' '),
      );
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(look, REST_MS);
    };
    const observer = new MutationObserver((changes) => {
      if (changes.some(({ target }) => !own.current?.contains(target))) later();
    });
    observer.observe(page, { childList: true, subtree: true, characterData: true });
    later();
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [t]);
  const terms = GLOSSARY.filter(({ id }) => found.split(' ').includes(id));
  return (
    <details ref={own} className="more" hidden={terms.length === 0}>
      <summary>{t('What is this? The expert’s words on this page')}</summary>
      <dl className="facts">
        {terms.map(({ id, term, means }) => (
          <div key={id}>
            <dt>{t(term)}</dt>
            <dd>{t(means)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
