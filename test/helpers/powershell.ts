/** Runs the part of PowerShell our script is written in, on the syntax tree of an independent parser, with cmdlets of our choosing. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Language, Parser, type Node } from 'web-tree-sitter';
import {
  asText,
  CASTS,
  folded,
  known,
  listed,
  METHODS,
  OPERATORS,
  pick,
  truth,
  type Value,
} from './powershell-values.ts';

export type Parameters = Readonly<Record<string, Value>>;
export type Cmdlets = Readonly<Record<string, (parameters: Parameters) => readonly Value[]>>;

/** What the script threw. */
export class Thrown extends Error {}
class Returned extends Error {
  readonly output: readonly Value[];
  constructor(output: readonly Value[]) {
    super('return');
    this.output = output;
  }
}
class Continued extends Error {}

/** A piece of the script; nodes that only wrap another are left out. */
export type Tree = {
  readonly type: string;
  readonly text: string;
  /** Words and signs included. */
  readonly children: readonly Tree[];
  readonly named: readonly Tree[];
};

/** Nodes that mean something although they hold one part only. */
const WHOLE = new Set(['variable', 'command']);

function treeOf(node: Node): Tree {
  let at = node;
  while (at.childCount === 1 && at.child(0)?.isNamed === true && !WHOLE.has(at.type)) at = at.child(0) ?? at;
  const pairs = at.children
    .filter((child) => child.type !== 'comment')
    .map((child) => ({ isNamed: child.isNamed, tree: treeOf(child) }));
  return {
    type: at.type,
    text: at.text,
    children: pairs.map(({ tree }) => tree),
    named: pairs.filter(({ isNamed }) => isNamed).map(({ tree }) => tree),
  };
}

const NOTHING: Tree = { type: 'nothing', text: '', children: [], named: [] };

/** All of a type, at any depth but not inside one another; the node itself may be one. */
const all = (node: Tree, type: string): readonly Tree[] =>
  node.type === type ? [node] : node.named.flatMap((child) => all(child, type));

let parser: Parser | null = null;
/** The last script, which is often run several times. */
let last: { readonly script: string; readonly root: Tree } | null = null;
/** @throws Error where the script is no PowerShell */
export async function parsePowershell(script: string): Promise<Tree> {
  if (parser === null) {
    await Parser.init();
    const require = createRequire(import.meta.url);
    const file = require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm');
    parser = new Parser();
    parser.setLanguage(await Language.load(await readFile(file)));
  }
  if (last?.script === script) return last.root;
  const read = parser.parse(script);
  if (!read || read.rootNode.hasError) throw new Error('this is no PowerShell');
  last = { script, root: treeOf(read.rootNode) };
  read.delete();
  return last.root;
}

type Scope = { readonly variables: Map<string, Value>; readonly above: Scope | null };
type Block = { readonly parameters: readonly string[]; readonly body: readonly Tree[] };

