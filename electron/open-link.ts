/** Which links may leave the program for the system's browser. */
import { addressKind, parseIpv4 } from '../core/address.ts';

/**
 * The address as it is handed to the system, or null when it must not be opened: https with a host name and without a
 * name or password in it, or http to a device in the office's own network (its settings page rarely has a certificate).
 * What comes back is written anew from the parsed address, never the text that came in (Electron security, item 15).
 */
export function linkToOpen(text: string): string | null {
  if (text.length > 2048) return null;
  // A parser drops tabs and line ends inside an address; who writes them has something else in mind.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0020\u007f-\u009f\\]/.test(text)) return null;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null;
  if (url.protocol === 'https:') return url.href;
  const device = parseIpv4(url.hostname);
  const inOffice = device !== null && ['private', 'link-local'].includes(addressKind(device));
  return url.protocol === 'http:' && inOffice ? url.href : null;
}
