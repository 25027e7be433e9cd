/** The application id RelayReady signs in with: from the variable, from the settings, or built in; the first that is there. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { storageError, writeFileSafely } from './write-file.ts';

export const ApplicationId = z.guid();

const Settings = z.object({ schema: z.literal('relayready/settings@1'), clientId: ApplicationId.nullable() });

const settingsFile = (dataFolder: string): string => path.join(dataFolder, 'settings.json');

function fromSettings(dataFolder: string): string | null {
  try {
    return Settings.parse(JSON.parse(readFileSync(settingsFile(dataFolder), 'utf8'))).clientId;
  } catch {
    // Missing or damaged: nobody has entered one, and it can be entered again.
    return null;
  }
}

const guid = (value: unknown): string | null => {
  const read = ApplicationId.safeParse(value);
  return read.success ? read.data : null;
};

/** @param builtIn id of this build, `relayready.clientId` in package.json */
export const applicationId = (dataFolder: string, builtIn: unknown): string | null =>
  guid(process.env['RELAYREADY_CLIENT_ID']) ?? fromSettings(dataFolder) ?? guid(builtIn);

/** @throws AppError `storage` */
export async function saveApplicationId(dataFolder: string, clientId: string | null): Promise<void> {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw storageError(error, dataFolder);
  }
  const settings: z.infer<typeof Settings> = { schema: 'relayready/settings@1', clientId };
  await writeFileSafely(settingsFile(dataFolder), `${JSON.stringify(settings, null, 2)}\n`);
}
