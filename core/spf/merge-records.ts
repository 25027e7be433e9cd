/** Makes one record of several: every sender kept, one ending. */
import { say, type Text } from '../text.ts';
import { closingIndex, isAll, isModifierText, isRedirect, targetOf, withoutRepeats, type Draft } from './draft.ts';

export type Merged = { readonly draft: Draft; readonly notes: readonly Text[] };

/** From the gentlest ending to the strictest; of two the gentler is kept, so that nobody is shut out by the merge. */
const ENDINGS = ['+all', 'all', '?all', '~all', '-all'];

/**
 * @param drafts in any order: DNS hands records out in a different one each time, so the longest goes first
 * @param options.inOneText they all stood in one text, whose order is known
 */
export function mergeRecords(drafts: readonly Draft[], { inOneText = false } = {}): Merged {
  const [only, second] = drafts;
  if (only === undefined || second === undefined) return dropRepeatedModifiers(only ?? []);
  const sorted = inOneText
    ? drafts
    : [...drafts].sort((one, other) => other.length - one.length || (one.join(' ') < other.join(' ') ? -1 : 1));
  const notes: Text[] = inOneText
    ? []
    : [
        say(
          '{count, number} records became one: with more than one, receivers use none of them. Delete the old ones.',
          { count: drafts.length },
        ),
      ];
  const endings = sorted.flatMap((draft) => draft.filter(isAll).slice(0, 1));
  const ending = ENDINGS.find((candidate) => endings.some((text) => text.toLowerCase() === candidate));
  if (new Set(endings.map((text) => text.toLowerCase())).size > 1 && ending !== undefined)
    notes.push(say('The records ended differently; the gentler ending “{ending}” was kept.', { ending }));
  const terms = sorted.flatMap((draft) => {
    const all = draft.findIndex(isAll);
    // What stands behind “all” was never read; only modifiers count wherever they stand.
    return all < 0 ? draft : draft.filter((text, index) => index < all || isModifierText(text));
  });
  const redirects = new Set(terms.filter(isRedirect).map((text) => text.toLowerCase()));
  const asInclude = redirects.size > 1 || ending !== undefined;
  const joined = terms.flatMap((text) => {
    const target = targetOf(text, 'redirect');
    if (target === null || !asInclude) return [text];
    notes.push(
      say('“{term}” became “include:{target}”: “redirect=” works only where it stands alone at the end.', {
        term: text,
        target,
      }),
    );
    return [`include:${target}`];
  });
  const { draft, notes: more } = dropRepeatedModifiers(withoutRepeats(joined));
  const last = ending ?? (redirects.size > 1 ? '~all' : null);
  return {
    draft: last === null ? draft : draft.toSpliced(closingIndex(draft), 0, last),
    notes: [...notes, ...more],
  };
}

/** `redirect=` and `exp=` may stand once each (RFC 7208 §6). */
function dropRepeatedModifiers(draft: Draft): Merged {
  const notes: Text[] = [];
  const kept = draft.filter((text, index) => {
    const word = /^(redirect|exp)=/i.exec(text)?.[1]?.toLowerCase();
    const repeated =
      word !== undefined && draft.slice(0, index).some((earlier) => earlier.toLowerCase().startsWith(`${word}=`));
    if (repeated) notes.push(say('“{term}” was left out: “{word}=” may stand only once.', { term: text, word }));
    return !repeated;
  });
  return { draft: kept, notes };
}
