/** The rules of the house that the compiler cannot see. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll(path.sep, '/')}`)
    .filter((file) => /\.(ts|tsx|cts)$/.test(file) && statSync(path.join(root, file)).isFile());
}

/** What a file imports: relative targets as repository paths, packages by name, built-ins as `node:…`. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(path.join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  const targets = [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s*['"]([^'"]+)['"]/g),
    ...text.matchAll(/(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g),
    ...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g),
    ...text.matchAll(/\bimport\s+\w+\s*=\s*require\(\s*['"]([^'"]+)['"]/g),
  ].map((match) => match[1] as string);
  return targets.map((target) =>
    target.startsWith('.') ? path.posix.normalize(path.posix.join(path.posix.dirname(file), target)) : target,
  );
}

const packageOf = (target: string): string =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
const isRelative = (target: string): boolean => /^(core|electron|renderer|test|assets)\//.test(target);

type Rule = { readonly files: (file: string) => boolean; readonly allows: (target: string, file: string) => boolean };
const inside =
  (...folders: readonly string[]) =>
  (target: string): boolean =>
    folders.some((folder) => target.startsWith(folder));
const CORE_PACKAGES = new Set(['zod', 'intl-messageformat', 'ipaddr.js']);

const RULES: Readonly<Record<string, Rule>> = {
  'core/ is pure: itself and its three libraries': {
    files: inside('core/'),
    allows: (target) => inside('core/')(target) || CORE_PACKAGES.has(packageOf(target)),
  },
  'renderer/ imports core/, itself and its libraries': {
    files: inside('renderer/'),
    allows: (target) =>
      isRelative(target)
        ? inside('core/', 'renderer/')(target)
        : ['react', 'react-dom', 'zustand', '@base-ui/react'].includes(packageOf(target)),
  },
  'a check imports ../check.ts, core/, sibling checks and zod': {
    files: inside('electron/checks/'),
    allows: (target) =>
      target === 'zod' || target === 'electron/check.ts' || inside('core/', 'electron/checks/')(target),
  },
  'electron/net imports itself and core/': {
    files: inside('electron/net/'),
    allows: (target) => !isRelative(target) || inside('core/', 'electron/net/')(target),
  },
  'microsoft and mail import themselves, net, storage (the journal) and core': {
    files: inside('electron/microsoft/', 'electron/mail/'),
    allows: (target, file) =>
      !isRelative(target) ||
      inside('core/', 'electron/net/', 'electron/storage/', file.split('/').slice(0, 2).join('/') + '/')(target),
  },
  'practice imports itself and core, and no client of ours': {
    files: inside('electron/practice/'),
    allows: (target) => !isRelative(target) || inside('core/', 'electron/practice/')(target),
  },
  'practice is imported by one part of the engine alone': {
    files: (file) =>
      file.startsWith('electron/') && !file.startsWith('electron/practice/') && file !== 'electron/calls/program.ts',
    allows: (target) => !inside('electron/practice/')(target),
  },
  'only net, mail, practice, sign-in and the loopback host open sockets': {
    files: (file) =>
      file.startsWith('electron/') &&
      !inside('electron/net/', 'electron/mail/', 'electron/practice/')(file) &&
      !/^electron\/(main|serve(-\w+)?)\.ts$/.test(file) &&
      !/^electron\/microsoft\/(sign-in|.*listener)/.test(file),
    allows: (target) => !/^node:(net|tls|dgram|http|https|http2|dns)(\/|$)/.test(target),
  },
  'only the window host knows the package electron': {
    files: (file) => file !== 'electron/main.ts' && file !== 'electron/preload.cts',
    allows: (target) => isRelative(target) || packageOf(target) !== 'electron',
  },
  'hosts reach the engine through api and dispatch': {
    files: (file) => /^electron\/(main|serve(-\w+)?|running-calls)\.ts$/.test(file),
    allows: (target) =>
      !inside('electron/checks/', 'electron/microsoft/', 'electron/mail/', 'electron/practice/')(target),
  },
};

const files = ['core', 'electron', 'renderer'].flatMap(sourceFiles);

describe('who may import whom', () => {
  for (const [name, rule] of Object.entries(RULES))
    it(name, () => {
      const broken = files
        .filter((file) => rule.files(file))
        .flatMap((file) =>
          importsOf(file)
            .filter((target) => !rule.allows(target, file))
            .map((target) => `${file} imports ${target}`),
        );
      expect(broken).toEqual([]);
    });

  it('knows every import the compiler knows of a sample file', () => {
    expect(importsOf('electron/preload.cts')).toContain('electron');
    expect(importsOf('electron/calls/program.ts')).toContain('electron/practice/practice.ts');
  });
});

describe('checks', () => {
  const checks = readdirSync(path.join(root, 'electron/checks'));

  it('each check has a test of its name', () => {
    const untested = checks.filter(
      (file) => !existsSync(path.join(root, 'test/electron/checks', file.replace(/\.ts$/, '.test.ts'))),
    );
    expect(untested).toEqual([]);
  });

  it('no code outside a check knows a check by name', () => {
    const ids = checks.map((file) => file.replace(/\.ts$/, ''));
    const pattern = new RegExp(`\\b(check\\.id|result\\.id|\\bid)\\s*[!=]==?\\s*'(${ids.join('|')})'`);
    const broken = files.filter(
      (file) => !file.startsWith('electron/checks/') && pattern.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(broken).toEqual([]);
  });
});

describe('files', () => {
  /** Longer than 300 lines, with the reason; this list may only shrink. */
  const LONG: Readonly<Record<string, number>> = {};

  it('stay within 300 lines', () => {
    const long = [...files, ...sourceFiles('test')].flatMap((file) => {
      const lines = readFileSync(path.join(root, file), 'utf8').split('\n').length - 1;
      return lines > (LONG[file] ?? 300) ? [`${file}: ${lines}`] : [];
    });
    expect(long).toEqual([]);
  });

  it('open with one sentence that says what they are for', () => {
    const silent = files.filter((file) => !/^(\/\*\*|\/\/\/)/.test(readFileSync(path.join(root, file), 'utf8')));
    expect(silent).toEqual([]);
  });

  it('have kebab-case names', () => {
    const odd = files.filter(
      (file) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(path.basename(file)) && !/\/[A-Z]\w+\.tsx$/.test(file),
    );
    expect(odd).toEqual([]);
  });

  it('live in folders that docs/architecture.md names', () => {
    const page = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
    const folders = new Set(files.map((file) => file.split('/').slice(0, -1).join('/')));
    const unnamed = [...folders].filter((folder) => !page.includes(`\`${folder}/\``));
    expect(unnamed).toEqual([]);
  });
});
