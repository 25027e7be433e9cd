/** What the answer of a DNS block list means (RFC 5782 §2; the list keepers' own code tables). */

/** Spamhaus: 127.255.255.0/24 says that the question itself was not accepted, never that an address is listed. */
const isErrorCode = (code: string): boolean => code.startsWith('127.255.255.');

/** @returns null when the answer is no answer of a block list: an error code, or rewritten on the way */
export function listedBy(codes: readonly string[]): boolean | null {
  if (codes.length === 0) return false;
  if (codes.some((code) => !code.startsWith('127.') || isErrorCode(code))) return null;
  return true;
}

/** Spamhaus PBL: the provider (.10) or the list (.11) says that this line is not meant to send mail directly. */
export const isPolicyCode = (code: string): boolean => code === '127.0.0.10' || code === '127.0.0.11';
