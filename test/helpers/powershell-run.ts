/** Runs the part of PowerShell that our script uses, on commands that the test gives it. */
import { parse, type Argument, type Expression, type Statement } from './powershell-parse.ts';
import {
  asText,
  cast,
  each,
  equal,
  Hashtable,
  like,
  member,
  METHODS,
  STATICS,
  truth,
  unrolled,
} from './powershell-values.ts';

export type Command = (parameters: Readonly<Record<string, unknown>>, values: readonly unknown[]) => readonly unknown[];
type Scope = { readonly variables: Map<string, unknown>; readonly parent: Scope | null };
type Function_ = Extract<Statement, { kind: 'function' }>;

class Return {}
class Continue {}
export class Thrown extends Error {}

/** Parameters of commands that take no value. */
const SWITCHES = new Set(['whatif', 'apply']);

/** @param options parameters of the script itself. @throws Thrown what the script throws */
export function runPowershell(
  script: string,
  commands: Readonly<Record<string, Command>>,
  options: Readonly<Record<string, unknown>> = {},
): void {
  const functions = new Map<string, Function_>();
  const top: Scope = { variables: new Map(), parent: null };
  const known = new Map(Object.entries(commands).map(([name, command]) => [name.toLowerCase(), command]));
  const CONSTANTS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

  const read = (name: string, scope: Scope | null): unknown => {
    const key = name.toLowerCase();
    if (key in CONSTANTS) return CONSTANTS[key];
    for (let place = scope; place; place = place.parent) if (place.variables.has(key)) return place.variables.get(key);
    return null;
  };
  const within = (variables: Record<string, unknown>, parent: Scope): Scope => ({
    variables: new Map(Object.entries(variables).map(([name, value]) => [name.toLowerCase(), value])),
    parent,
  });
  const emit = (value: unknown, out: unknown[]): void => void out.push(...each(value));
  const collect = (body: readonly Statement[], scope: Scope): unknown[] => {
    const out: unknown[] = [];
    execute(body, scope, out);
    return out;
  };

  const callFunction = (found: Function_, values: readonly Argument[], scope: Scope): unknown[] => {
    const given = values.map((argument) => {
      if (argument.kind !== 'value') throw new Error(`${found.name} takes its parameters by place`);
      return evaluate(argument.value, scope);
    });
    const inner = within({}, scope);
    for (const [at, { name, type }] of found.parameters.entries())
      inner.variables.set(name.toLowerCase(), type === null ? (given[at] ?? null) : cast(type, given[at] ?? null));
    const out: unknown[] = [];
    try {
      execute(found.body, inner, out);
    } catch (error) {
      if (!(error instanceof Return)) throw error;
    }
    return out;
  };
  /** Blocks run in the scope around them, with `$_`. */
  const filter = (name: string, block: Expression | undefined, input: readonly unknown[], scope: Scope): unknown[] => {
    if (block?.kind !== 'block') throw new Error(`${name} without a block`);
    return input.flatMap((item) => {
      const result = collect(block.body, within({ _: item }, scope));
      return name === 'where-object' ? (truth(unrolled(result)) ? [item] : []) : result;
    });
  };
  const callCommand = (
    name: string,
    values: readonly Argument[],
    input: readonly unknown[],
    scope: Scope,
  ): unknown[] => {
    const lower = name.toLowerCase();
    if (lower === 'where-object' || lower === 'foreach-object')
      return filter(lower, values[0]?.kind === 'value' ? values[0].value : undefined, input, scope);
    const own = functions.get(lower);
    if (own) return callFunction(own, values, scope);
    const command = known.get(lower);
    if (!command) throw new Error(`The term '${name}' is not recognized.`);
    const parameters: Record<string, unknown> = {};
    const places: unknown[] = [];
    for (let at = 0; at < values.length; at += 1) {
      const argument = values[at] as Argument;
      const next = values[at + 1];
      if (argument.kind === 'splat') Object.assign(parameters, (read(argument.name, scope) as Hashtable).toObject());
      else if (argument.kind === 'value') places.push(evaluate(argument.value, scope));
      else if (argument.value !== null) parameters[argument.name] = evaluate(argument.value, scope);
      else if (next?.kind === 'value' && !SWITCHES.has(argument.name.toLowerCase())) {
        parameters[argument.name] = evaluate(next.value, scope);
        at += 1;
      } else parameters[argument.name] = true;
    }
    return [...command(parameters, places)];
  };
  const operate = (operator: string, left: unknown, right: unknown): unknown => {
    if (Array.isArray(left) && /^-(eq|ne|like|notlike|gt|replace)$/.test(operator))
      throw new Error(`${operator} of a list`);
    switch (operator) {
      case '-eq':
        return equal(left, right);
      case '-ne':
        return !equal(left, right);
      case '-gt':
        return Number(left) > Number(right);
      case '-like':
        return like(asText(left), asText(right));
      case '-notlike':
        return !like(asText(left), asText(right));
      case '-notcontains':
        return !each(left).some((one) => equal(one, right));
      case '-replace': {
        const [pattern, by] = each(right);
        return asText(left).replaceAll(new RegExp(asText(pattern), 'gi'), () => asText(by));
      }
      case '+':
        if (Array.isArray(left)) return [...(left as unknown[]), ...each(right)];
        return typeof left === 'string' ? left + asText(right) : Number(left) + Number(right);
      case '-':
        return Number(left) - Number(right);
      case '/':
        return Number(left) / Number(right);
      default:
        throw new Error(`unknown operator ${operator}`);
    }
  };
  const evaluate = (node: Expression, scope: Scope): unknown => {
    switch (node.kind) {
      case 'literal':
        return node.value;
      case 'variable':
        return read(node.name, scope);
      case 'array':
        return collect(node.body, scope);
      case 'list':
        return node.items.map((item) => evaluate(item, scope));
      case 'hashtable': {
        const table = new Hashtable();
        for (const [name, value] of node.entries) table.set(name, result(value, scope));
        return table;
      }
      case 'unary':
        return !truth(evaluate(node.value, scope));
      case 'cast':
        return cast(node.type, evaluate(node.value, scope));
      case 'binary': {
        const left = evaluate(node.left, scope);
        if (node.operator === '-and') return truth(left) && truth(evaluate(node.right, scope));
        if (node.operator === '-or') return truth(left) || truth(evaluate(node.right, scope));
        return operate(node.operator, left, evaluate(node.right, scope));
      }
      case 'member':
        return member(evaluate(node.target, scope), node.name);
      case 'index':
        return each(evaluate(node.target, scope))[Number(evaluate(node.at, scope))] ?? null;
      case 'call': {
        const method = METHODS[node.name.toLowerCase()];
        if (!method) throw new Error(`unknown method ${node.name}`);
        return method(
          evaluate(node.target, scope),
          node.values.map((value) => evaluate(value, scope)),
        );
      }
      case 'static': {
        const method = STATICS[node.name.toLowerCase()];
        if (!method) throw new Error(`unknown method ${node.name}`);
        return method(...node.values.map((value) => evaluate(value, scope)));
      }
      case 'command':
      case 'pipeline':
        return unrolled(flow(node, [], scope));
      case 'block':
        throw new Error('a block by itself');
    }
  };
  const flow = (node: Expression, input: readonly unknown[], scope: Scope): readonly unknown[] => {
    if (node.kind === 'command') return callCommand(node.name, node.values, input, scope);
    if (node.kind !== 'pipeline') return each(evaluate(node, scope));
    return node.parts.reduce<readonly unknown[]>((before, part) => flow(part, before, scope), input);
  };
  /** The right side of `=`. A list stays a list, what commands give is unrolled. */
  const result = (node: Statement, scope: Scope): unknown =>
    node.kind === 'expression' ? evaluate(node.value, scope) : unrolled(collect([node], scope));
  const assign = (target: Expression, value: unknown, scope: Scope): void => {
    if (target.kind === 'variable') scope.variables.set(target.name.toLowerCase(), value);
    else if (target.kind === 'member') (evaluate(target.target, scope) as Hashtable).set(target.name, value);
    else throw new Error(`cannot assign to ${target.kind}`);
  };
  const execute = (body: readonly Statement[], scope: Scope, out: unknown[]): void => {
    for (const node of body)
      switch (node.kind) {
        case 'expression':
          if (node.value.kind === 'command' || node.value.kind === 'pipeline') out.push(...flow(node.value, [], scope));
          else if (node.value.kind === 'static' && /::reverse$/i.test(node.value.name)) evaluate(node.value, scope);
          else emit(evaluate(node.value, scope), out);
          break;
        case 'assign':
          assign(node.target, result(node.value, scope), scope);
          break;
        case 'if': {
          const branch = node.branches.find(([condition]) => condition === null || truth(evaluate(condition, scope)));
          if (branch) execute(branch[1], scope, out);
          break;
        }
        case 'foreach':
          for (const item of each(evaluate(node.list, scope))) {
            scope.variables.set(node.name.toLowerCase(), item);
            try {
              execute(node.body, scope, out);
            } catch (error) {
              if (!(error instanceof Continue)) throw error;
            }
          }
          break;
        case 'function':
          functions.set(node.name.toLowerCase(), node);
          break;
        case 'param':
          for (const { name, type } of node.parameters)
            scope.variables.set(name.toLowerCase(), cast(type ?? 'string', options[name] ?? null));
          break;
        case 'return':
          if (node.value) emit(evaluate(node.value, scope), out);
          throw new Return();
        case 'throw':
          throw new Thrown(node.value ? asText(evaluate(node.value, scope)) : 'ScriptHalted');
        case 'continue':
          throw new Continue();
      }
  };
  execute(parse(script), top, []);
}
