/** The languages there are, and the Translate of one of them; English when it is not known. */
import { createTranslate, type Catalogue, type Translate } from '../text.ts';
import { en } from './en.ts';
import { PSEUDO_TAG, pseudo } from './pseudo.ts';

type Language = { readonly tag: string; readonly name: string; readonly catalogue: Catalogue };

/** Offered to people; the pseudo-language is not. */
export const LANGUAGES: readonly Language[] = [{ tag: 'en', name: 'English', catalogue: en }];

const ready = new Map<string, Translate>();

/** @param tag BCP 47 tag */
export function translateFor(tag: string): Translate {
  const known = ready.get(tag);
  if (known) return known;
  const language =
    tag === PSEUDO_TAG ? { tag, catalogue: pseudo } : LANGUAGES.find((candidate) => candidate.tag === tag);
  const translate = createTranslate(language?.tag ?? 'en', language?.catalogue ?? en);
  ready.set(tag, translate);
  return translate;
}
