/** A button: one primary per page, the others step back. */
import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

type ButtonProps = {
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconName;
  /** Accessible name where the visible words alone are not enough; it begins with them. */
  readonly label?: string;
  readonly busy?: boolean;
  readonly id?: string;
  readonly describedBy?: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
};

export function Button({ kind = 'plain', icon, label, busy = false, id, describedBy, onClick, children }: ButtonProps) {
  return (
    <button
      type="button"
      id={id}
      className={kind === 'plain' ? 'button' : `button button-${kind}`}
      aria-label={label}
      aria-describedby={describedBy}
      aria-disabled={busy || undefined}
      onClick={busy ? undefined : onClick}
    >
      {icon && <Icon name={icon} size={18} />}
      <span>{children}</span>
    </button>
  );
}
