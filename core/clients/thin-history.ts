/** Keeps a history small for ever: uneventful looks of long ago are thinned out, and the oldest are folded into one. */
import { DOMAIN_FACTS, FactId, type Facts } from './facts.ts';
import { foldHistory, knownFact, type Look } from './history.ts';

/** A year of daily looks at four offices. */
export const MOST_LOOKS = 1500;
const DAY_MS = 86_400_000;
const WHOLE_DAYS = 90;
const THIN_DAYS = 7;

const eventful = (look: Look, before: Look | undefined): boolean =>
  before === undefined ||
  Object.keys(look.facts).length > 0 ||
  look.verdict !== before.verdict ||
  look.place !== before.place ||
  JSON.stringify(look.needs) !== JSON.stringify(before.needs);

/** @param lines oldest first; every change and the newest look of each office survive */
export function thinHistory(lines: readonly Look[], now: string): readonly Look[] {
  const newest = new Map(lines.map((look) => [look.site, look]));
  const kept: Look[] = [];
  const lastKept = new Map<string, Look>();
  const before = new Map<string, Look>();
  for (const look of lines) {
    const last = lastKept.get(look.site);
    const young = Date.parse(now) - Date.parse(look.at) < WHOLE_DAYS * DAY_MS;
    const due = last === undefined || Date.parse(look.at) - Date.parse(last.at) >= THIN_DAYS * DAY_MS;
    if (young || due || newest.get(look.site) === look || eventful(look, before.get(look.site))) {
      kept.push(look);
      lastKept.set(look.site, look);
    }
    before.set(look.site, look);
  }
  return kept.length <= MOST_LOOKS ? kept : [...baseline(kept.slice(0, -MOST_LOOKS)), ...kept.slice(-MOST_LOOKS)];
}

/** One line for each office that tells what was known by then. */
function baseline(lines: readonly Look[]): readonly Look[] {
  const { known } = foldHistory(lines);
  const last = new Map(lines.map((look) => [look.site, look]));
  const told = new Set<string>();
  return [...last.values()].map((look) => {
    const facts: { -readonly [F in keyof Facts]: Facts[F] } = {};
    for (const fact of FactId.options) {
      const value = knownFact(known, fact, look)?.value;
      // What belongs to the domain is told once; the other offices' lines would only repeat it.
      const key = `${look.domain} ${fact}`;
      if (value === undefined || (DOMAIN_FACTS.has(fact) && told.has(key))) continue;
      if (DOMAIN_FACTS.has(fact)) told.add(key);
      facts[fact] = value;
    }
    return { ...look, facts, untold: [], quiet: [] };
  });
}
