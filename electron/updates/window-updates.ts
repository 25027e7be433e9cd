/** Updates of an installed program by electron-updater: looked for, fetched and installed only when a person asks, and only what is signed and newer. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { AppUpdater } from 'electron-updater';
import { AppError, isAppError } from '../../core/errors.ts';
import { say, type Text } from '../../core/text.ts';
import { endDeadline, withDeadline } from '../net/deadline.ts';
import type { Known, UpdateFeed, Updates } from './updates.ts';

const LOOK_DEADLINE_MS = 30_000;
/** A hundred megabytes on a slow line. */
const DOWNLOAD_DEADLINE_MS = 3_600_000;

export type WindowUpdatesOptions = {
  /** Null in a build that was given none. */
  readonly feed: UpdateFeed | null;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Folder of the running program. */
  readonly folder: string;
  /** Loaded when somebody looks for the first time. */
  readonly load: () => Promise<AppUpdater>;
  /** Calls under way, this one among them. */
  readonly underWay: () => number;
};

/** Why this program does not update itself, or null. */
export function whyOff({
  feed,
  platform,
  env,
  folder,
}: Pick<WindowUpdatesOptions, 'feed' | 'platform' | 'env' | 'folder'>): Text | null {
  if (feed === null) return say('This copy of RelayReady was made without an update server.');
  // An installer leaves its uninstaller beside the program; what a deb, an rpm or an MSI put there belongs to the system.
  const ofSystem =
    platform === 'linux'
      ? !env['APPIMAGE']
      : platform === 'win32' &&
        !env['PORTABLE_EXECUTABLE_FILE'] &&
        !existsSync(path.join(folder, 'Uninstall RelayReady.exe'));
  if (ofSystem)
    return say('RelayReady was installed as a package of this system: a newer version comes the way this one came.');
  if (platform === 'win32' && env['PORTABLE_EXECUTABLE_FILE'])
    return say('This is the portable RelayReady: replace its file by that of a newer version.');
  return null;
}

export function windowUpdates(options: WindowUpdatesOptions): Updates {
  const { feed, load, underWay } = options;
  const why = whyOff(options);
  let known: Known = why === null ? { state: 'not-looked' } : { state: 'off', why };
  let loaded: Promise<AppUpdater> | null = null;
  const updater = (): Promise<AppUpdater> => {
    if (why !== null || feed === null)
      throw new AppError('not-found', why ?? say('This copy of RelayReady was made without an update server.'));
    loaded ??= load().then((ready) => configure(ready, feed));
    return loaded;
  };
  return {
    known: () => known,
    look: async (signal) => {
      const found = await within(signal, LOOK_DEADLINE_MS, (await updater()).checkForUpdates());
      known =
        found?.isUpdateAvailable === true
          ? { state: 'available', version: found.updateInfo.version }
          : { state: 'current' };
      return known;
    },
    download: async (signal, onPercent) => {
      if (known.state !== 'available') return known;
      const { version } = known;
      const ready = await updater();
      const { CancellationToken } = (await import('electron-updater')).default;
      signal.throwIfAborted();
      const token = new CancellationToken();
      const stop = () => token.cancel();
      const progress = ({ percent }: { readonly percent: number }) => onPercent(percent);
      signal.addEventListener('abort', stop, { once: true });
      ready.on('download-progress', progress);
      try {
        await within(signal, DOWNLOAD_DEADLINE_MS, ready.downloadUpdate(token));
      } finally {
        token.cancel();
        signal.removeEventListener('abort', stop);
        ready.off('download-progress', progress);
      }
      known = { state: 'ready', version };
      return known;
    },
    install: async () => {
      if (known.state !== 'ready')
        throw new AppError('missing-input', say('There is no downloaded version to install.'));
      if (underWay() > 1)
        throw new AppError('busy', say('Something else is under way in RelayReady.'), {
          remedy: say('Let it finish or stop it, then update.'),
          who: 'you',
        });
      (await updater()).quitAndInstall(true, true);
    },
  };
}

function configure(updater: AppUpdater, feed: UpdateFeed): Promise<AppUpdater> {
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.autoRunAppAfterInstall = true;
  updater.allowDowngrade = false;
  updater.allowPrerelease = false;
  updater.disableWebInstaller = true;
  // Piecewise downloads ask for files that nobody signed.
  updater.disableDifferentialDownload = true;
  updater.logger = null;
  // Every failure also comes as a rejected promise; without a listener the event would end the program.
  updater.on('error', () => undefined);
  return import('./signed-provider.ts').then(({ SignedProvider }) => {
    updater.setFeedURL({ provider: 'custom', updateProvider: SignedProvider, feed } as never);
    return updater;
  });
}

/** @throws AppError instead of what electron-updater throws */
async function within<T>(signal: AbortSignal, ms: number, work: Promise<T>): Promise<T> {
  const limited = withDeadline(signal, ms);
  const ended = new Promise<never>((_, reject) => {
    const give = () => reject(limited.reason as Error);
    if (limited.aborted) give();
    else limited.addEventListener('abort', give, { once: true });
  });
  try {
    return await Promise.race([work, ended]);
  } catch (error) {
    signal.throwIfAborted();
    throw isAppError(error) ? error : failure(error, limited.aborted);
  } finally {
    endDeadline(limited);
    work.catch(() => undefined);
  }
}

function failure(error: unknown, late: boolean): AppError {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  const again = {
    remedy: say('Nothing was changed. Go on with the version you have, or try again later.'),
    cause: error,
  };
  if (late) return new AppError('timeout', say('The update server did not answer in time.'), again);
  if (code === 'ERR_CHECKSUM_MISMATCH')
    return new AppError('unexpected-answer', say('The newer version arrived damaged and was thrown away.'), again);
  if (code?.startsWith('ERR_UPDATER_INVALID_SIGNATURE'))
    return new AppError(
      'unexpected-answer',
      say('The newer version is not signed by its maker and was thrown away.'),
      again,
    );
  if (code?.startsWith('ERR_UPDATER'))
    return new AppError('unexpected-answer', say('What the update server says makes no sense.'), {
      ...again,
      detail: code,
    });
  return new AppError('network', say('The update server could not be reached, or has nothing there.'), {
    ...again,
    detail: (message ?? '').split('\n')[0]?.slice(0, 200) ?? '',
  });
}
