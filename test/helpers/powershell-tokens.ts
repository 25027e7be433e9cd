/** Reads PowerShell the way its own scanner does (language specification 2.3), written without a look at our quoting. */

/** PowerShell takes any of these for a single quote, and lets one close another (CharTraits.cs, IsSingleQuote). */
const SINGLE = "'\u2018\u2019\u201a\u201b";
const TICK = '`';
const DOUBLE = '"\u201c\u201d\u201e';
const DASH = String.raw`\-\u2013\u2014\u2015`;

export type Kind =
  | 'string'
  | 'expandable'
  | 'comment'
  | 'variable'
  | 'splat'
  | 'number'
  | 'word'
  | 'dash-word'
  | 'operator'
  | 'line-end';

export type Token = {
  readonly kind: Kind;
  /** Of a string its value; of anything else its spelling. */
  readonly text: string;
  /** No white space before it; PowerShell tells `$a[0]` from `$a [0]`. */
  readonly glued: boolean;
};

/** Alternatives in the order of PowerShell's scanner; each begins where the one before ended. */
const RULES: readonly (readonly [Kind | 'blank' | 'here', string])[] = [
  ['line-end', String.raw`\r\n|[\r\n]`],
  ['blank', String.raw`(?:[ \t\f\v\u0085\p{Zs}]|${TICK}\r?\n)+`],
  ['variable', String.raw`\$(?:\{[^}]*\}|[A-Za-z_][\w:]*|[$^?_])`],
  ['word', String.raw`[\p{L}_][\p{L}\d_]*(?:[${DASH}][\p{L}\d_]+)*`],
  ['string', `[${SINGLE}](?:[^${SINGLE}]|[${SINGLE}]{2})*[${SINGLE}]`],
  ['comment', String.raw`<#[^]*?#>|#[^\r\n]*`],
  ['here', `@[${SINGLE}${DOUBLE}]`],
  ['splat', String.raw`@[A-Za-z_]\w*`],
  ['operator', String.raw`::|@\(|@\{|\$\(|[(){}[\],;|+*/%=.:&!<>]`],
  ['number', String.raw`0x[\dA-Fa-f]+\b|\d+(?:\.\d+)?(?!\w)`],
  ['dash-word', String.raw`[${DASH}][A-Za-z]+(?![\w${DASH}])`],
  ['operator', `[${DASH}]`],
  ['expandable', `[${DOUBLE}](?:[^${DOUBLE}${TICK}]|${TICK}[^]|[${DOUBLE}]{2})*[${DOUBLE}]`],
];
const NEXT = new RegExp(RULES.map(([, pattern]) => `(${pattern})`).join('|'), 'uy');

const unquote = (literal: string, quotes: string): string =>
  literal.slice(1, -1).replaceAll(new RegExp(`([${quotes}])[${quotes}]`, 'g'), '$1');

/** `@'` up to a line that begins with `'@`. */
function hereString(script: string, at: number): { text: string; end: number; kind: Kind } {
  const single = SINGLE.includes(script.charAt(at + 1));
  const quotes = single ? SINGLE : DOUBLE;
  const rule = new RegExp(`@[${quotes}][ \\t]*\\r?\\n([^]*?)\\r?\\n[${quotes}]@`, 'y');
  rule.lastIndex = at;
  const found = rule.exec(script);
  if (!found) throw new Error(`here-string without an end at ${at}`);
  return { text: found[1] ?? '', end: rule.lastIndex, kind: single ? 'string' : 'expandable' };
}

/** @throws Error for what is no PowerShell, and for literals that run into their neighbours */
export function tokenize(script: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let glued = false;
  while (at < script.length) {
    NEXT.lastIndex = at;
    const found = NEXT.exec(script);
    if (!found) throw new Error(`no token at ${at}: ${JSON.stringify(script.slice(at, at + 30))}`);
    const [raw] = found;
    const kind = (RULES[found.indexOf(raw, 1) - 1] as (typeof RULES)[number])[0];
    let end = at + raw.length;
    if (kind === 'blank') {
      glued = false;
      at = end;
      continue;
    }
    let token: Token = { kind: kind === 'here' ? 'string' : kind, text: raw, glued };
    if (kind === 'here') {
      const here = hereString(script, at);
      end = here.end;
      token = { kind: here.kind, text: here.text, glued };
    } else if (kind === 'string') token = { kind, text: unquote(raw, SINGLE), glued };
    else if (kind === 'expandable') token = { kind, text: unquote(raw, DOUBLE), glued };
    const before = tokens.at(-1);
    // As an argument of a command, 'a'b and b'a' are one word: no literal any more.
    const quoted = (one: Token): boolean => one.kind === 'string' || one.kind === 'expandable';
    const loose = (one: Token): boolean => quoted(one) || /^(word|number|variable|dash-word)$/.test(one.kind);
    if (glued && before && ((quoted(token) && loose(before)) || (quoted(before) && loose(token))))
      throw new Error(`a literal runs into its neighbour at ${at}`);
    tokens.push(token);
    glued = kind !== 'line-end';
    at = end;
  }
  return tokens;
}

const is = (token: Token | undefined, kind: Kind, text: string): boolean =>
  token?.kind === kind && token.text.toLowerCase() === text;

/** One operand of a sum: a literal, or `[char]0x00D1`. */
function operand(tokens: readonly Token[], at: number): { text: string; end: number } | null {
  const first = tokens[at];
  if (first?.kind === 'string') return { text: first.text, end: at + 1 };
  const number = tokens[at + 3];
  const isChar =
    is(first, 'operator', '[') && is(tokens[at + 1], 'word', 'char') && is(tokens[at + 2], 'operator', ']');
  if (!isChar || number?.kind !== 'number' || !/^0x[\da-f]{4}$/i.test(number.text)) return null;
  return { text: String.fromCharCode(Number(number.text)), end: at + 4 };
}

/** Folds `('a' + [char]0x00D1 + 'o')` into one string, as PowerShell does when it runs: the left side, a string, decides. */
export function foldStrings(tokens: readonly Token[]): readonly Token[] {
  const folded: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at] as Token;
    let sum = is(token, 'operator', '(') && tokens[at + 1]?.kind === 'string' ? operand(tokens, at + 1) : null;
    let text = sum?.text ?? '';
    let end = sum?.end ?? 0;
    let added = 0;
    while (sum && is(tokens[end], 'operator', '+')) {
      sum = operand(tokens, end + 1);
      if (!sum) break;
      text += sum.text;
      end = sum.end;
      added += 1;
    }
    if (sum && added > 0 && is(tokens[end], 'operator', ')')) {
      folded.push({ kind: 'string', text, glued: token.glued });
      at = end + 1;
    } else {
      folded.push(token);
      at += 1;
    }
  }
  return folded;
}

/** Everything but the values: what has to be the same whatever a person typed. Without their words, comments still count. */
export const shapeOf = (tokens: readonly Token[], withComments = true): string =>
  tokens
    .map(({ kind, text }) => (kind === 'string' || (kind === 'comment' && !withComments) ? kind : `${kind} ${text}`))
    .join('\n');

export const stringsOf = (tokens: readonly Token[]): readonly string[] =>
  tokens.filter(({ kind }) => kind === 'string').map(({ text }) => text);
