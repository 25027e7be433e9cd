/** The latest change made in each tenant, kept so that it can be taken back. */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Outcome } from '../../core/plan/plan.ts';
import { storageError, unreadableError, writeFileSafely } from './write-file.ts';

/** Names are hashed: they come from outside and become no path. */
const fileOf = (folder: string, ...names: readonly string[]): string =>
  path.join(
    folder,
    'outcomes',
    `${createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 32)}.json`,
  );

/** @throws AppError `storage` */
export async function saveOutcome(
  folder: string,
  environment: string,
  tenantId: string,
  connector: string,
  outcome: Outcome,
): Promise<void> {
  const file = fileOf(folder, environment, tenantId, connector);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw storageError(error, file);
  });
  await writeFileSafely(file, JSON.stringify(outcome, null, 1));
}

/** @returns null when there is none, or a damaged one. @throws AppError `storage` when it cannot be read just now */
export async function loadOutcome(
  folder: string,
  environment: string,
  tenantId: string,
  connector: string,
): Promise<Outcome | null> {
  const file = fileOf(folder, environment, tenantId, connector);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw unreadableError(error, file);
  });
  try {
    return Outcome.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
