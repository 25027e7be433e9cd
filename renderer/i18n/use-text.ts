/** The texts of the chosen language for components, and its ways of writing dates. */
import { translateFor } from '../../core/i18n/translate-for.ts';
import type { Translate } from '../../core/text.ts';
import { useWizard } from '../use-wizard.ts';

export const useText = (): Translate => translateFor(useWizard((wizard) => wizard.language));

/** Date and time of day, as people of the language write them. */
export function useMoment(): (iso: string) => string {
  const { language } = useText();
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (iso) => (Number.isNaN(Date.parse(iso)) ? iso : format.format(new Date(iso)));
}

const LANGUAGE = 'relayready.language';

/** The language chosen last time here, else the first of the system's. */
export function keptLanguage(): string {
  try {
    return localStorage.getItem(LANGUAGE) ?? navigator.language;
  } catch {
    return navigator.language;
  }
}

export function keepLanguage(tag: string): void {
  try {
    localStorage.setItem(LANGUAGE, tag);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
