/** The list as it is asked for: what is typed and chosen leads to a new answer, and the newest question wins. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ClientPage, ClientQuery } from '../../core/clients/list-clients.ts';
import { useWizard } from '../use-wizard.ts';

/** As many as one answer holds; more are leafed through. */
export const AT_ONCE = 1000;

const EVERYBODY: ClientQuery = {
  search: '',
  state: null,
  who: null,
  changed: false,
  sort: 'state',
  descending: false,
  offset: 0,
  limit: AT_ONCE,
};

export type ClientListState = {
  readonly query: ClientQuery;
  /** Null until the first answer. */
  readonly found: ClientPage | null;
  /** Of every client that was in an answer so far, by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly ask: (patch: Partial<ClientQuery>) => void;
  readonly reload: () => void;
  /** Ids of all that match, in every page; null when nobody is left out. */
  readonly matchingIds: () => Promise<readonly string[] | null>;
};

export function useClientList(): ClientListState {
  const run = useWizard((wizard) => wizard.run);
  const [query, setQuery] = useState(EVERYBODY);
  const [found, setFound] = useState<ClientPage | null>(null);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const wanted = useRef(query);
  const asking = useRef(false);
  const load = useCallback(async () => {
    // One question at a time; what was asked meanwhile is asked next.
    if (asking.current) return;
    asking.current = true;
    for (;;) {
      const asked = wanted.current;
      // oxlint-disable-next-line no-await-in-loop -- the answer decides whether to ask again
      const page = await run('clients-list', 'clients.list', asked);
      if (page) {
        setFound(page);
        setNames((before) => new Map([...before, ...page.clients.map(({ id, name }) => [id, name] as const)]));
      }
      if (asked === wanted.current) break;
    }
    asking.current = false;
  }, [run]);
  const begin = useCallback(
    (next: ClientQuery) => {
      wanted.current = next;
      setQuery(next);
      void load();
    },
    [load],
  );
  useEffect(() => void load(), [load]);
  return {
    query,
    found,
    names,
    ask: (patch) => begin({ ...wanted.current, offset: 0, ...patch }),
    reload: () => begin({ ...wanted.current }),
    matchingIds: async () => {
      if (!found || found.matching === found.total) return null;
      const ids: string[] = [];
      while (ids.length < found.matching) {
        // oxlint-disable-next-line no-await-in-loop -- page by page
        const page = await run('clients-ids', 'clients.list', { ...wanted.current, offset: ids.length });
        if (!page || page.clients.length === 0) break;
        ids.push(...page.clients.map(({ id }) => id));
      }
      return ids;
    },
  };
}
