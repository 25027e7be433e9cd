/** What a newer JSON Schema takes from those who rely on an older one; fields that are added take nothing. */

export type JsonSchema = { readonly [keyword: string]: unknown };

/** `read`: people write such documents and the program reads them; `written`: others read what the program writes. */
type Use = 'read' | 'written';

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const schemas = (value: unknown): readonly [string, JsonSchema][] =>
  Object.entries(isSchema(value) ? value : {}).filter((entry): entry is [string, JsonSchema] => isSchema(entry[1]));
const missing = (wanted: unknown, there: unknown): readonly string[] =>
  list(wanted)
    .filter((one) => !list(there).includes(one))
    .map(String);

/** One line for each loss, by its place. */
export function schemaDifferences(before: JsonSchema, after: JsonSchema, use: Use): readonly string[] {
  /** Pairs under way: a schema may hold itself. */
  const open = new Set<string>();
  const resolve = (schema: JsonSchema, whole: JsonSchema): JsonSchema => {
    const ref = schema['$ref'];
    if (typeof ref !== 'string') return schema;
    const found = ref
      .split('/')
      .slice(1)
      .reduce<unknown>((at, name) => (isSchema(at) ? at[name] : undefined), whole);
    if (!isSchema(found)) throw new Error(`${ref} leads nowhere`);
    return resolve(found, whole);
  };

  const compare = (givenOld: JsonSchema, givenNow: JsonSchema, place: string): readonly string[] => {
    const pair = `${String(givenOld['$ref'])} ${String(givenNow['$ref'])}`;
    const recursive = givenOld['$ref'] !== undefined && givenNow['$ref'] !== undefined;
    if (recursive && open.has(pair)) return [];
    if (recursive) open.add(pair);
    const losses = compareResolved(resolve(givenOld, before), resolve(givenNow, after), place);
    if (recursive) open.delete(pair);
    return losses;
  };

  const compareResolved = (old: JsonSchema, now: JsonSchema, place: string): readonly string[] => {
    const choices = list(old['anyOf'] ?? old['oneOf']).filter(isSchema);
    const choicesNow = list(now['anyOf'] ?? now['oneOf']).filter(isSchema);
    // What was one thing may have become one of several.
    if (choices.length > 0 || choicesNow.length > 0) {
      const offered = choicesNow.length > 0 ? choicesNow : [now];
      return (choices.length > 0 ? choices : [old]).flatMap((choice) => {
        const tries = offered.map((other) => compare(choice, other, place));
        return tries.some((losses) => losses.length === 0)
          ? []
          : [`${place}: what was allowed is not any more: ${tries.map((losses) => losses[0]).join(' / ')}`];
      });
    }
    return [...compareValues(old, now, place), ...compareInside(old, now, place)];
  };

  const compareInside = (old: JsonSchema, now: JsonSchema, place: string): readonly string[] => {
    const fields = new Map(schemas(now['properties']));
    const [wanted, there] = use === 'read' ? [now, old] : [old, now];
    const word = use === 'read' ? 'has become required' : 'need not be there any more';
    const losses = missing(wanted['required'], there['required']).map((name) => `${place}.${name}: ${word}`);
    for (const [name, field] of schemas(old['properties'])) {
      const fieldNow = fields.get(name);
      losses.push(
        ...(fieldNow ? compare(field, fieldNow, `${place}.${name}`) : [`${place}.${name}: has been removed`]),
      );
    }
    if (now['additionalProperties'] === false && old['additionalProperties'] !== false && old['type'] === 'object')
      losses.push(`${place}: other fields are refused`);
    for (const keyword of ['items', 'additionalProperties', 'propertyNames']) {
      const [one, other] = [old[keyword], now[keyword]];
      if (isSchema(one) && isSchema(other)) losses.push(...compare(one, other, `${place}[]`));
    }
    return losses;
  };
  return compare(before, after, '');
}

/** A value that was right before and is not now. */
function compareValues(old: JsonSchema, now: JsonSchema, place: string): readonly string[] {
  const losses: string[] = [];
  if (now['type'] !== undefined)
    losses.push(
      ...(old['type'] === undefined && Object.keys(old).length === 0 ? ['anything'] : missing(old['type'], now['type']))
        .filter((type) => !(type === 'integer' && list(now['type']).includes('number')))
        .map((type) => `${place}: may not be ${type} any more`),
    );
  const values = (schema: JsonSchema): unknown => schema['enum'] ?? schema['const'];
  if (values(now) !== undefined)
    losses.push(
      ...(values(old) === undefined ? ['anything'] : missing(values(old), values(now))).map(
        (value) => `${place}: may not be “${value}” any more`,
      ),
    );
  for (const keyword of ['pattern', 'format'])
    if (now[keyword] !== undefined && now[keyword] !== old[keyword]) losses.push(`${place}: another ${keyword}`);
  for (const keyword of ['minLength', 'minItems', 'minimum', 'exclusiveMinimum'])
    if (Number(now[keyword] ?? -Infinity) > Number(old[keyword] ?? -Infinity))
      losses.push(`${place}: a higher ${keyword}`);
  for (const keyword of ['maxLength', 'maxItems', 'maximum', 'exclusiveMaximum'])
    if (Number(now[keyword] ?? Infinity) < Number(old[keyword] ?? Infinity))
      losses.push(`${place}: a lower ${keyword}`);
  return losses;
}
