/** An independent reading of PowerShell's literals (language specification 2.3.5), to check that nothing leaves its quotes. */

/** PowerShell takes any of these for a single quote, and lets one close another. */
const SINGLE = new Set(["'", '\u2018', '\u2019', '\u201a', '\u201b']);
const DOUBLE = new Set(['"', '\u201c', '\u201d', '\u201e']);

export type Token = { readonly kind: 'code' | 'string' | 'comment'; readonly text: string };

/** @throws Error for what our scripts never hold: double quotes, here-strings, back-ticks, unclosed literals */
export function tokenize(script: string): readonly Token[] {
  const tokens: Token[] = [];
  let code = '';
  const flush = (): void => {
    if (code.trim() !== '') tokens.push({ kind: 'code', text: code.trim().replaceAll(/\s+/g, ' ') });
    code = '';
  };
  for (let at = 0; at < script.length;) {
    const char = script.charAt(at);
    if (SINGLE.has(char)) {
      if (script.charAt(at - 1) === '@') throw new Error('here-string');
      flush();
      let text = '';
      for (at += 1; ; at += 1) {
        if (at >= script.length) throw new Error('literal is not closed');
        const inner = script.charAt(at);
        if (inner === '\r' || inner === '\n') throw new Error('literal over a line end');
        if (!SINGLE.has(inner)) text += inner;
        else if (SINGLE.has(script.charAt(at + 1))) {
          text += inner;
          at += 1;
        } else break;
      }
      tokens.push({ kind: 'string', text });
      at += 1;
    } else if (char === '#' && (at === 0 || /\s/.test(script.charAt(at - 1)))) {
      flush();
      const end = script.slice(at).search(/[\r\n]|$/);
      tokens.push({ kind: 'comment', text: script.slice(at, at + end) });
      at += end;
    } else if (DOUBLE.has(char) || char === '`') {
      throw new Error(`${char} outside a literal`);
    } else {
      code += char;
      at += 1;
    }
  }
  flush();
  return tokens;
}

/** Folds `('a' + [char]0x00D1 + 'o')` into one string, as PowerShell would when it runs. */
export function foldStrings(tokens: readonly Token[]): readonly Token[] {
  const folded: Token[] = [];
  for (const token of tokens) {
    const last = folded.at(-1);
    const before = folded.at(-2);
    if (token.kind === 'string' && last?.kind === 'code' && before?.kind === 'string') {
      const joined = /^\+((?: \[char\]0x[0-9A-F]{4} \+)*)$/.exec(last.text);
      if (joined) {
        folded.splice(-2, 2, { kind: 'string', text: before.text + charsOf(joined[1] ?? '') + token.text });
        continue;
      }
    }
    if (token.kind === 'code' && last?.kind === 'string') {
      const tail = /^\+ (\[char\]0x[0-9A-F]{4}(?: \+ \[char\]0x[0-9A-F]{4})*)(?=\))/.exec(token.text);
      if (tail) {
        folded.splice(-1, 1, { kind: 'string', text: last.text + charsOf(tail[1] ?? '') });
        folded.push({ kind: 'code', text: token.text.slice(tail[0].length).trim() });
        continue;
      }
    }
    folded.push(token);
  }
  return folded;
}

const charsOf = (text: string): string =>
  [...text.matchAll(/0x([0-9A-F]{4})/g)].map(([, hex]) => String.fromCharCode(Number.parseInt(hex ?? '', 16))).join('');
