/** What was imported, in one sentence; it takes the focus. */
import { useEffect, useRef } from 'react';
import type { Result } from '../../core/contract.ts';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';

export function ImportedNote({ imported }: { readonly imported: Result<'clients.import'> }) {
  const t = useText();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  const { added, changed, same, leftOut } = imported;
  return (
    <div ref={place} tabIndex={-1} className="note note-pass">
      <Icon name="good" size={22} />
      <div className="note-body">
        <p className="note-title">{t('It is imported.')}</p>
        <p>
          {t(
            'New: {added, number}. Changed: {changed, number}. As before: {same, number}. Rows left out: {leftOut, number}.',
            {
              added,
              changed,
              same,
              leftOut,
            },
          )}
        </p>
      </div>
    </div>
  );
}
