/** Binds every contract method to the code that does it, one file per area in `calls/`; the three hosts call nothing else. */
import type { Profile } from '../core/profile.ts';
import { checkPart } from './calls/checks.ts';
import { clientPart } from './calls/clients.ts';
import { devicePart } from './calls/devices.ts';
import { documentPart } from './calls/documents.ts';
import type { EngineParts } from './calls/engine-parts.ts';
import { mailPart } from './calls/mail.ts';
import { microsoftPart } from './calls/microsoft.ts';
import { pendingPart } from './calls/pending.ts';
import { problemPart } from './calls/problem.ts';
import { programPart } from './calls/program.ts';
import { schedulePart } from './calls/schedule.ts';
import { setUpPart } from './calls/set-ups.ts';
import { updatePart } from './calls/updates.ts';
import type { CallContext, Engine } from './dispatch.ts';
import { relayHost } from './office.ts';
import { applicationId } from './storage/application-id.ts';
import { openClients } from './storage/clients.ts';
import { openJournal } from './storage/journal.ts';
import { printWithBrowser, type PrintPdf } from './storage/print-pdf.ts';
import { openSetUps } from './storage/set-ups.ts';
import { openSightings } from './storage/sightings.ts';
import type { OpenedFiles } from './opened-files.ts';
import type { Updates } from './updates/updates.ts';
import { BUILD_CLIENT_ID } from './version.ts';
import { createWorlds, type OpenBrowser, type World, type WorldsOptions } from './worlds.ts';

export type ApiOptions = Omit<WorldsOptions, 'clientId'> & {
  readonly dataFolder: string;
  readonly openBrowser: OpenBrowser;
  /** The window prints by itself; the other hosts look for a browser. */
  readonly printPdf?: PrintPdf;
  /** Only the window updates the program. */
  readonly updates?: Updates;
  readonly openedFiles?: OpenedFiles;
};

export type Api = Omit<EngineParts, 'openBrowser' | 'printPdf' | 'updates' | 'openedFiles'> & {
  readonly engine: Engine;
  /** The relay host for a profile. @throws AppError `network` when it cannot be told */
  readonly relayHost: (world: World, profile: Profile, context: CallContext) => Promise<string>;
  readonly close: () => Promise<void>;
};

export function createApi(options: ApiOptions): Api {
  const { dataFolder, openBrowser, printPdf = printWithBrowser } = options;
  const clientId = applicationId(dataFolder, BUILD_CLIENT_ID);
  const worlds = createWorlds({ ...options, clientId }, openSightings(dataFolder));
  const parts = {
    worlds,
    journal: openJournal(dataFolder),
    setUps: openSetUps(dataFolder),
    clients: openClients(dataFolder),
    dataFolder,
  };
  const all: EngineParts = {
    ...parts,
    openBrowser,
    printPdf,
    updates: options.updates,
    openedFiles: options.openedFiles,
  };
  const engine: Engine = {
    ...programPart(all),
    ...setUpPart(all),
    ...pendingPart(all),
    ...problemPart(all),
    ...checkPart(all),
    ...microsoftPart(all),
    ...mailPart(all),
    ...documentPart(all),
    ...devicePart(all),
    ...clientPart(all),
    ...schedulePart(all),
    ...updatePart(all),
  };
  return { engine, ...parts, relayHost, close: () => worlds.close() };
}
