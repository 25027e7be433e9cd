/** Parses the part of PowerShell that our script uses into a tree; everything else is refused. */
import { tokenize, type Token } from './powershell-tokens.ts';

export type Argument =
  | { readonly kind: 'parameter'; readonly name: string; readonly value: Expression | null }
  | { readonly kind: 'splat'; readonly name: string }
  | { readonly kind: 'value'; readonly value: Expression };
export type Parameter = { readonly name: string; readonly type: string | null };
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'array'; readonly body: readonly Statement[] }
  | { readonly kind: 'hashtable'; readonly entries: readonly (readonly [string, Statement])[] }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'pipeline'; readonly parts: readonly Expression[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'command'; readonly name: string; readonly values: readonly Argument[] }
  | { readonly kind: 'unary'; readonly operator: string; readonly value: Expression }
  | { readonly kind: 'cast'; readonly type: string; readonly value: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'member'; readonly target: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly target: Expression; readonly at: Expression }
  | {
      readonly kind: 'call';
      readonly target: Expression;
      readonly name: string;
      readonly values: readonly Expression[];
    }
  | { readonly kind: 'static'; readonly name: string; readonly values: readonly Expression[] };
export type Statement =
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'assign'; readonly target: Expression; readonly value: Statement }
  | { readonly kind: 'if'; readonly branches: readonly (readonly [Expression | null, readonly Statement[]])[] }
  | { readonly kind: 'foreach'; readonly name: string; readonly list: Expression; readonly body: readonly Statement[] }
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly parameters: readonly Parameter[];
      readonly body: readonly Statement[];
    }
  | { readonly kind: 'param'; readonly parameters: readonly Parameter[] }
  | { readonly kind: 'return' | 'throw'; readonly value: Expression | null }
  | { readonly kind: 'continue' };

/** Loosest first (about_Operator_Precedence). */
const BINARY: readonly (readonly string[])[] = [
  ['-and', '-or'],
  ['-eq', '-ne', '-gt', '-like', '-notlike', '-notcontains', '-replace'],
  ['+', '-'],
  ['*', '/'],
];

