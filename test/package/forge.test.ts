import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const folder = fileURLToPath(new URL('../../.github', import.meta.url));
const read = (file: string): unknown => parse(readFileSync(path.join(folder, file), 'utf8'));
type Step = { readonly uses?: string; readonly run?: string };
type Job = { readonly permissions?: Readonly<Record<string, string>>; readonly steps: readonly Step[] };
type Workflow = { readonly permissions: unknown; readonly jobs: Readonly<Record<string, Job>> };

describe('the release pipeline', () => {
  const workflow = read('workflows/release.yml') as Workflow;
  const jobs = Object.entries(workflow.jobs);

  it('gives each job what it needs and no more', () => {
    expect(workflow.permissions).toEqual({});
    expect(jobs.map(([name, { permissions }]) => [name, permissions])).toEqual([
      ['test', { contents: 'read' }],
      ['package', { contents: 'read' }],
      ['draft', { contents: 'write' }],
    ]);
  });

  it('uses the forge’s own actions only, in exact versions', () => {
    const used = jobs.flatMap(([, { steps }]) => steps.flatMap(({ uses }) => uses ?? []));
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !/^actions\/[\w-]+@v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });

  it('puts nothing that comes from outside into a script', () => {
    const scripts = jobs.flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []));
    const put = scripts.flatMap((script) => script.match(/\$\{\{[^}]*\}\}/g) ?? []);
    expect(put).toEqual(['${{ matrix.system }}']);
  });

  it('gives every setting that a release is refused without', () => {
    const page = readFileSync(path.join(folder, 'workflows/release.yml'), 'utf8');
    const settings = readFileSync(path.join(folder, '../scripts/release-settings.mjs'), 'utf8').match(
      /'[A-Z][A-Z_]{5,}'/g,
    );
    const missing = new Set(settings?.map((name) => name.slice(1, -1)).filter((name) => !page.includes(name)));
    expect([...missing]).toEqual(['CSC_NAME']);
  });
});

describe('electron-builder.yml', () => {
  const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
  const { getConfig, validateConfiguration } = builder('app-builder-lib/out/util/config/config') as {
    getConfig: (root: string, file: null, more: unknown) => Promise<Record<string, unknown>>;
    validateConfiguration: (config: unknown, log: { isEnabled: boolean; add: () => void }) => Promise<void>;
  };
  const log = { isEnabled: false, add: () => undefined };

  it('is understood whole: no setting that means nothing', async () => {
    const config = await getConfig(path.join(folder, '..'), null, null);
    await expect(validateConfiguration(config, log)).resolves.toBeUndefined();
    await expect(validateConfiguration({ ...config, hardenRuntime: true }, log)).rejects.toThrow(/unknown property/);
  });

  it('names only files that are there', () => {
    const text = readFileSync(path.join(folder, '../electron-builder.yml'), 'utf8');
    const named = text.match(/assets\/installation\/[\w.-]+/g) ?? [];
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((file) => !existsSync(path.join(folder, '..', file)))).toEqual([]);
  });
});

describe('issue templates', () => {
  type Field = { readonly type: string; readonly id?: string; readonly validations?: { readonly required?: boolean } };
  const forms = readdirSync(path.join(folder, 'ISSUE_TEMPLATE')).filter((file) => file !== 'config.yml');

  it.each(forms)('%s is a form that can be filled in', (file) => {
    const form = read(`ISSUE_TEMPLATE/${file}`) as { name: string; description: string; body: readonly Field[] };
    expect(form.name.length * form.description.length).toBeGreaterThan(0);
    const ids = form.body.flatMap(({ id }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(form.body.filter(({ type }) => !/^(markdown|textarea|input|dropdown|checkboxes)$/.test(type))).toEqual([]);
  });

  it('the one for problems asks for the report that names nobody', () => {
    const { body } = read('ISSUE_TEMPLATE/problem.yml') as { body: readonly Field[] };
    expect(body.find(({ id }) => id === 'report')?.validations?.required).toBe(true);
  });
});
