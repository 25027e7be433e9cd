/** The frame of each page about clients: a heading that takes the focus, and the way back. */
import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from '../components/Button.tsx';
import { PageWords } from '../components/PageWords.tsx';
import { useText } from '../i18n/use-text.ts';

type ClientsFrameProps = {
  readonly heading: string;
  readonly lead?: ReactNode;
  /** Explains the expert's words on the page; a long list has too many to look through. */
  readonly explained?: boolean;
  /** The focus is to go elsewhere, as to where one was in the list. */
  readonly focusElsewhere?: boolean;
  readonly onBack: () => void;
  /** Further buttons at the foot; the main one comes last. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

export function ClientsFrame(props: ClientsFrameProps) {
  const { heading, lead, explained = false, focusElsewhere = false, onBack, actions, children } = props;
  const t = useText();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focusElsewhere) return;
    title.current?.focus({ preventScroll: true });
    title.current?.closest('main')?.scrollTo(0, 0);
    // oxlint-disable-next-line react/exhaustive-deps -- on arrival alone
  }, []);
  return (
    <>
      <article className="page clients-page">
        <h1 ref={title} tabIndex={-1}>
          {heading}
        </h1>
        {lead !== undefined && <div className="lead">{lead}</div>}
        {children}
        {explained && <PageWords />}
      </article>
      <footer className="actions">
        <Button kind="plain" icon="back" onClick={onBack}>
          {t('Back')}
        </Button>
        <span className="grow" />
        {actions}
      </footer>
    </>
  );
}
