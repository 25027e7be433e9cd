/** Finds a browser of this computer that can print: Chrome, Edge, Chromium or Brave. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

const ON_PATH = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
];

/** `CHROMIUM_PATH` comes first and alone: who names a browser wants no other. */
const places = (): readonly string[] => {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return [named];
  switch (process.platform) {
    case 'win32':
      return ['ProgramFiles(x86)', 'ProgramFiles', 'LocalAppData'].flatMap((base) =>
        ['Microsoft\\Edge\\Application\\msedge.exe', 'Google\\Chrome\\Application\\chrome.exe'].flatMap((end) => {
          const folder = process.env[base];
          return folder === undefined ? [] : [path.join(folder, end)];
        }),
      );
    case 'darwin':
      return ['Google Chrome', 'Microsoft Edge', 'Chromium', 'Brave Browser'].flatMap((name) =>
        ['/Applications', path.join(homedir(), 'Applications')].map((folder) =>
          path.join(folder, `${name}.app/Contents/MacOS/${name}`),
        ),
      );
    default:
      return [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin']
        .filter((folder) => path.isAbsolute(folder))
        .flatMap((folder) => ON_PATH.map((name) => path.join(folder, name)));
  }
};

/** @returns path of its program, or null */
export async function findBrowser(): Promise<string | null> {
  for (const candidate of places())
    if (
      await access(candidate, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return candidate;
  return null;
}
