/** One plain address for the envelope, the same for us and for every parser behind us; what is wrong with another is said. */
import { parseMailAddress } from '../address.ts';
import { say, type Text } from '../text.ts';

// C0, DEL and C1 (with NEL, U+0085), line and paragraph separators, and what changes the direction of writing.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

export type Envelope = { readonly address: string } | { readonly flaw: Text };

/** RFC 5321 §4.1.2, dot-string only: quoted local parts are where parsers disagree. */
export function readEnvelope(text: string): Envelope {
  // Before anything is trimmed: some of these count as white space.
  if (CONTROL.test(text)) return { flaw: say('It holds an invisible control character or a line break.') };
  const trimmed = text.replaceAll(/^ +| +$/g, '');
  if (trimmed === '') return { flaw: say('It is empty.') };
  if (/["'`\\]/.test(trimmed) && !/^[^"`\\]+@[^"'`\\]+$/.test(trimmed))
    return { flaw: say('It holds quotation marks; the test takes plain addresses only.') };
  if (/[,;]/.test(trimmed) || (trimmed.match(/@/g) ?? []).length > 1)
    return { flaw: say('It looks like more than one address; the test takes exactly one.') };
  if (/[<>()[\]:]/.test(trimmed)) return { flaw: say('It holds brackets or a colon; write the address alone.') };
  if (/\s/.test(trimmed)) return { flaw: say('It holds a space.') };
  if (/[^\x20-\x7e]/.test(trimmed))
    return { flaw: say('It holds a letter that mail servers may read differently; use plain letters and numbers.') };
  const address = parseMailAddress(trimmed);
  return address === null ? { flaw: say('It is not of the form name@example.com.') } : { address };
}
