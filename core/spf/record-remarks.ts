/** What a person should know of a record beside what was changed in it. */
import { CLOUDS } from '../environment.ts';
import { say, type Text } from '../text.ts';
import { isAll, isModifierText, isRedirect, mechanismOf, targetOf, type Draft } from './draft.ts';
import { isNearRecord } from './near-record.ts';
import { STRING_BYTES, zoneFileForm } from './record-strings.ts';
import type { Survey } from './survey.ts';

/** RFC 7208 §3.4: larger answers do not reach everybody. */
const PRACTICAL_BYTES = 450;

/** What is odd about the texts found, whatever record is proposed. */
export function remarksOnTexts(domain: string, texts: readonly string[], aliases: readonly string[]): readonly Text[] {
  const notes: Text[] = [];
  const alias = aliases.at(-1);
  if (alias !== undefined)
    notes.push(
      say(
        '{domain} is an alias (CNAME) of {alias}, and what is published is that name’s text. Beside an alias no record can stand: whoever looks after the domain has to replace the alias by addresses first.',
        { domain, alias },
      ),
    );
  for (const text of texts)
    if (/^spf2\.0(?:\/|\s|$)/i.test(text))
      notes.push(
        say('“{text}” is Sender ID, which receivers no longer read; it may be deleted.', { text: short(text) }),
      );
  return notes;
}

/** Beside a record that receivers see, a misspelt one is easily overlooked. */
export const remarksOnUnread = (texts: readonly string[]): readonly Text[] =>
  texts
    .filter(isNearRecord)
    .map((text) =>
      say(
        '“{text}” was meant as a record, too, but no receiver reads it. Delete it; if a sender in it still counts, add it to the one record.',
        { text: short(text) },
      ),
    );

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

export function remarksOnRecord(draft: Draft, record: string, include: string): readonly Text[] {
  const notes: Text[] = [];
  const all = draft.find(isAll)?.toLowerCase();
  const redirect = draft.find(isRedirect);
  if (all === 'all' || all === '+all')
    notes.push(say('“all” without a sign lets everybody in the world send as you. Use “-all” or “~all” instead.'));
  else if (all === '?all')
    notes.push(
      say('“?all” was kept: it says nothing about other senders. “~all” is better once the list is complete.'),
    );
  else if (all === undefined && redirect === undefined)
    notes.push(
      say('The record has no ending, so it says nothing about other senders. Add “~all” once the list is complete.'),
    );
  if (all !== undefined && redirect !== undefined)
    notes.push(say('“{term}” does nothing beside “{all}”; it may be deleted.', { term: redirect, all }));
  if (draft.some((text) => mechanismOf(text)?.kind === 'ptr'))
    notes.push(say('“ptr” is slow, and the standard advises against it; better name the servers (RFC 7208 §5.5).'));
  for (const text of draft) {
    const name = targetOf(text, 'include');
    if (name !== null && name !== include && OTHER_CLOUDS.has(name))
      notes.push(
        say('“{term}” belongs to another Microsoft cloud; take it out if nothing of yours is there.', { term: text }),
      );
  }
  const bytes = record.length;
  if (bytes > STRING_BYTES)
    notes.push(
      say(
        'The record has {bytes, number} characters; your DNS host may ask for it in pieces of up to {limit}: {pieces}',
        { bytes, limit: STRING_BYTES, pieces: zoneFileForm(record) },
      ),
    );
  if (bytes > PRACTICAL_BYTES)
    notes.push(say('Such a long record does not reach every receiver; leave out what is no longer used.'));
  return notes;
}

const OTHER_CLOUDS = new Set(CLOUDS.map(({ relay }) => relay.spfInclude));

/** Somebody else's record is broken: theirs to mend, ours to tell. */
export const remarksOnBroken = ({ terms }: Survey): readonly Text[] =>
  terms
    .filter(({ fault }) => fault === 'broken')
    .flatMap(({ text, problem }) => [
      say(
        'The record behind “{term}” is broken; senders that are listed after it get an error. Tell that service, or take the term out if it is no longer used.',
        { term: text },
      ),
      ...(problem === null ? [] : [problem]),
    ]);

/** What stood behind `all` was never read, and stays unread. */
export const remarksOnDeadEnd = (draft: Draft): readonly Text[] => {
  const all = draft.findIndex(isAll);
  if (all < 0) return [];
  const behind = draft.slice(all + 1).filter((text) => !isModifierText(text));
  return behind.length === 0
    ? []
    : [
        say(
          '“{terms}” stood behind “{all}”, where receivers stop reading, and was left out. If it still sends for you, put it before “{all}”.',
          { terms: behind.join(' '), all: draft[all] ?? '' },
        ),
      ];
};
