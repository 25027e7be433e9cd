/** Makes text from the other side safe to keep and show: no control characters, no secrets, a bounded length. */
import { redact } from '../../core/redact.ts';

/** C0, C1, ANSI sequences, bidi controls, zero-width and line separators. */
const UNSAFE =
  /\u001b\[[0-?]*[ -/]*[@-~]|[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** For names and addresses, which stay whole. */
export const stripUnsafe = (text: string, maxLength = 320): string =>
  text
    .slice(0, maxLength * 4)
    .replaceAll(UNSAFE, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
    .slice(0, maxLength);

/** For messages: what looks like a secret or somebody's address goes as well. */
export const cleanText = (text: string, maxLength = 1000): string => redact(stripUnsafe(text, maxLength));
