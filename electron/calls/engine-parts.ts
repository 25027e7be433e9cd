/** What the parts of the engine share, and the type of one part: the methods of one area of the contract. */
import type { Calls } from '../../core/calls/call.ts';
import type { Method } from '../../core/contract.ts';
import type { Engine } from '../dispatch.ts';
import type { Clients } from '../storage/clients.ts';
import type { Journal } from '../storage/journal.ts';
import type { PrintPdf } from '../storage/print-pdf.ts';
import type { SetUps } from '../storage/set-ups.ts';
import type { OpenedFiles } from '../opened-files.ts';
import type { Updates } from '../updates/updates.ts';
import type { OpenBrowser, Worlds } from '../worlds.ts';

export type EngineParts = {
  readonly worlds: Worlds;
  readonly journal: Journal;
  readonly setUps: SetUps;
  readonly clients: Clients;
  readonly dataFolder: string;
  readonly openBrowser: OpenBrowser;
  readonly printPdf: PrintPdf;
  /** The window's; the other hosts have none. */
  readonly updates?: Updates | undefined;
  readonly openedFiles?: OpenedFiles | undefined;
};

export type PartOf<C extends Calls> = Pick<Engine, keyof C & Method>;
