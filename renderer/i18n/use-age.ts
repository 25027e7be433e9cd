/** How long ago something was, in words of the chosen language. */
import { useText } from './use-text.ts';

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['week', 7 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
];

/** @returns e.g. “3 days ago”; the text as it is when it is no date */
export function useAge(): (iso: string) => string {
  const { language } = useText();
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  return (iso) => {
    const seconds = (Date.parse(iso) - Date.now()) / 1000;
    if (Number.isNaN(seconds)) return iso;
    const [unit, length] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
    // A clock set back must not tell of the future.
    return format.format(Math.min(0, Math.round(seconds / length)), unit);
  };
}
