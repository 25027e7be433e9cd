/** Looking again: one run at a time, from whichever page it was begun; what it brought is told until somebody has read it. */
import { useEffect, useRef, useState } from 'react';
import type { LookPlace } from '../../core/calls/clients.ts';
import type { Result } from '../../core/contract.ts';
import { useWizard } from '../use-wizard.ts';

/** Ids that one question may hold. */
const MOST_IDS = 10_000;
export const LOOK_TASK = 'clients-look';

export type Looked = Result<'clients.look'> & {
  readonly stopped: boolean;
  /** Ids of those that were looked at; null: all. */
  readonly about: readonly string[] | null;
};

export type LookState = {
  readonly running: boolean;
  /** What the last run brought, until it is put away. */
  readonly looked: Looked | null;
  readonly place: LookPlace;
  readonly setPlace: (place: LookPlace) => void;
  /** @param ids null: all. Resolves when the run has ended, in whichever way */
  readonly look: (ids: readonly string[] | null) => Promise<void>;
  readonly putAway: () => void;
};

export function useLook(): LookState {
  const { running, run } = useWizard(({ runs, run }) => ({ running: LOOK_TASK in runs, run }));
  const [looked, setLooked] = useState<Looked | null>(null);
  const [place, setPlace] = useState<LookPlace>('tell');
  const look = async (ids: readonly string[] | null) => {
    setLooked(null);
    const parts =
      ids === null
        ? [null]
        : Array.from({ length: Math.ceil(ids.length / MOST_IDS) }, (_, at) =>
            ids.slice(at * MOST_IDS, (at + 1) * MOST_IDS),
          );
    let all: Looked = { looked: 0, news: [], stopped: false, about: ids };
    for (const part of parts) {
      // oxlint-disable-next-line no-await-in-loop -- one run at a time
      const result = await run(LOOK_TASK, 'clients.look', { ids: part && [...part], place });
      if (!result) {
        all = { ...all, stopped: true };
        break;
      }
      all = { ...all, looked: all.looked + result.looked, news: [...all.news, ...result.news] };
    }
    setLooked(all);
  };
  return { running, looked, place, setPlace, look, putAway: () => setLooked(null) };
}

/** Reads anew what stands on the page when a run has ended. */
export function useReloadAfter(running: boolean, reload: () => void): void {
  const ran = useRef(running);
  useEffect(() => {
    if (ran.current && !running) reload();
    ran.current = running;
    // oxlint-disable-next-line react/exhaustive-deps -- when it ends, not when the page is drawn anew
  }, [running]);
}
