/**
 * Documents and schemas of earlier versions, kept as they were: today's code opens each with nothing lost, and no schema takes
 * anything away. `RELAYREADY_FREEZE=0.2 npx vitest run --project unit test/docs/compatibility` keeps those of a new version.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Look } from '../../core/clients/history.ts';
import { readReview } from '../../core/report/read-review.ts';
import { Review } from '../../core/report/review.ts';
import { DOCUMENTS, jsonSchemaOf, names, type Name } from './documents.ts';
import { documentsOfToday } from './documents-of-today.ts';
import { schemaDifferences, type JsonSchema } from './schema-differences.ts';

const folder = fileURLToPath(new URL('../fixtures/', import.meta.url));
const files = (kind: string) =>
  readdirSync(path.join(folder, kind), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort();
const parsed = (...parts: string[]): JsonSchema =>
  JSON.parse(readFileSync(path.join(folder, ...parts), 'utf8')) as JsonSchema;

/** Given when the documents of a version are to be kept. */
const toFreeze = [process.env['RELAYREADY_FREEZE'] ?? []].flat();
describe.each(toFreeze)('version %s', (version) => {
  it('is kept as it writes today', { timeout: 240_000 }, async () => {
    const write = (kind: string, name: string, value: unknown): void => {
      const file = path.join(folder, kind, version, name);
      // What was frozen stays.
      if (existsSync(file)) return;
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
    };
    for (const name of names) write('schemas', `${name}.schema.json`, jsonSchemaOf(name));
    for (const [name, document] of await documentsOfToday()) write('documents', `${name}.json`, document);
    expect(files('documents').some((file) => file.startsWith(`${version}/`))).toBe(true);
  });
});

/** Kept on disk or shown from a file, without a published schema. */
const OTHERS = { review: Review, look: Look } as const;
const isName = (name: string): name is Name => Object.hasOwn(DOCUMENTS, name);
const nameOf = (file: string): string => path.basename(file).split('.')[0] ?? '';
const readerOf = (name: string): z.ZodType =>
  isName(name) ? DOCUMENTS[name].schema : OTHERS[name as keyof typeof OTHERS];

const documents = files('documents');
const frozenSchemas = files('schemas');
console.log(`compatibility: ${documents.length} documents, ${frozenSchemas.length} schemas`);

/** Closed, so that a slip of the pen is told; the others pass over what a later version added. */
const CLOSED = ['client', 'profile'];

describe.each(documents)('the document %s', (file) => {
  const document = parsed('documents', file);
  const name = nameOf(file);

  it('opens with nothing lost', () => {
    expect(JSON.parse(JSON.stringify(readerOf(name).parse(document)))).toMatchObject(document);
  });

  it('takes a field of a later version as it is promised', () => {
    const { success } = readerOf(name).safeParse({ ...document, later: { added: true } });
    expect(success).toBe(!CLOSED.includes(name));
  });
});

describe('opened as a file that somebody sent', () => {
  it.each(documents.filter((file) => nameOf(file) === 'report'))('%s', (file) => {
    const document = parsed('documents', file);
    const { unknownFields, setUp } = readReview(JSON.stringify(document), () => 'id');
    expect(unknownFields).toEqual([]);
    expect(setUp.report).toMatchObject(document);
  });
  it.each(documents.filter((file) => nameOf(file) === 'set-up'))('%s', (file) => {
    const document = parsed('documents', file);
    const { unknownFields, setUp } = readReview(JSON.stringify(document), () => 'id');
    expect(unknownFields).toEqual([]);
    expect(setUp).toMatchObject(document);
  });
});

/** A field that is written today need not have been there then. */
const withoutRequired = (key: string, value: unknown): unknown =>
  key === 'required' && Array.isArray(value) ? undefined : value;
const published = documents.flatMap((file) => {
  const name = nameOf(file);
  return isName(name) ? [{ file, name }] : [];
});
describe.each(published)('$file', ({ file, name }) => {
  const document = parsed('documents', file);
  it('is right by the schema of its version', () => {
    const then = parsed('schemas', path.dirname(file), `${name}.schema.json`);
    expect(z.fromJSONSchema(then).safeParse(document)).toMatchObject({ success: true });
  });
  it('is right by the schema of today', () => {
    const keep = DOCUMENTS[name].io === 'output' ? withoutRequired : undefined;
    const today = JSON.parse(JSON.stringify(jsonSchemaOf(name)), keep) as JsonSchema;
    expect(z.fromJSONSchema(today).safeParse(document)).toMatchObject({ success: true });
  });
});

describe('every version', () => {
  it('has a document for each of its schemas', () => {
    const there = new Set(documents.map((file) => path.join(path.dirname(file), nameOf(file))));
    for (const file of frozenSchemas) expect(there).toContain(path.join(path.dirname(file), nameOf(file)));
    expect(documents.length).toBeGreaterThan(0);
  });
});

describe.each(frozenSchemas)('the schema %s', (file) => {
  it('lost nothing since', () => {
    const name = nameOf(file);
    if (!isName(name)) throw new Error(`${name} is not published any more`);
    const use = DOCUMENTS[name].io === 'input' ? 'read' : 'written';
    const today = JSON.parse(JSON.stringify(jsonSchemaOf(name))) as JsonSchema;
    expect(schemaDifferences(parsed('schemas', file), today, use)).toEqual([]);
  });
});

describe('what would be lost', () => {
  const old: JsonSchema = {
    type: 'object',
    properties: { who: { enum: ['you', 'nobody'] }, port: { anyOf: [{ type: 'number' }, { type: 'null' }] } },
    required: ['who'],
  };
  const with_ = (properties: JsonSchema, rest: JsonSchema = {}): JsonSchema => ({
    ...old,
    ...rest,
    properties: { ...(old['properties'] as JsonSchema), ...properties },
  });
  it.each<[what: string, now: JsonSchema, use: 'read' | 'written', told: RegExp]>([
    ['a field is added', with_({ more: { type: 'string' } }), 'read', /^nothing$/],
    ['a value is added', with_({ who: { enum: ['you', 'nobody', 'microsoft'] } }), 'read', /^nothing$/],
    ['a field is removed', { ...old, properties: { who: { enum: ['you', 'nobody'] } } }, 'written', /port: has been/],
    ['a value is removed', with_({ who: { enum: ['you'] } }), 'written', /“nobody”/],
    ['a type is narrowed', with_({ port: { type: 'number' } }), 'written', /port: what was allowed/],
    ['a type is another', with_({ port: { anyOf: [{ type: 'string' }, { type: 'null' }] } }), 'read', /not be number/],
    ['a field becomes required', with_({}, { required: ['who', 'port'] }), 'read', /port: has become required/],
    ['a field is not sure any more', with_({}, { required: [] }), 'written', /who: need not be there/],
    ['others are refused', with_({}, { additionalProperties: false }), 'read', /other fields/],
    ['a text is shorter', with_({ who: { enum: ['you', 'nobody'], maxLength: 3 } }), 'read', /lower maxLength/],
  ])('%s', (_, now, use, told) => {
    expect(schemaDifferences(old, now, use).join('\n') || 'nothing').toMatch(told);
  });
});