/** @throws Thrown when the script does; Error for anything it should not use */
export function runPowershell(root: Tree, given: Parameters, cmdlets: Cmdlets): void {
  const functions = new Map<string, Block>();
  const lookUp = (name: string, scope: Scope | null): Value => {
    for (let at = scope; at !== null; at = at.above) if (at.variables.has(name)) return at.variables.get(name);
    return null;
  };
  const nameOf = (node: Tree): string => node.text.replace(/^[$@]/, '').toLowerCase();

  const within = (body: readonly Tree[], scope: Scope): readonly Value[] =>
    body.flatMap((node) => [...output(node, scope)]);

  const call = (block: Block, values: readonly Value[]): readonly Value[] => {
    const variables = new Map(block.parameters.map((name, at) => [name, values[at] ?? null]));
    try {
      return within(block.body, { variables, above: global });
    } catch (error) {
      if (error instanceof Returned) return error.output;
      throw error;
    }
  };

  const command = (node: Tree, scope: Scope, piped: readonly Value[] | null): readonly Value[] => {
    const [called = NOTHING, ...others] = node.named;
    const name = called.text.toLowerCase();
    const parts = others.flatMap((one) => (one.type === 'command_elements' ? one.named : [one]));
    const parameters: Record<string, Value> = {};
    const positional: Value[] = [];
    let waiting: string | null = null;
    for (const part of parts) {
      if (part.type === 'command_argument_sep') continue;
      if (part.type === 'command_parameter') {
        if (waiting !== null) parameters[waiting] = true;
        waiting = part.text.slice(1);
      } else if (part.type === 'script_block_expression') {
        const test = (value: Value): readonly Value[] =>
          within([part], { variables: new Map([['_', value]]), above: scope });
        if (name === 'where-object') return (piped ?? []).filter((one) => truth(folded(test(one))));
        if (name === 'foreach-object') return (piped ?? []).flatMap((one) => [...test(one)]);
        throw new Error(`a block for ${name}`);
      } else if (part.type === 'variable' && part.text.startsWith('@')) {
        for (const [key, value] of lookUp(nameOf(part), scope) as Map<string, Value>) parameters[key] = value;
      } else {
        const value = part.type === 'generic_token' ? part.text : evaluate(part, scope);
        if (waiting === null) positional.push(value);
        else parameters[waiting] = value;
        waiting = null;
      }
    }
    if (waiting !== null) parameters[waiting] = true;
    const own = functions.get(name);
    if (own) return call(own, positional);
    return known(cmdlets, name)({ ...parameters, ...(positional.length > 0 ? { positional } : {}), piped });
  };

  function output(node: Tree, scope: Scope): readonly Value[] {
    switch (node.type) {
      case 'program':
      case 'statement_list':
      case 'statement_block':
      case 'script_block':
      case 'script_block_body':
      case 'script_block_expression':
        return within(node.named, scope);
      case 'param_block':
        return [];
      case 'function_statement': {
        const [name = NOTHING, parameters = NOTHING, ...body] = node.named;
        functions.set(name.text.toLowerCase(), { parameters: all(parameters, 'variable').map(nameOf), body });
        return [];
      }
      case 'assignment_expression': {
        const [target = NOTHING, , value = NOTHING] = node.children;
        assign(target, evaluate(value, scope), scope);
        return [];
      }
      case 'if_statement':
      case 'elseif_clause': {
        const [condition = NOTHING, then = NOTHING, ...rest] = node.named;
        if (truth(evaluate(condition, scope))) return output(then, scope);
        for (const next of rest.flatMap((one) => (one.type === 'elseif_clauses' ? one.named : [one]))) {
          if (next.type === 'else_clause') return within(next.named, scope);
          const [other = NOTHING, block = NOTHING] = next.named;
          if (truth(evaluate(other, scope))) return output(block, scope);
        }
        return [];
      }
      case 'foreach_statement': {
        const [variable = NOTHING, list = NOTHING, block = NOTHING] = node.named;
        return listed(evaluate(list, scope)).flatMap((one) => {
          scope.variables.set(nameOf(variable), one);
          try {
            return [...output(block, scope)];
          } catch (error) {
            if (error instanceof Continued) return [];
            throw error;
          }
        });
      }
      case 'flow_control_statement': {
        const [word] = node.children;
        const [value] = node.named;
        if (word?.type === 'continue') throw new Continued();
        if (word?.type === 'throw') throw new Thrown(asText(value ? evaluate(value, scope) : null));
        throw new Returned(value ? output(value, scope) : []);
      }
      case 'pipeline_chain': {
        let piped: readonly Value[] | null = null;
        for (const part of node.named)
          piped = part.type === 'command' ? command(part, scope, piped) : output(part, scope);
        return piped ?? [];
      }
      case 'command':
        return command(node, scope, null);
      default: {
        const value = evaluate(node, scope);
        return Array.isArray(value) ? value : value === undefined ? [] : [value];
      }
    }
  }

  const assign = (target: Tree, value: Value, scope: Scope): void => {
    if (target.type === 'variable') return void scope.variables.set(nameOf(target), value);
    const [object = NOTHING, member = NOTHING] = target.named;
    (evaluate(object, scope) as Map<string, Value>).set(member.text.toLowerCase(), value);
  };

  function evaluate(node: Tree, scope: Scope): Value {
    const parts = node.named;
    const [first = NOTHING, second = NOTHING] = parts;
    switch (node.type) {
      case 'variable': {
        const name = nameOf(node);
        if (name === 'true' || name === 'false') return name === 'true';
        return name === 'null' ? null : lookUp(name, scope);
      }
      case 'decimal_integer_literal':
      case 'hexadecimal_integer_literal':
        return Number(node.text);
      case 'verbatim_string_characters':
        return node.text.slice(1, -1).replaceAll(/['\u2018-\u201b](['\u2018-\u201b])/g, '$1');
      case 'parenthesized_expression':
        return ['command', 'pipeline_chain'].includes(first.type)
          ? folded(output(first, scope))
          : evaluate(first, scope);
      case 'command':
      case 'pipeline_chain':
        return folded(output(node, scope));
      case 'array_expression':
        return parts.flatMap((part) => [...output(part, scope)]);
      case 'array_literal_expression':
      case 'argument_expression_list':
        return parts.map((part) => evaluate(part, scope));
      case 'hash_literal_expression':
        return new Map(
          all(node, 'hash_entry').map(({ named: [key = NOTHING, value = NOTHING] }) => {
            return [key.text.toLowerCase(), evaluate(value, scope)];
          }),
        );
      case 'expression_with_unary_operator':
        return !truth(evaluate(first, scope));
      case 'cast_expression':
        return known(CASTS, first.text.slice(1, -1).toLowerCase())(evaluate(second, scope));
      case 'member_access':
        return pick(evaluate(first, scope), second.text);
      case 'element_access':
        return listed(evaluate(first, scope))[Number(evaluate(second, scope))] ?? null;
      case 'invokation_expression': {
        const inner = (parts.at(-1) ?? NOTHING).named.flatMap((one) =>
          one.type === 'argument_expression_list' ? one.named : [one],
        );
        const values = inner.map((one) => evaluate(one, scope));
        const isStatic = first.type === 'type_literal';
        const method = second.text.toLowerCase();
        const name = isStatic ? `${first.text.slice(1, -1).toLowerCase()}::${method}` : method;
        return known(METHODS, name)(isStatic ? null : evaluate(first, scope), values);
      }
      case 'logical_expression': {
        const left = truth(evaluate(first, scope));
        const isAnd = node.children.some((child) => child.text.toLowerCase() === '-and');
        const right = (): boolean => truth(evaluate(parts.at(-1) ?? NOTHING, scope));
        return isAnd ? left && right() : left || right();
      }
      case 'comparison_expression':
      case 'additive_expression':
      case 'multiplicative_expression':
      case 'additive_argument_expression':
      case 'multiplicative_argument_expression': {
        const [left = NOTHING, operator = NOTHING, right = NOTHING] = node.children;
        const run = known(OPERATORS, operator.text.toLowerCase());
        return run(evaluate(left, scope), evaluate(right, scope));
      }
      default:
        throw new Error(`the script has a ${node.type}, which is not known here: ${node.text.slice(0, 60)}`);
    }
  }

  const global: Scope = {
    variables: new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value])),
    above: null,
  };
  output(root, global);
}
