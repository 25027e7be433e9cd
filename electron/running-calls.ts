/** The calls a page has under way, so that it can cancel them by id. */
import type { Reply } from '../core/contract.ts';
import type { Progress } from '../core/progress.ts';
import type { Api } from './api.ts';
import { dispatch } from './dispatch.ts';
import { logBug } from './log.ts';
import { languageFor } from './storage/languages.ts';

export type RunningCalls = {
  readonly run: (
    id: string,
    method: string,
    params: unknown,
    language: string,
    onProgress: (progress: Progress) => void,
  ) => Promise<Reply<unknown>>;
  readonly cancel: (id: string) => void;
  /** How many have not ended. */
  readonly underWay: () => number;
  readonly cancelAll: () => void;
  /** What is under way is over: an answer being saved reaches the disk before the program ends. */
  readonly idle: () => Promise<void>;
};

export function runningCalls(api: Api): RunningCalls {
  const running = new Map<string, AbortController>();
  const underWay = new Set<Promise<unknown>>();
  return {
    run: async (id, method, params, language, onProgress) => {
      const controller = new AbortController();
      running.get(id)?.abort();
      running.set(id, controller);
      const work = languageFor(language).then((t) =>
        dispatch(api.engine, method, params, { signal: controller.signal, onProgress, t }, (error) =>
          logBug(api.dataFolder, error),
        ),
      );
      underWay.add(work);
      try {
        return await work;
      } finally {
        underWay.delete(work);
        if (running.get(id) === controller) running.delete(id);
      }
    },
    cancel: (id) => running.get(id)?.abort(),
    underWay: () => underWay.size,
    cancelAll: () => {
      for (const controller of running.values()) controller.abort();
    },
    idle: async () => {
      await Promise.allSettled(underWay);
    },
  };
}
