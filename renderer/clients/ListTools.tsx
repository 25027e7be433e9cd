/** Above the list: search, which states, what is new, whose turn it is, and in which order. */
import { ClientState, type ClientPage, type ClientQuery } from '../../core/clients/list-clients.ts';
import { whoWord } from '../../core/report/words.ts';
import { Who } from '../../core/result.ts';
import { say, type Text } from '../../core/text.ts';
import { Icon } from '../components/Icon.tsx';
import { STATE_ICONS, STATE_WORDS } from '../components/words.ts';
import { useText } from '../i18n/use-text.ts';
import { SHOWN_AS } from './client-words.ts';
import type { ClientListState } from './use-client-list.ts';

const ORDERS: Readonly<Record<string, { readonly word: Text } & Pick<ClientQuery, 'sort' | 'descending'>>> = {
  state: { word: say('needs somebody first'), sort: 'state', descending: false },
  changes: { word: say('most news first'), sort: 'changes', descending: false },
  name: { word: say('name'), sort: 'name', descending: false },
  domain: { word: say('domain'), sort: 'domain', descending: false },
  oldest: { word: say('not looked at for long'), sort: 'last-look', descending: false },
  newest: { word: say('looked at just now'), sort: 'last-look', descending: true },
};
const SOMEBODY = Who.options.filter((who) => who !== 'nobody');

type ListToolsProps = { readonly list: ClientListState; readonly found: ClientPage };

export function ListTools({ list: { query, ask }, found }: ListToolsProps) {
  const t = useText();
  const all = Object.values(found.counts).reduce((sum, count) => sum + count, 0);
  const order = Object.keys(ORDERS).find(
    (key) => ORDERS[key]?.sort === query.sort && ORDERS[key].descending === query.descending,
  );
  return (
    <search className="list-tools">
      <div className="list-tools-row">
        <label className="list-search">
          <span className="field-label">{t('Search')}</span>
          <input
            type="search"
            className="input"
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            placeholder={t('Name or domain')}
            value={query.search}
            onChange={(event) => ask({ search: event.target.value })}
          />
        </label>
        <label className="list-choice">
          <span className="field-label">{t('Who has to act')}</span>
          <select
            className="input"
            value={query.who ?? ''}
            onChange={(event) => ask({ who: Who.safeParse(event.target.value).data ?? null })}
          >
            <option value="">{t('anybody')}</option>
            {SOMEBODY.map((who) => (
              <option key={who} value={who}>
                {whoWord(who, t)}
              </option>
            ))}
          </select>
        </label>
        <label className="list-choice">
          <span className="field-label">{t('Order')}</span>
          <select
            className="input"
            value={order}
            onChange={(event) => {
              const chosen = ORDERS[event.target.value];
              if (chosen) ask({ sort: chosen.sort, descending: chosen.descending });
            }}
          >
            {Object.entries(ORDERS).map(([key, { word }]) => (
              <option key={key} value={key}>
                {t(word)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <fieldset className="row list-states">
        <legend className="hidden">{t('Show')}</legend>
        <StateButton state={null} count={all} query={query} ask={ask} />
        {ClientState.options.map((state) => (
          <StateButton key={state} state={state} count={found.counts[state]} query={query} ask={ask} />
        ))}
      </fieldset>
      <div className="row spread">
        <output className="quiet">
          {found.matching === found.total
            ? t('{n, plural, one {# client} other {# clients}}', { n: found.total })
            : t('{n, number} of {all, plural, one {# client} other {# clients}}', {
                n: found.matching,
                all: found.total,
              })}
        </output>
        <label className="tick">
          <input type="checkbox" checked={query.changed} onChange={(event) => ask({ changed: event.target.checked })} />
          <span>{t('Only what is new')}</span>
        </label>
      </div>
    </search>
  );
}

type StateButtonProps = {
  readonly state: ClientState | null;
  readonly count: number;
  readonly query: ClientQuery;
  readonly ask: ClientListState['ask'];
};

function StateButton({ state, count, query, ask }: StateButtonProps) {
  const t = useText();
  const shown = state && SHOWN_AS[state];
  return (
    <button
      type="button"
      className={shown ? `list-state state-${shown}` : 'list-state'}
      aria-pressed={query.state === state}
      onClick={() => ask({ state })}
    >
      {shown && <Icon name={STATE_ICONS[shown]} size={16} />}
      {shown ? t(STATE_WORDS[shown]) : t('All')}
      <span className="list-count">{t('{n, number}', { n: count })}</span>
    </button>
  );
}
