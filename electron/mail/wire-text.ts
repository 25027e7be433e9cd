/** A message as it goes over the wire: lines end with CR LF, and a line that begins with a dot gets another (RFC 5321 §4.5.2). */

/** Newlines are made right first and dots doubled then; the other way round a bare LF could hide a dot. Ends with CR LF. */
export function dotStuffed(message: Buffer): Buffer {
  const lines = message.toString('latin1').replaceAll(/\r\n|\r|\n/g, '\r\n');
  const ended = lines.endsWith('\r\n') || lines === '' ? lines : `${lines}\r\n`;
  return Buffer.from(ended.replaceAll(/^\./gm, '..'), 'latin1');
}
