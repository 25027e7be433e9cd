/** Asks once before something is changed. */
import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';

type ConfirmProps = {
  readonly open: boolean;
  readonly title: string;
  readonly children: ReactNode;
  readonly yes: string;
  readonly kind?: 'primary' | 'danger';
  readonly onYes: () => void;
  readonly onClose: () => void;
};

export function Confirm({ open, title, children, yes, kind = 'primary', onYes, onClose }: ConfirmProps) {
  const t = useText();
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title>{title}</AlertDialog.Title>
          <AlertDialog.Description className="dialog-text" render={<div />}>
            {children}
          </AlertDialog.Description>
          <div className="row end">
            <AlertDialog.Close className="button">{t('Not yet')}</AlertDialog.Close>
            <AlertDialog.Close className={`button button-${kind}`} onClick={onYes}>
              {yes}
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
