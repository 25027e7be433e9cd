/** PowerShell's values, as far as our script needs them: what they are as text, as truth, how they compare. */

export type Value = unknown;

/** `@{}`: keys without regard to case. */
export class Hashtable {
  readonly entries = new Map<string, { readonly name: string; value: Value }>();
  get(name: string): Value {
    return this.entries.get(name.toLowerCase())?.value ?? null;
  }
  set(name: string, value: Value): void {
    this.entries.set(name.toLowerCase(), { name, value });
  }
  toObject(): Record<string, Value> {
    return Object.fromEntries([...this.entries.values()].map(({ name, value }) => [name, value]));
  }
}

export const truth = (value: Value): boolean => {
  if (Array.isArray(value)) return value.length === 1 ? truth(value[0]) : value.length > 0;
  return value !== null && value !== undefined && value !== false && value !== 0 && value !== '';
};

export function asText(value: Value): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return value.map(asText).join(' ');
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new Error(`no text for ${typeof value}`);
}

/** What a pipeline gives back: nothing, the one, or all. */
export const unrolled = (values: readonly Value[]): Value =>
  values.length === 0 ? null : values.length === 1 ? values[0] : [...values];

export const each = (value: Value): readonly Value[] => (Array.isArray(value) ? (value as Value[]) : [value]);

/** `-eq`: the left side decides the type. */
export function equal(left: Value, right: Value): boolean {
  if (left === null || left === undefined) return right === null || right === undefined;
  if (typeof left === 'string') return left.toLowerCase() === asText(right).toLowerCase();
  if (typeof left === 'boolean') return left === truth(right);
  if (typeof left === 'number') return right !== null && right !== undefined && left === Number(right);
  throw new Error('-eq of something else');
}

const WILD: Readonly<Record<string, string>> = { '*': '[^]*', '?': '[^]' };

export const like = (text: string, pattern: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/[*?]|[\\^$.|+()[\]{}]/g, (one) => WILD[one] ?? `\\${one}`)}$`, 'i').test(text);

export function cast(type: string, value: Value): Value {
  switch (type.toLowerCase()) {
    case 'string':
      return asText(value);
    case 'string[]':
      return value === null ? null : each(value).map(asText);
    case 'bool':
      return truth(value);
    case 'switch':
      return truth(value);
    case 'int': {
      const number = Number(asText(value));
      if (!Number.isInteger(number)) throw new Error(`Cannot convert value "${asText(value)}" to type "System.Int32".`);
      return number;
    }
    case 'char':
      return String.fromCharCode(Number(value));
    case 'system.net.ipaddress':
      return { bytes: asText(value).split('.').map(Number) };
    default:
      throw new Error(`unknown type ${type}`);
  }
}

export function member(target: Value, name: string): Value {
  if (name.toLowerCase() === 'count') {
    if (target instanceof Hashtable) return target.entries.size;
    return Array.isArray(target) ? target.length : target === null || target === undefined ? 0 : 1;
  }
  if (target instanceof Hashtable) return target.get(name);
  if (target === null || target === undefined) return null;
  if (typeof target !== 'object' || Array.isArray(target)) throw new Error(`no .${name} of ${typeof target}`);
  const found = Object.entries(target).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return found?.[1] ?? null;
}

/** Methods and static methods of .NET that the script calls. */
export const METHODS: Readonly<Record<string, (target: Value, values: readonly Value[]) => Value>> = {
  split: (target, [by]) => asText(target).split(asText(by)),
  getaddressbytes: (target) => [...(target as { bytes: number[] }).bytes],
};
export const STATICS: Readonly<Record<string, (...values: Value[]) => Value>> = {
  'array::reverse': (list) => void (list as Value[]).reverse(),
  'system.bitconverter::touint32': (bytes, at) => Buffer.from(bytes as number[]).readUInt32LE(Number(at)),
  'math::pow': (base, power) => Number(base) ** Number(power),
  'math::floor': (value) => Math.floor(Number(value)),
};
