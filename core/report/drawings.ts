/** Line drawings for stations and states on a 24 × 24 field, each one SVG path; window and paper draw the same. */
import type { Station } from '../result.ts';
import type { PathState } from './path.ts';

const CIRCLE = 'M3 12a9 9 0 1 0 18 0 9 9 0 0 0-18 0z';

/** States differ by shape, so that they can be told apart without colour. */
export const STATE_DRAWINGS: Readonly<Record<PathState, string>> = {
  pass: `${CIRCLE}M8 12.4l2.7 2.7L16 9.6`,
  warn: 'M12 4l9 15.5H3zM12 10v4.2M12 16.9v.2',
  fail: 'M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM9 9l6 6M15 9l-6 6',
  unknown: `${CIRCLE}M9.7 9.6a2.4 2.4 0 1 1 3.5 2.2c-.9.5-1.2 1-1.2 1.9M12 16.6v.2`,
  skipped: `${CIRCLE}M8 12h8`,
  waiting: 'M7 12a5 5 0 1 0 10 0 5 5 0 0 0-10 0z',
  running: 'M12 3a9 9 0 0 1 9 9',
};

export const STATION_DRAWINGS: Readonly<Record<Station, string>> = {
  // A flat-bed scanner with its lid open and a page coming out.
  device: 'M4 13.5h16V18a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM5 13.5 8 5h11M8.2 10.5h9.6M7.5 16.3h.1M11 16.3h5.5',
  office:
    'M5 20V5.5A1.5 1.5 0 0 1 6.5 4h7A1.5 1.5 0 0 1 15 5.5V20M15 10h3a1.5 1.5 0 0 1 1.5 1.5V20M3.5 20h17M8.5 8h3M8.5 12h3M8.5 16h3',
  line: 'M3.5 12a8.5 8.5 0 1 0 17 0 8.5 8.5 0 0 0-17 0zM3.5 12h17M12 3.5c3 2.6 3.6 5.6 3.6 8.5s-.6 5.9-3.6 8.5c-3-2.6-3.6-5.6-3.6-8.5S9 6.1 12 3.5z',
  'port-25': 'M6.5 20V5.5A1.5 1.5 0 0 1 8 4h8a1.5 1.5 0 0 1 1.5 1.5V20M3.5 20h17M14 12v.6',
  microsoft:
    'M7 18.5a4 4 0 0 1-.4-8A5.6 5.6 0 0 1 17.3 9.7a4.4 4.4 0 0 1 .2 8.8zM8.7 12.3h6.6v4H8.7zM8.7 12.3 12 14.6l3.3-2.3',
  recipient: 'M5.5 5.5h13a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2zM4 7l8 6 8-6',
};
