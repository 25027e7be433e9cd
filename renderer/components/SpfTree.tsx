/** How the record is read, term by term, for those who want to know. */
import type { SpfDocument, SpfNode, SpfTerm } from '../../core/spf/spf-document.ts';
import { say, type Text } from '../../core/text.ts';
import { useText } from '../i18n/use-text.ts';

const OUTCOMES: Readonly<Record<SpfTerm['outcome'], Text>> = {
  match: say('matches'),
  'no-match': say('does not match'),
  'not-reached': say('not reached'),
  temperror: say('could not be read just now'),
  permerror: say('is broken'),
};

export function SpfTree({ spf }: { readonly spf: SpfDocument }) {
  const t = useText();
  if (spf.tree.length === 0) return null;
  return (
    <details className="more">
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
            <code>{term.text}</code> <span className="quiet">{t(OUTCOMES[term.outcome])}</span>
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
