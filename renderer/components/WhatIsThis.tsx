/** The expert's word and one or two sentences, behind a small button. */
import { Popover } from '@base-ui/react/popover';
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { Icon } from './Icon.tsx';

type WhatIsThisProps = {
  readonly term: string;
  /** Where several stand side by side, each shows its term. */
  readonly named?: boolean;
  readonly children: ReactNode;
};

export function WhatIsThis({ term, named = false, children }: WhatIsThisProps) {
  const t = useText();
  return (
    <Popover.Root>
      <Popover.Trigger className="what" aria-label={t('What is this? {term}', { term })}>
        <Icon name="info" size={16} />
        <span>{named ? t('What is this? {term}', { term }) : t('What is this?')}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="floating" sideOffset={8} collisionPadding={12}>
          <Popover.Popup className="bubble">
            <Popover.Title className="bubble-title">{term}</Popover.Title>
            <Popover.Description>{children}</Popover.Description>
            <Popover.Close className="button button-quiet">{t('Close')}</Popover.Close>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
