/** Makes pasted text plain: takes out what hides words – colours, HTML, quoted-printable, JSON, marks of direction. */

const ESCAPES = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g;
// These say nothing and stand inside words: NUL of a wide encoding, soft hyphens, zero-width and direction marks.
const INSIDE =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
// Quoted-printable breaks lines with `=` (RFC 2045 §6.7).
const SOFT_BREAK = /=\r?\n/g;
// JSON and program output write line ends and quotes as names.
const ESCAPED_LINE = /(?:\\r)?\\n/g;
const ESCAPED_APOSTROPHE = /\\u0027|\\'/g;
/** Elements that may stand inside a word; all the others end it. Attributes are bounded to stay linear. */
const INLINE = /<\/?(?:wbr|b|i|u|em|strong|span|font|a|code|tt|small|mark)(?:\s[^<>]{0,400})?>/gi;
const ELEMENT = /<\/?[a-z][a-z0-9]{0,12}(?:\s[^<>]{0,400})?\/?>/gi;
const NUMBERED_CHARACTER = /&#(\d{2,5}|x[0-9a-f]{2,4});/gi;
const ENTITIES: readonly (readonly [RegExp, string])[] = [
  [/&nbsp;/gi, ' '],
  [/&(?:apos|rsquo|lsquo);/gi, "'"],
  [/&(?:quot|lt|gt|ldquo|rdquo);/gi, ' '],
  [/&amp;/gi, '&'],
];

/** @param text whatever was pasted; the time taken is linear in its length */
export function plainText(text: string): string {
  let plain = text.replaceAll(ESCAPES, '').replaceAll(INSIDE, '').replaceAll(SOFT_BREAK, '');
  if (plain.includes('\\'))
    plain = plain.replaceAll(ESCAPED_LINE, '\n').replaceAll(ESCAPED_APOSTROPHE, "'").replaceAll('\\"', ' ');
  if (plain.includes('<'))
    plain = plain.replaceAll(INLINE, '').replaceAll(ELEMENT, (tag) => (/^<br/i.test(tag) ? '\n' : ' '));
  if (plain.includes('&')) {
    plain = plain.replaceAll(NUMBERED_CHARACTER, (_, number: string) =>
      String.fromCharCode(/^x/i.test(number) ? Number.parseInt(number.slice(1), 16) : Number(number)),
    );
    for (const [name, character] of ENTITIES) plain = plain.replaceAll(name, character);
  }
  return plain.replaceAll(/[’‘`´]/g, "'");
}
