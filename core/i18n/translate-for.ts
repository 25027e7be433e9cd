/** The Translate of a language: English at once, any other after its host has learnt it from a file or over a call. */
import { createTranslate, english, type Catalogue, type Translate } from '../text.ts';
import { closestLanguage } from './languages.ts';
import { PSEUDO_TAG, pseudo } from './pseudo.ts';

const ready = new Map<string, Translate>([
  ['en', english],
  [PSEUDO_TAG, createTranslate(PSEUDO_TAG, pseudo)],
]);

/** @param tag one of the languages */
export const learnLanguage = (tag: string, texts: Catalogue): void => void ready.set(tag, createTranslate(tag, texts));

/** Has it been learnt, or need not be? @param tag BCP 47 tag */
export const knowsLanguage = (tag: string): boolean => ready.has(closestLanguage(tag));

/** @param tag BCP 47 tag. @returns English for a language that is not known, or not learnt yet */
export const translateFor = (tag: string): Translate => ready.get(closestLanguage(tag)) ?? english;
