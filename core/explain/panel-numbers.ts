/** Finds the numbers scanners show when a scan was not sent: `#839`, `0x1102`, `027-779`, with the brand that uses the form. */

const FORMS: readonly (readonly [brand: string, form: RegExp])[] = [
  ['canon', /(?:#|canon[^\d#]{0,40}|(?:error|fehler|erreur|code)(?: code)? ?:? ?#?)(8[0-5]\d|995)(?!\d)/g],
  ['kyocera', /(?:0x|kyocera[^\d]{0,40}|(?:error|fehler|erreur|fout|code)[^\d]{0,8})(11[03]\d|2[12]0\d)(?!\d)/g],
  ['xerox', /(?<!\d)(027-\d{3})(?!\d)/g],
];

/** @param plain lower case, one space between words */
export const panelNumbers = (plain: string): ReadonlySet<string> =>
  new Set(FORMS.flatMap(([brand, form]) => [...plain.matchAll(form)].map((match) => `${brand} ${match[1]}`)));
