/** PowerShell's values: what counts as true, how things are compared, cast and called (language specification, chapters 6 and 7). */

export type Value = unknown;

const isHash = (value: Value): value is Map<string, Value> => value instanceof Map;
export const truth = (value: Value): boolean =>
  Array.isArray(value) ? (value.length === 1 ? truth(value[0]) : value.length > 1) : Boolean(value);
export const asText = (value: Value): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return Array.isArray(value) ? value.map(asText).join(' ') : String(value);
};
export const listed = (value: Value): readonly Value[] =>
  Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
/** What a command gave becomes nothing, one thing, or a list. */
export const folded = (output: readonly Value[]): Value => (output.length > 1 ? [...output] : (output[0] ?? null));
export const pick = (value: Value, name: string): Value => {
  const lower = name.toLowerCase();
  if (isHash(value)) return value.has(lower) ? value.get(lower) : lower === 'count' ? value.size : null;
  if (lower === 'count' || lower === 'length')
    return typeof value === 'string' && lower === 'length' ? value.length : listed(value).length;
  if (typeof value !== 'object' || value === null) return null;
  const key = Object.keys(value).find((candidate) => candidate.toLowerCase() === lower);
  return key === undefined ? null : (value as Record<string, Value>)[key];
};
const alike = (value: Value, pattern: Value): boolean =>
  new RegExp(
    `^${asText(pattern)
      .replaceAll(/[.+^$(){}|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '[^]*')
      .replaceAll('?', '[^]')}$`,
    'i',
  ).test(asText(value));
const equal = (left: Value, right: Value): boolean => {
  if (typeof left === 'boolean') return left === truth(right);
  if (typeof left === 'number') return left === Number(right);
  if (typeof left === 'string') return left.toLowerCase() === asText(right).toLowerCase();
  return left === right;
};

export const OPERATORS: Readonly<Record<string, (left: Value, right: Value) => Value>> = {
  '-eq': equal,
  '-ne': (left, right) => !equal(left, right),
  '-gt': (left, right) => Number(left) > Number(right),
  '-like': alike,
  '-notlike': (left, right) => !alike(left, right),
  '-notcontains': (left, right) => !listed(left).some((one) => equal(one, right)),
  '-replace': (left, right) => {
    const [pattern, by] = listed(right);
    return asText(left).replaceAll(new RegExp(asText(pattern), 'gi'), asText(by));
  },
  '+': (left, right) =>
    Array.isArray(left)
      ? [...left, ...listed(right)]
      : typeof left === 'string'
        ? left + asText(right)
        : Number(left) + Number(right),
  '-': (left, right) => Number(left) - Number(right),
  '/': (left, right) => Number(left) / Number(right),
};

export const CASTS: Readonly<Record<string, (value: Value) => Value>> = {
  string: asText,
  'string[]': (value) => listed(value).map(asText),
  int: Number,
  bool: truth,
  char: (value) => String.fromCharCode(Number(value)),
  switch: truth,
  'system.net.ipaddress': (value) => ({ bytes: asText(value).split('.').map(Number) }),
};

export const METHODS: Readonly<Record<string, (self: Value, given: readonly Value[]) => Value>> = {
  split: (self, [at]) => asText(self).split(asText(at)),
  getaddressbytes: (self) => [...(self as { bytes: number[] }).bytes],
  'array::reverse': (_, [list]) => void (list as Value[]).reverse(),
  'system.bitconverter::touint32': (_, [bytes]) => Buffer.from(bytes as number[]).readUInt32LE(0),
  'math::pow': (_, [base, power]) => Number(base) ** Number(power),
  'math::floor': (_, [value]) => Math.floor(Number(value)),
};

export const known = <T>(table: Readonly<Record<string, T>>, name: string): T => {
  const found = table[name];
  if (found === undefined) throw new Error(`the script uses ${name}, which is not known here`);
  return found;
};
