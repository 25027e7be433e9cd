/** Around a table that may be wider or longer than its place: it scrolls by itself, and the keyboard gets into it. */
import type { ReactNode } from 'react';

type TableFrameProps = {
  readonly label: string;
  /** Keeps a long table low. */
  readonly low?: boolean;
  readonly children: ReactNode;
};

export function TableFrame({ label, low = false, children }: TableFrameProps) {
  return (
    // What scrolls has to take the focus (WCAG 2.1.1); no element of HTML says "scrolls".
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role
    <div className={low ? 'table-frame transcript' : 'table-frame'} role="group" tabIndex={0} aria-label={label}>
      {children}
    </div>
  );
}