export function parse(script: string): readonly Statement[] {
  const tokens = tokenize(script).filter(({ kind }) => kind !== 'comment');
  let at = 0;
  /** Between the brackets of a method the comma parts its values. */
  let inCall = 0;
  const peek = (): Token | undefined => tokens[at];
  const fail = (wanted: string): never => {
    throw new Error(
      `${wanted} expected at token ${at}: ${tokens
        .slice(at, at + 6)
        .map(({ text }) => text)
        .join(' ')}`,
    );
  };
  const isAt = (...texts: readonly string[]): boolean => {
    const token = peek();
    const quoted = token?.kind === 'string' || token?.kind === 'expandable';
    return token !== undefined && !quoted && texts.includes(token.text.toLowerCase());
  };
  const take = (text: string): boolean => {
    if (!isAt(text)) return false;
    at += 1;
    return true;
  };
  const expect = (text: string): void => {
    if (!take(text)) fail(text);
  };
  const lineEnds = (): void => {
    while (peek()?.kind === 'line-end' || isAt(';')) at += 1;
  };
  const word = (kind: Token['kind'] = 'word'): string => {
    const token = peek();
    if (token?.kind !== kind) return fail(kind);
    at += 1;
    return token.text;
  };
  const until = (end: string): readonly Statement[] => {
    const body: Statement[] = [];
    for (lineEnds(); !take(end); lineEnds()) body.push(statement());
    return body;
  };
  const block = (): readonly Statement[] => {
    expect('{');
    return until('}');
  };
  /** `[System.Net.IPAddress]`, `[string[]]` */
  const type = (): string => {
    expect('[');
    let name = word();
    while (take('.')) name += `.${word()}`;
    if (take('[')) {
      expect(']');
      name += '[]';
    }
    expect(']');
    return name;
  };
  const parameters = (): readonly Parameter[] => {
    const found: Parameter[] = [];
    expect('(');
    while (!take(')')) {
      const named = isAt('[') ? type() : null;
      found.push({ name: word('variable').slice(1), type: named });
      take(',');
    }
    return found;
  };
  const values = (): readonly Expression[] => {
    const found: Expression[] = [];
    expect('(');
    inCall += 1;
    while (!take(')')) {
      found.push(binary(0));
      take(',');
    }
    inCall -= 1;
    return found;
  };
  const entries = (): readonly (readonly [string, Statement])[] => {
    const found: (readonly [string, Statement])[] = [];
    for (lineEnds(); !take('}'); lineEnds()) {
      const name = word();
      expect('=');
      found.push([name, statement()]);
    }
    return found;
  };
  const primary = (): Expression => {
    const token = peek();
    if (token?.kind === 'string') return ((at += 1), { kind: 'literal', value: token.text });
    if (token?.kind === 'number') return ((at += 1), { kind: 'literal', value: Number(token.text) });
    if (token?.kind === 'variable') return ((at += 1), { kind: 'variable', name: token.text.slice(1) });
    if (take('@(')) return { kind: 'array', body: until(')') };
    if (take('@{')) return { kind: 'hashtable', entries: entries() };
    if (isAt('{')) return { kind: 'block', body: block() };
    if (take('(')) {
      const inside = pipeline();
      expect(')');
      return inside;
    }
    return fail('a value');
  };
  const postfix = (): Expression => {
    let value = primary();
    for (;;) {
      if (peek()?.glued !== true) return value;
      if (take('.')) {
        const name = word();
        value = isAt('(')
          ? { kind: 'call', target: value, name, values: values() }
          : { kind: 'member', target: value, name };
      } else if (take('[')) {
        value = { kind: 'index', target: value, at: binary(0) };
        expect(']');
      } else return value;
    }
  };
  const unary = (): Expression => {
    if (isAt('-not')) return ((at += 1), { kind: 'unary', operator: '-not', value: unary() });
    if (!isAt('[')) return postfix();
    const name = type();
    if (!take('::')) return { kind: 'cast', type: name, value: unary() };
    return { kind: 'static', name: `${name}::${word()}`, values: values() };
  };
  /** The comma binds tighter than any operator of ours. */
  const commas = (): Expression => {
    const first = unary();
    if (inCall > 0 || !isAt(',')) return first;
    const items = [first];
    while (take(',')) items.push(unary());
    return { kind: 'list', items };
  };
  const binary = (level: number): Expression => {
    const operators = BINARY[level];
    if (!operators) return commas();
    let left = binary(level + 1);
    while (isAt(...operators)) {
      const operator = (peek() as Token).text.toLowerCase();
      at += 1;
      left = { kind: 'binary', operator, left, right: binary(level + 1) };
    }
    return left;
  };
  const argument = (): Argument => {
    const token = peek();
    if (token?.kind === 'splat') return ((at += 1), { kind: 'splat', name: token.text.slice(1) });
    if (token?.kind === 'dash-word') {
      at += 1;
      const name = token.text.slice(1);
      if (isAt(':')) return ((at += 1), { kind: 'parameter', name, value: postfix() });
      return { kind: 'parameter', name, value: null };
    }
    const one = (): Expression => (peek()?.kind === 'word' ? { kind: 'literal', value: word() } : postfix());
    const items = [one()];
    while (take(',')) items.push(one());
    return { kind: 'value', value: items.length === 1 ? (items[0] as Expression) : { kind: 'list', items } };
  };
  const command = (): Expression => {
    const name = word();
    const found: Argument[] = [];
    while (peek() !== undefined && peek()?.kind !== 'line-end' && !isAt('|', ')', '}', ';')) found.push(argument());
    return { kind: 'command', name, values: found };
  };
  const part = (): Expression => (peek()?.kind === 'word' ? command() : binary(0));
  const pipeline = (): Expression => {
    const first = part();
    if (!isAt('|')) return first;
    const parts = [first];
    while (take('|')) parts.push(part());
    return { kind: 'pipeline', parts };
  };
  const ifStatement = (): Statement => {
    const branches: (readonly [Expression | null, readonly Statement[]])[] = [];
    do {
      expect('(');
      const condition = pipeline();
      expect(')');
      branches.push([condition, block()]);
    } while (take('elseif'));
    if (take('else')) branches.push([null, block()]);
    return { kind: 'if', branches };
  };
  const statement = (): Statement => {
    if (take('if')) return ifStatement();
    if (take('foreach')) {
      expect('(');
      const name = word('variable').slice(1);
      expect('in');
      const list = pipeline();
      expect(')');
      return { kind: 'foreach', name, list, body: block() };
    }
    if (take('function')) return { kind: 'function', name: word(), parameters: parameters(), body: block() };
    if (take('param')) return { kind: 'param', parameters: parameters() };
    if (take('continue')) return { kind: 'continue' };
    for (const kind of ['return', 'throw'] as const)
      if (take(kind)) return { kind, value: peek()?.kind === 'line-end' || isAt('}', ';') ? null : pipeline() };
    if (isAt('[') && tokens[at + 1]?.text.toLowerCase() === 'cmdletbinding') {
      at += 5;
      lineEnds();
      return statement();
    }
    const value = pipeline();
    return take('=') ? { kind: 'assign', target: value, value: statement() } : { kind: 'expression', value };
  };
  const body: Statement[] = [];
  for (lineEnds(); at < tokens.length; lineEnds()) body.push(statement());
  return body;
}
