/** `fleet look [PATH]`: looks again and raises only what is new since the last time; the exit code says whether anything is. */
import path from 'node:path';
import type { ImportSource } from '../../core/clients/import.ts';
import type { LookedLine } from '../../core/clients/looked-line.ts';
import { AppError, ERROR_CODES, isAppError } from '../../core/errors.ts';
import { failureNotice, noticeOf, type News } from '../../core/schedule/notice.ts';
import { say } from '../../core/text.ts';
import { lookAtClients, type LookedAt } from '../clients/look-at-clients.ts';
import { importClients, previewImport } from '../clients/import.ts';
import { notify } from '../schedule/notify.ts';
import { openClients, type Clients } from '../storage/clients.ts';
import type { CommandContext } from './command.ts';
import { printLine } from './fleet-check.ts';
import { fleetCounter } from './fleet-counter.ts';
import { atOnceOf, placeOf, ratesOf } from './fleet-options.ts';

/** New enough to wake somebody: a change that is bad, or the first look at an office where something is wrong. */
const isNews = ({ changes, first, verdict }: LookedAt): boolean =>
  changes.some(({ severity }) => severity === 'bad') || (first && verdict === 'action-needed');

/** With `--notify` a look that cannot be taken for a reason that will still be there tomorrow is told on the desktop, too. */
export async function fleetLook(location: string | undefined, context: CommandContext): Promise<number> {
  try {
    return await look(location, context);
  } catch (error) {
    if (context.flag('notify') && isAppError(error) && (ERROR_CODES[error.code] === 2 || error.code === 'storage')) {
      const notShown = await notify(failureNotice(context.t(error.text), context.t), context);
      if (notShown !== null) context.note(notShown);
    }
    throw error;
  }
}

async function look(location: string | undefined, context: CommandContext): Promise<number> {
  const { t, note, json } = context;
  const options = { place: placeOf(context), atOnce: atOnceOf(context), rates: ratesOf(context) };
  const api = await context.api();
  const environment = await context.environment();
  const history = context.text('history');
  const clients = history === undefined ? api.clients : openClients(path.resolve(history));
  let bad = 0;
  let ids: readonly string[] | null = null;
  const setUp = context.text('set-up');
  if (setUp !== undefined) ({ bad, ids } = await keepSetUp(setUp, location, clients, context));
  else if (location !== undefined)
    ({ bad, ids } = await keep({ kind: 'path', path: location }, clients, environment, context));
  const all = await clients.all();
  const counter = fleetCounter((ids ?? all).length, context);
  const counts = { looked: 0, news: 0, failed: 0, unknown: 0 };
  const news: News[] = [];
  const onLooked = async (looked: LookedAt): Promise<void> => {
    counts.looked += 1;
    counter.count();
    if (looked.error !== null) counts.failed += 1;
    else if (isNews(looked)) {
      counts.news += 1;
      news.push({ name: looked.name, texts: looked.changes.map((change) => change.text) });
    } else if (looked.verdict === 'cannot-tell') counts.unknown += 1;
    const { look, ...told } = looked;
    const line: LookedLine = { schema: 'relayready/looked@1', ...told, at: look?.at ?? null };
    if (json) await printLine(JSON.stringify(line));
    else
      for (const text of looked.error === null ? looked.changes.map((change) => change.text) : [looked.error])
        await printLine(`${looked.name}: ${text}`);
  };
  try {
    await lookAtClients({
      ids,
      ...options,
      only: context.text('only')?.split(','),
      clients,
      worlds: api.worlds,
      context: { ...context.callContext, onProgress: () => undefined },
      onLooked,
    });
  } catch (error) {
    // An error document would be no line of this output; what was looked at is kept.
    if (!context.signal.aborted) throw error;
  } finally {
    counter.stop();
  }
  note(
    t('{looked, number} looked at, {news, number} with something new, {unknown, number} could not be told.', {
      looked: counts.looked,
      news: counts.news,
      unknown: counts.unknown + counts.failed,
    }),
  );
  if (context.signal.aborted) return 130;
  const notice = context.flag('notify') ? noticeOf(news, t) : null;
  const notShown = notice === null ? null : await notify(notice, context);
  if (notShown !== null) note(notShown);
  if (bad > 0) return 2;
  if (counts.news > 0) return 3;
  return counts.unknown + counts.failed > 0 ? 4 : 0;
}

/** The path is what is true of the clients in it; others that the history knows are left alone. */
async function keep(
  source: ImportSource,
  clients: Clients,
  environment: string,
  context: CommandContext,
): Promise<{ bad: number; ids: readonly string[] }> {
  const options = {
    source,
    environment,
    clients,
    context: context.callContext,
    onProblem: ({ where, text }: { where: string; text: string }) => context.warn(`${where}: ${text}`),
  };
  const { digest, problemCount } = await previewImport(options);
  const { ids } = await importClients({ ...options, onProblem: () => undefined, digest, leaveOutBad: true });
  return { bad: problemCount, ids };
}

/** A saved set-up is an office like another; the list of clients holds its history. */
async function keepSetUp(id: string, location: string | undefined, clients: Clients, context: CommandContext) {
  if (location !== undefined)
    throw new AppError('bad-option', say('--set-up and a path cannot be given together.'), {
      field: '--set-up',
      remedy: say('Give one of them.'),
    });
  const { setUps } = await context.api();
  const { profile, environment } = await setUps.load(id);
  const text = JSON.stringify(profile);
  return keep({ kind: 'text', name: 'set-up.jsonl', text }, clients, environment, context);
}
