/** Reads a PDF with poppler: what a reader, a screen reader and a printer would find in it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inject } from 'vitest';
import { pictures } from './hosts.ts';

export type Pdf = {
  readonly title: string;
  readonly tagged: boolean;
  readonly pageSize: string;
  /** Text of each page as it was written, in reading order. */
  readonly pages: readonly string[];
  /** Tags in their order: Document, H1, P, Table … */
  readonly tags: readonly string[];
  /** `/Lang` of the document. */
  readonly language: string | null;
};

const POPPLER = inject('poppler');

/** @param pictureName pages are drawn into `test-output/screens/papers/` under this name, for people to look at */
export function readPdf(bytes: Uint8Array, pictureName: string): Pdf {
  const folder = mkdtempSync(path.join(tmpdir(), 'relayready-pdf-'));
  const file = path.join(folder, 'file.pdf');
  const run = (program: string, ...args: readonly string[]): string =>
    execFileSync(`${POPPLER?.folder ?? ''}${program}`, args, {
      env: { ...process.env, ...POPPLER?.env },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      // It does not know the role of a tick box (PDF 2.0 §14.8.5.6) and says so on every one.
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  try {
    writeFileSync(file, bytes);
    const info = run('pdfinfo', file);
    const field = (name: string) => new RegExp(`^${name}:\\s+(.*)$`, 'm').exec(info)?.[1] ?? '';
    const count = Number(field('Pages'));
    const screens = path.join(pictures, 'papers');
    mkdirSync(screens, { recursive: true });
    run('pdftoppm', '-r', '70', '-png', file, path.join(screens, pictureName));
    return {
      title: field('Title'),
      tagged: field('Tagged') === 'yes',
      pageSize: field('Page size'),
      pages: Array.from({ length: count }, (_, at) =>
        run('pdftotext', '-raw', '-f', String(at + 1), '-l', String(at + 1), file, '-'),
      ),
      tags: [...run('pdfinfo', '-struct', file).matchAll(/^\s*([A-Z][A-Za-z0-9]*)/gm)].map((match) => match[1] ?? ''),
      language: /\/Lang ?\(([^)]*)\)/.exec(Buffer.from(bytes).toString('latin1'))?.[1] ?? null,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
