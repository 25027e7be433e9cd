/** The languages there are, and which of them is meant by a tag of the system. */
import { z } from 'zod';
import { PSEUDO_TAG } from './pseudo.ts';

/** Offered to people, each by its own name; the pseudo-language is not. All but English have a file in `assets/languages/`. */
export const LANGUAGES: readonly { readonly tag: string; readonly name: string }[] = [
  { tag: 'en', name: 'English' },
  { tag: 'de', name: 'Deutsch' },
  { tag: 'fr', name: 'Français' },
  { tag: 'es', name: 'Español' },
];

/** `assets/languages/<tag>.json`: English message → message of the language, both in ICU syntax with the same `{places}`. */
export const LanguageFile = z.strictObject({
  /** BCP 47. */
  tag: z.string().regex(/^[a-z]{2,3}$/),
  texts: z.record(z.string().min(1), z.string().min(1)),
});
export type LanguageFile = z.infer<typeof LanguageFile>;

/** @param tag BCP 47 (`de-AT`) or as Unix systems write it (`de_AT.UTF-8`). @returns tag of the language to use; English for an unknown one */
export function closestLanguage(tag: string): string {
  if (tag === PSEUDO_TAG) return tag;
  const [language = ''] = tag.toLowerCase().split(/[-_.@]/);
  return LANGUAGES.find((known) => known.tag === language)?.tag ?? 'en';
}
