/** Makes text from outside fit to keep and show: control, escape and direction characters are made visible or taken out. */

// C0 except tab, DEL and C1, line and paragraph separators, and the bidirectional controls (Unicode TR9).
const UNSAFE = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export const cleanText = (text: string, maxLength = 2048): string => text.slice(0, maxLength).replaceAll(UNSAFE, '�');
