/** The path of a scan as stations, each with the worst state of what was checked there. */
import { Station, type CheckResult, type Status } from '../result.ts';
import type { Translate } from '../text.ts';
import { stationWord, statusWord } from './words.ts';

/** Worst first. */
const ORDER: readonly Status[] = ['fail', 'unknown', 'warn', 'pass', 'skipped'];

export type PathStation = {
  readonly station: Station;
  readonly name: string;
  /** Null when nothing was checked there. */
  readonly status: Status | null;
  readonly word: string;
  readonly summary: string | null;
};

export const pathStations = (
  results: readonly Pick<CheckResult, 'station' | 'status' | 'summary'>[],
  t: Translate,
): readonly PathStation[] =>
  Station.options.map((station) => {
    const here = results.filter((result) => result.station === station);
    const status = ORDER.find((candidate) => here.some((result) => result.status === candidate)) ?? null;
    return {
      station,
      name: stationWord(station, t),
      status,
      word: status === null ? t('not looked at') : statusWord(status, t),
      summary: here.find((result) => result.status === status)?.summary ?? null,
    };
  });
