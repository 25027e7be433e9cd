/** Writes values as PowerShell literals that nothing can break out of; quoting lives here and nowhere else. */

/** Line ends and controls never belong in a name, and end a pasted line. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

const ASCII_RUN = /[\u0020-\u007e]+|[^\u0020-\u007e]/g;

const hex = (unit: string): string => unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');

/**
 * A single-quoted literal of pure ASCII. PowerShell knows five single quotes (U+0027, U+2018–U+201B) and lets them close each other;
 * the four that are not ASCII become `[char]0x2019` like everything else that is not, so neither code page nor byte order mark matters.
 */
export function psString(text: string): string {
  const parts = (text.replaceAll(CONTROLS, ' ').match(ASCII_RUN) ?? []).map((part) =>
    /^[\u0020-\u007e]/.test(part) ? `'${part.replaceAll("'", "''")}'` : `[char]0x${hex(part)}`,
  );
  if (parts.length === 0) return "''";
  if (parts.length === 1 && parts[0]?.startsWith("'") === true) return parts[0];
  // A string has to come first: a character on the left would add numbers.
  return `(${[...(parts[0]?.startsWith("'") === true ? [] : ["''"]), ...parts].join(' + ')})`;
}

export function psValue(value: unknown): string {
  if (value === null || value === undefined) return '$null';
  if (typeof value === 'boolean') return value ? '$true' : '$false';
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value === 'string') return psString(value);
  if (Array.isArray(value)) return `@(${value.map(psValue).join(', ')})`;
  throw new TypeError(`no PowerShell literal for ${typeof value}`);
}

/** A comment of pure ASCII on one line; only for our own words, never for what a person typed. */
export const psComment = (text: string): string =>
  `# ${text
    .normalize('NFKD')
    .replaceAll(/[\u2018\u2019]/g, "'")
    .replaceAll(/[\u201c\u201d]/g, '"')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^\u0020-\u007e]+/g, ' ')
    .trim()}`;
