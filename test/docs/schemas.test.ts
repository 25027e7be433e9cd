/** docs/schemas/ holds the JSON Schema of every public document, as the code reads and writes it. `npx vitest run test/docs -u` writes them anew. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CLOUDS } from '../../core/environment.ts';
import { jsonSchemaOf, names } from './documents.ts';

const folder = fileURLToPath(new URL('../../docs/schemas/', import.meta.url));

describe('published schemas', () => {
  for (const name of names)
    it(`${name} is as the code has it`, async () => {
      const file = `${folder}${name}.schema.json`;
      await expect(`${JSON.stringify(jsonSchemaOf(name), null, 2)}\n`).toMatchFileSnapshot(file);
    });

  it('there are no others', () => {
    expect(readdirSync(folder).sort()).toEqual(names.map((name) => `${name}.schema.json`).sort());
  });

  it('leave nothing open by accident', () => {
    const open = /"(domain|sender|relayHost|publicIps)":\{\}|"items":\{\}|"anyOf":\[\{\}/;
    for (const name of names) expect(JSON.stringify(jsonSchemaOf(name))).not.toMatch(open);
  });

  it('name the document they describe', () => {
    for (const name of names)
      expect(jsonSchemaOf(name)).toMatchObject({
        type: 'object',
        properties: { schema: { const: `relayready/${name}@1` } },
      });
  });

  it('read back as schemas that take a real document and refuse a broken one', () => {
    const environment = z.fromJSONSchema(jsonSchemaOf('environment'));
    const { ca: _, ...worldwide } = CLOUDS[0] as (typeof CLOUDS)[number];
    expect(environment.safeParse(worldwide).success).toBe(true);
    expect(environment.safeParse({ ...worldwide, relay: { hostSuffixes: [] } }).success).toBe(false);
    const profile = z.fromJSONSchema(jsonSchemaOf('profile'));
    expect(profile.safeParse({ domain: 'contoso.com' }).success).toBe(true);
    expect(profile.safeParse({ domain: 'contoso.com', password: 'x' }).success).toBe(false);
  });
});
