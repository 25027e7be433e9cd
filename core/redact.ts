/** Takes secrets, addresses and people out of a text before it is kept or shown. */

const secretsOut = (text: string): string =>
  text
    .replaceAll(/eyJ[\w-]{5,}\.[\w-]*\.?[\w-]*/g, '[token]')
    .replaceAll(
      /\b(code|state|client_info|device_code|user_code|refresh_token|access_token|id_token|code_verifier|assertion|password|secret)(["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi,
      '$1$2[removed]',
    )
    .replaceAll(/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 [removed]')
    .replaceAll(/\bAUTH\s+(PLAIN|LOGIN|XOAUTH2)\b.*/gi, 'AUTH $1 [removed]');

/** Tokens, codes and passwords go; of a mail address the domain stays. */
export function redact(text: string): string {
  return secretsOut(text).replaceAll(/[\w.+-]+@([\w-]+\.[\w.-]+)/g, '…@$1');
}

/** Everybody's, so they tell nothing of an office; and names of our own files. */
const PUBLIC_NAMES =
  /(^|\.)(outlook\.com|office365\.com|office\.com|microsoft\.com|microsoftonline\.com|microsoftonline\.us|windows\.net|mx\.microsoft|spamhaus\.org|localhost)$|\.(m?[jt]sx?|cjs|json|log|html|css|ps1|asar)$/i;
const MAIL = /[^\s<>"'`(),;:[\]]+@[^\s<>"'`(),;:[\]]+/g;
const IPV4 = /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\w)/g;
const IPV6 = /(?<![\w:.])(?=[\da-f:]*::|(?:[\da-f]{1,4}:){7})[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:])/gi;
const HARDWARE = /\b[\da-f]{2}(?:[:-][\da-f]{2}){5}\b/gi;
const IDS = /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/gi;
const NAMES = /\b(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?\.)+(?:xn--[a-z\d-]+|\p{L}{2,})\b/gu;
const HOME = /((?:\/home|\/Users|[A-Z]:\\+Users)[/\\]+)[^/\\\s"']+/gi;

/**
 * Takes out, besides, whatever tells which office it is. The same thing gets the same number, so that a reader can still follow.
 * @param known names of people, companies, devices and domains that stand in no pattern
 */
export function redactAll(text: string, known: readonly string[] = []): string {
  const numbers = new Map<string, string>();
  const stand = (kind: string) => (found: string) => {
    const key = `${kind} ${found.toLowerCase()}`;
    const number = [...numbers.keys()].filter((one) => one.startsWith(`${kind} `)).length + 1;
    const name = numbers.get(key) ?? `[${kind} ${number}]`;
    numbers.set(key, name);
    return name;
  };
  const patterns = secretsOut(text)
    .replaceAll(HOME, '$1[person]')
    .replaceAll(MAIL, stand('mail address'))
    .replaceAll(HARDWARE, stand('hardware address'))
    .replaceAll(IDS, stand('id'))
    .replaceAll(IPV4, stand('address'))
    .replaceAll(IPV6, stand('address'))
    .replaceAll(NAMES, (name) => (PUBLIC_NAMES.test(name) && !isTenantsOwn(name) ? name : stand('name')(name)));
  return [...new Set(known.map((value) => value.trim()))]
    .filter((value) => value.length > 1)
    .sort((one, other) => other.length - one.length)
    .reduce((rest, value) => rest.replaceAll(wholeWord(value), stand('name')), patterns);
}

/** contoso-com.mail.protection.outlook.com and the like carry the office's own name. */
const isTenantsOwn = (name: string): boolean =>
  /\.(mail\.protection\.outlook\.com|onmicrosoft\.com|mx\.microsoft|sharepoint\.com)$/i.test(name);

/** “Ann” must not be taken out of “cannot”. */
const wholeWord = (value: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped(value)}(?![\p{L}\p{N}])`, 'giu');

const escaped = (value: string): string => value.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
