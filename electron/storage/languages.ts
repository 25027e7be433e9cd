/** Reads a language from its file when it is first wanted; English needs none. */
import { closestLanguage, LanguageFile } from '../../core/i18n/languages.ts';
import { PSEUDO_TAG } from '../../core/i18n/pseudo.ts';
import { knowsLanguage, learnLanguage, translateFor } from '../../core/i18n/translate-for.ts';
import type { Translate } from '../../core/text.ts';
import { readAsset } from './assets.ts';

/** @param tag as for `languageFor`; English, whose texts are its keys, has none of its own */
export async function readLanguage(tag: string): Promise<LanguageFile> {
  const known = closestLanguage(tag);
  return known === 'en' || known === PSEUDO_TAG
    ? { tag: 'en', texts: {} }
    : readAsset(`languages/${known}.json`, LanguageFile);
}

/** @param tag BCP 47, or as Unix systems write it; English for an unknown one */
export async function languageFor(tag: string): Promise<Translate> {
  if (!knowsLanguage(tag)) {
    const language = await readLanguage(tag);
    learnLanguage(language.tag, language.texts);
  }
  return translateFor(tag);
}
