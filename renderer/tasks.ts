/** Calls under way: each has a name, can be stopped, says how far it is, and leaves its error beside what asked for it. */
import type { Method, Params, Result, WireError } from '../core/contract.ts';
import type { Progress } from '../core/progress.ts';
import { translateFor } from '../core/i18n/translate-for.ts';
import { ClientError, SESSION_GONE, type Call } from './client.ts';
import type { Wizard } from './wizard-state.ts';

/** Lines of progress kept per call; the latest ones. */
const LOG_LIMIT = 50;

export type Tasks = {
  readonly run: <M extends Method>(
    task: string,
    method: M,
    params: Params<M>,
    onProgress?: (progress: Progress) => void,
  ) => Promise<Result<M> | null>;
  readonly cancel: (task: string) => void;
  readonly cancelAll: () => void;
};

type Access = {
  readonly call: Call;
  readonly get: () => Wizard;
  readonly set: (patch: Partial<Wizard>) => void;
};

export function createTasks({ call, get, set }: Access): Tasks {
  const controllers = new Map<string, AbortController>();

  const said = (task: string, progress: Progress): void => {
    const run = get().runs[task];
    if (!run) return;
    const log = [...run.log.filter((line) => line.message !== progress.message), progress].slice(-LOG_LIMIT);
    set({ runs: { ...get().runs, [task]: { latest: progress, log } } });
  };

  return {
    run: async (task, method, params, onProgress) => {
      if (controllers.has(task)) return null;
      const controller = new AbortController();
      controllers.set(task, controller);
      set({ runs: { ...get().runs, [task]: { latest: null, log: [] } }, errors: without(get().errors, task) });
      try {
        return await call(method, params, {
          language: get().language,
          signal: controller.signal,
          onProgress: (progress) => {
            if (controller.signal.aborted) return;
            said(task, progress);
            onProgress?.(progress);
          },
        });
      } catch (error) {
        const wire = wireOf(error, controller.signal.aborted, get().language);
        if (wire.code === SESSION_GONE) set({ gone: true });
        set({ errors: { ...get().errors, [task]: wire } });
        return null;
      } finally {
        controllers.delete(task);
        set({ runs: without(get().runs, task) });
      }
    },
    cancel: (task) => controllers.get(task)?.abort(),
    cancelAll: () => controllers.forEach((controller) => controller.abort()),
  };
}

export const without = <T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

function wireOf(error: unknown, stopped: boolean, language: string): WireError {
  if (error instanceof ClientError) return error.wire;
  const t = translateFor(language);
  return {
    schema: 'relayready/error@1',
    code: stopped ? 'cancelled' : 'bug',
    message: stopped
      ? t('Stopped, as you asked.')
      : t('Something went wrong on this page. This is our mistake, not yours.'),
    remedy: stopped ? null : t('Nothing you entered is lost. Try again.'),
    field: null,
    who: 'nobody',
    detail: null,
  };
}
