/** A record as the character-strings some DNS hosts ask for. */

/** One TXT string holds 255 bytes (RFC 1035 §3.3); longer records are published in several. */
export const STRING_BYTES = 255;

/** Parted behind a space, which stays at the end of its string: receivers join strings with nothing between (RFC 7208 §3.3). */
function recordStrings(record: string): readonly string[] {
  const strings: string[] = [];
  let rest = record;
  while (rest.length > STRING_BYTES) {
    const space = rest.lastIndexOf(' ', STRING_BYTES - 1);
    const end = space > 0 ? space + 1 : STRING_BYTES;
    strings.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...strings, rest];
}

/** `"v=spf1 … " "… -all"`: the form of a zone file. */
export const zoneFileForm = (record: string): string =>
  recordStrings(record)
    .map((text) => `"${text}"`)
    .join(' ');
