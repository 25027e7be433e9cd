/** Takes secrets and people's addresses out of a text before it is kept or shown. */

/** Tokens, codes and passwords go; of a mail address the domain stays. */
export function redact(text: string): string {
  return text
    .replaceAll(/eyJ[\w-]{5,}\.[\w-]*\.?[\w-]*/g, '[token]')
    .replaceAll(
      /\b(code|state|client_info|device_code|user_code|refresh_token|access_token|id_token|code_verifier|assertion|password|secret)(["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi,
      '$1$2[removed]',
    )
    .replaceAll(/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 [removed]')
    .replaceAll(/\bAUTH\s+(PLAIN|LOGIN|XOAUTH2)\b.*/gi, 'AUTH $1 [removed]')
    .replaceAll(/[\w.+-]+@([\w-]+\.[\w.-]+)/g, '…@$1');
}
