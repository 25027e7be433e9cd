/** What to give up when a record stays over the limits although every sender in it is alive: named, with the reason. */
import { say, type Text } from '../text.ts';
import { isRedirect, recordOf, targetOf, type Draft } from './draft.ts';
import { LOOKUP_LIMIT, VOID_LIMIT } from './evaluation.ts';
import type { SpfInput } from './evaluation-run.ts';
import { sameName, type SpfSteps } from './spf-question.ts';
import { survey, type Survey, type SurveyedTerm } from './survey.ts';

/** The whole draft's numbers, and the fewest terms that have to go, the most costly first. */
export function* shedAdvice(input: SpfInput, draft: Draft, keep: string): SpfSteps<readonly Text[]> {
  const whole = yield* survey(input, draft);
  const notes: Text[] = [whatIsOver(whole)];
  const shed: SurveyedTerm[] = [];
  let rest = draft;
  let now = whole;
  while (!now.within) {
    const next = costliest(now, keep);
    if (next === null) break;
    shed.push(next);
    rest = rest.toSpliced(rest.indexOf(next.text), 1);
    now = yield* survey(input, rest);
  }
  for (const term of shed) notes.push(why(term, whole));
  const others = costs(whole, keep).filter(({ text }) => !shed.some((term) => term.text === text));
  if (others.length > 0)
    notes.push(
      say('The other terms that cost look-ups: {list}.', {
        list: others.map(({ text, lookups }) => `${text} (${lookups})`).join(', '),
      }),
    );
  if (now.within && shed.length > 0)
    notes.push(
      say('Without what was named first, this record could be published: {record}', { record: recordOf(rest) }),
    );
  notes.push(
    say(
      'When all of them are in use: ask one of the services whether it can send from a subdomain of yours, which has a record of its own.',
    ),
  );
  return notes;
}

const whatIsOver = ({ lookups, voids }: Survey): Text =>
  lookups > LOOKUP_LIMIT
    ? say(
        'The record would need {lookups, number} look-ups; receivers stop after {limit} and then treat it as an error. So something has to go, and only you know what is no longer used.',
        { lookups, limit: LOOKUP_LIMIT },
      )
    : say(
        '{voids, number} look-ups of the record find nothing; receivers stop after {limit} of them and then treat it as an error. So something has to go, and only you know what is no longer used.',
        { voids, limit: VOID_LIMIT },
      );

const costs = ({ terms }: Survey, keep: string): readonly SurveyedTerm[] =>
  terms
    .filter(({ text, lookups }) => {
      const name = targetOf(text, 'include');
      return lookups > 0 && (name === null || !sameName(name, keep));
    })
    .toSorted((one, other) => other.lookups - one.lookups);

/** Dead weight first, then what helps most; `redirect=` last, for it carries the ending. */
function costliest(now: Survey, keep: string): SurveyedTerm | null {
  const overVoids = now.voids > VOID_LIMIT;
  const candidates = costs(now, keep).filter(({ voids }) => !overVoids || voids > 0);
  const rank = ({ text, fault, lookups, voids }: SurveyedTerm): number =>
    (isRedirect(text) ? -1000 : 0) + (fault === null ? 0 : 100) + (overVoids ? voids * 10 : 0) + lookups;
  return candidates.toSorted((one, other) => rank(other) - rank(one))[0] ?? null;
}

function why({ text, lookups, voids, fault }: SurveyedTerm, whole: Survey): Text {
  if (fault === 'broken')
    return say('Take out “{term}” first: the record behind it is broken, so it lets nobody send.', { term: text });
  if (whole.lookups <= LOOKUP_LIMIT)
    return say('Take out “{term}” if that service is no longer used: {voids, number} of its look-ups find nothing.', {
      term: text,
      voids,
    });
  return say('Take out “{term}” if that service is no longer used: it alone causes {lookups, number} look-ups.', {
    term: text,
    lookups,
  });
}
