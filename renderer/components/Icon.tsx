/** Line drawings, decorative only: words always stand beside them. */
import type { ReactNode } from 'react';
import { STATE_DRAWINGS, STATION_DRAWINGS } from '../../core/report/drawings.ts';

const DRAWINGS = {
  good: <path d={STATE_DRAWINGS.pass} />,
  warning: <path d={STATE_DRAWINGS.warn} />,
  stop: <path d={STATE_DRAWINGS.fail} />,
  question: <path d={STATE_DRAWINGS.unknown} />,
  dash: <path d={STATE_DRAWINGS.skipped} />,
  dot: <path d={STATE_DRAWINGS.waiting} />,
  now: (
    <>
      <circle cx="12" cy="12" r="9" />
      <circle className="icon-core" cx="12" cy="12" r="4" />
    </>
  ),
  spinner: (
    <>
      <circle className="icon-faint" cx="12" cy="12" r="9" />
      <path className="icon-turns" d="M12 3a9 9 0 0 1 9 9" />
    </>
  ),
  lock: (
    <>
      <rect x="6" y="11" width="12" height="9" rx="2" />
      <path d="M8.5 11V8.5a3.5 3.5 0 0 1 7 0V11" />
    </>
  ),
  skip: <path d="M5 6.5 12 12l-7 5.5zM12 6.5 19 12l-7 5.5z" />,
  scanner: <path d={STATION_DRAWINGS.device} />,
  office: <path d={STATION_DRAWINGS.office} />,
  globe: <path d={STATION_DRAWINGS.line} />,
  door: <path d={STATION_DRAWINGS['port-25']} />,
  cloud: <path d={STATION_DRAWINGS.microsoft} />,
  inbox: <path d={STATION_DRAWINGS.recipient} />,
  new: <path d="M12 5v14M5 12h14" />,
  folder: (
    <path d="M3.5 7A1.5 1.5 0 0 1 5 5.5h4.2l2 2.3H19A1.5 1.5 0 0 1 20.5 9.3V17a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 17z" />
  ),
  practice: (
    <path d="M9.5 4v5.5L4.6 18a1.7 1.7 0 0 0 1.5 2.5h11.8a1.7 1.7 0 0 0 1.5-2.5l-4.9-8.5V4M8 4h8M7.2 14.5h9.6" />
  ),
  print: (
    <>
      <path d="M7.5 9V4h9v5M7.5 16H5.5A1.5 1.5 0 0 1 4 14.5v-4A1.5 1.5 0 0 1 5.5 9h13a1.5 1.5 0 0 1 1.5 1.5v4a1.5 1.5 0 0 1-1.5 1.5h-2" />
      <path d="M7.5 14h9v6h-9z" />
    </>
  ),
  copy: (
    <>
      <rect x="8.5" y="8.5" width="11" height="11" rx="2" />
      <path d="M15.5 8.5v-2a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2" />
    </>
  ),
  person: (
    <>
      <circle cx="12" cy="8.5" r="3.7" />
      <path d="M4.8 19.5a7.3 7.3 0 0 1 14.4 0" />
    </>
  ),
  clients: (
    <>
      <path d="M3.5 20v-8.5h7V20M10.5 20V5h10v15M2.5 20h19M6 14.5h2M6 17h2" />
      <path d="M13.5 8.5h1.2M16.8 8.5H18M13.5 12h1.2M16.8 12H18M13.5 15.5h1.2M16.8 15.5H18" />
    </>
  ),
  forward: <path d="M5 12h13.5M13 6.5l5.5 5.5-5.5 5.5" />,
  back: <path d="M19 12H5.5M11 6.5 5.5 12l5.5 5.5" />,
  info: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 11v5.2M12 7.8v.2" />
    </>
  ),
  save: (
    <>
      <path d="M12 4v10M8 10.5l4 4 4-4M4.5 16.5V18A2 2 0 0 0 6.5 20h11a2 2 0 0 0 2-2v-1.5" />
    </>
  ),
} as const satisfies Readonly<Record<string, ReactNode>>;

export type IconName = keyof typeof DRAWINGS;

export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className={`icon icon-${name}`}
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
    >
      {DRAWINGS[name]}
    </svg>
  );
}
