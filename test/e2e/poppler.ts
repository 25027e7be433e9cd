/** Brings poppler's programs, which read a PDF as strictly as a reader does; says why when they cannot be had. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { folderOf, unpackPackages } from '../helpers/debian-packages.ts';

const NAME = 'debian-poppler';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of pdfinfo, pdftotext and pdftoppm with what they need to run; null when they cannot be had. */
    poppler: { readonly folder: string; readonly env: Readonly<Record<string, string>> } | null;
    popplerMissing: string;
  }
}

export default function setup(project: TestProject): void {
  const installed = existsSync('/usr/bin/pdfinfo');
  const missing = installed ? null : unpackPackages({ name: NAME, groups: [['poppler-utils']] });
  project.provide('poppler', missing !== null ? null : installed ? { folder: '/usr/bin/', env: {} } : unpacked());
  project.provide('popplerMissing', missing ?? '');
  if (missing !== null) console.log(`Tests that read PDF files do not run: ${missing}`);
}

function unpacked() {
  const root = folderOf(NAME);
  const libraries = ['usr/lib', 'lib']
    .map((folder) => path.join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [
      folder,
      ...readdirSync(folder)
        .filter((name) => name.endsWith('-linux-gnu'))
        .map((name) => path.join(folder, name)),
    ]);
  return { folder: path.join(root, 'usr/bin/'), env: { LD_LIBRARY_PATH: libraries.join(':') } };
}
