/** How the record is read, term by term, for those who want to know. */
import type { SpfDocument, SpfNode, SpfTerm } from '../../core/spf/spf-document.ts';
import { TERM_OUTCOMES } from '../../core/spf/tree-rows.ts';
import { useText } from '../i18n/use-text.ts';

/** Shape and colour say the same as the words beside them. */
const MARKS: Readonly<Record<SpfTerm['outcome'], string>> = {
  match: '✓',
  'no-match': '·',
  'not-reached': '–',
  temperror: '?',
  permerror: '✕',
};

const isGuilty = (term: SpfTerm): boolean =>
  term.outcome === 'permerror' ||
  term.outcome === 'temperror' ||
  (term.node !== null && term.node.terms.some(isGuilty));

export function SpfTree({ spf }: { readonly spf: SpfDocument }) {
  const t = useText();
  if (spf.tree.length === 0) return null;
  return (
    <details className="more" open={spf.tree.some((node) => node.terms.some(isGuilty))}>
      <summary>{t('How the record is read')}</summary>
      <ul className="tree">
        {spf.tree.map((node) => (
          <Node key={node.domain} node={node} />
        ))}
      </ul>
    </details>
  );
}

function Node({ node }: { readonly node: SpfNode }) {
  const t = useText();
  return (
    <li>
      <strong>{node.domain}</strong>
      {node.problem !== null && <p className="problem">{node.problem}</p>}
      <ul>
        {node.terms.map((term) => (
          <li key={term.offset} className={`term-${term.outcome}`}>
            <span className="term-mark" aria-hidden="true">
              {MARKS[term.outcome]}
            </span>{' '}
            <code>{term.text}</code>{' '}
            {term.lookups > 0 && (
              <span className="term-lookups">
                {t('{count, plural, one {# look-up} other {# look-ups}}', { count: term.lookups })}
              </span>
            )}{' '}
            <span className="quiet">{t(TERM_OUTCOMES[term.outcome])}</span>
            {term.problem !== null && <p className="problem">{term.problem}</p>}
            {term.node && (
              <ul>
                <Node node={term.node} />
              </ul>
            )}
          </li>
        ))}
      </ul>
    </li>
  );
}
