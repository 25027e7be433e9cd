/** Turns English source text into the person's language; the one translation layer for page, terminal and documents. */
import { IntlMessageFormat } from 'intl-messageformat';

/** Values for the `{name}` places of a message (ICU message syntax). */
export type TextValues = Readonly<Record<string, string | number>>;

/** A text that is not yet in anybody's language: an English ICU message, which is also its key in a catalogue. */
export type Text = { readonly message: string; readonly values?: TextValues };

/** Marks an English message for translation and carries its values to the surface that shows it. */
export const say = (message: string, values?: TextValues): Text => (values ? { message, values } : { message });

/** English message → message of one language, same `{places}`. A missing entry falls back to English. */
export type Catalogue = Readonly<Record<string, string>>;

/** Writes a text in one language. */
export type Translate = {
  (message: string, values?: TextValues): string;
  (text: Text): string;
  /** BCP 47 tag, for dates and numbers. */
  readonly language: string;
};

/** @param language BCP 47 tag, e.g. `en`, `de`; decides plural rules, dates and numbers. */
export function createTranslate(language: string, catalogue: Catalogue = {}): Translate {
  const compiled = new Map<string, IntlMessageFormat>();
  const format = (text: string | Text, values?: TextValues): string => {
    const message = typeof text === 'string' ? text : text.message;
    const filled = typeof text === 'string' ? values : text.values;
    let formatter = compiled.get(message);
    if (!formatter) {
      formatter = new IntlMessageFormat(catalogue[message] ?? message, language, undefined, { ignoreTag: true });
      compiled.set(message, formatter);
    }
    return String(formatter.format(filled ? { ...filled } : undefined));
  };
  return Object.assign(format, { language });
}

/** English as written in the source. */
export const english: Translate = createTranslate('en');
