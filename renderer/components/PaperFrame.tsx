/** A page that is a paper: its heading takes the focus, it prints alone and dark on white, and it closes to where one came from. */
import { useEffect, useRef, type ReactNode } from 'react';
import { pageRule, paperOf } from '../../core/report/page-style.ts';
import { useText } from '../i18n/use-text.ts';
import { Button } from './Button.tsx';

type PaperFrameProps = {
  readonly heading: string;
  readonly practice: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

export function PaperFrame({ heading, practice, onClose, children }: PaperFrameProps) {
  const t = useText();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const stamp = practice ? t('PRACTICE – made with a simulated Microsoft 365, nothing here is real') : null;
  useEffect(() => {
    const margins = new CSSStyleSheet();
    margins.replaceSync(pageRule({ name: heading, stamp, paper: paperOf(navigator.language) }, t));
    document.adoptedStyleSheets.push(margins);
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== margins);
    };
  }, [heading, stamp, t]);
  return (
    <>
      <article className="page sheet">
        {stamp !== null && <p className="paper-stamp">{stamp}</p>}
        <h1 ref={title} tabIndex={-1}>
          {heading}
        </h1>
        {children}
      </article>
      <footer className="actions">
        <Button kind="plain" icon="back" onClick={onClose}>
          {t('Close')}
        </Button>
        <span className="grow" />
        <Button kind="plain" icon="print" onClick={() => window.print()}>
          {t('Print this page')}
        </Button>
      </footer>
    </>
  );
}
