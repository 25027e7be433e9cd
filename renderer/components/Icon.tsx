/** Line drawings, decorative only: words always stand beside them. */
import type { ReactNode } from 'react';

const DRAWINGS = {
  good: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="m8 12.4 2.7 2.7L16 9.6" />
    </>
  ),
  warning: (
    <>
      <path d="M12 4 21 19.5H3z" />
      <path d="M12 10v4.2M12 16.9v.2" />
    </>
  ),
  stop: (
    <>
      <path d="M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3z" />
      <path d="m9 9 6 6M15 9l-6 6" />
    </>
  ),
  question: (
    <>
      <circle cx="12" cy="12" r="9" strokeDasharray="3.2 2.4" />
      <path d="M9.7 9.6a2.4 2.4 0 1 1 3.5 2.2c-.9.5-1.2 1-1.2 1.9M12 16.6v.2" />
    </>
  ),
  dash: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M8 12h8" />
    </>
  ),
  dot: <circle cx="12" cy="12" r="8" strokeDasharray="2 3" />,
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
  scanner: (
    <>
      <path d="M5 13h14a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-4a1 1 0 0 1 1-1zM6 13 8.5 4.5M8.5 4.5h8.2" />
      <path d="M9 8.7h9M7.5 16h.1M11 16h5" />
    </>
  ),
  office: (
    <path d="M5 20V5.5A1.5 1.5 0 0 1 6.5 4h7A1.5 1.5 0 0 1 15 5.5V20M15 10h3a1.5 1.5 0 0 1 1.5 1.5V20M3.5 20h17M8.5 8h3M8.5 12h3M8.5 16h3" />
  ),
  globe: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M3.5 12h17M12 3.5c3 2.6 3.6 5.6 3.6 8.5s-.6 5.9-3.6 8.5c-3-2.6-3.6-5.6-3.6-8.5S9 6.1 12 3.5z" />
    </>
  ),
  door: (
    <>
      <path d="M6.5 20V5.5A1.5 1.5 0 0 1 8 4h8a1.5 1.5 0 0 1 1.5 1.5V20M3.5 20h17" />
      <path d="M14 12v.6" />
    </>
  ),
  cloud: (
    <>
      <path d="M7 18.5a4 4 0 0 1-.4-8A5.6 5.6 0 0 1 17.3 9.7a4.4 4.4 0 0 1 .2 8.8z" />
      <path d="M8.7 12.3h6.6v4H8.7zM8.7 12.3 12 14.6l3.3-2.3" />
    </>
  ),
  inbox: (
    <>
      <rect x="3.5" y="5.5" width="17" height="13" rx="2" />
      <path d="m4 7 8 6 8-6" />
    </>
  ),
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
