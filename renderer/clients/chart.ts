/** The history as lanes along one line of time: where each piece begins, how long it is, and whether it is good; pure. */
import type { Look, Timeline } from '../../core/clients/history.ts';
import type { FactId, FactValue } from '../../core/clients/facts.ts';

export type Tone = 'good' | 'bad' | 'unsure' | 'one' | 'other';

export type Piece = {
  readonly value: FactValue;
  /** ISO 8601: the first and the last look that told so. */
  readonly from: string;
  readonly to: string;
  /** Per cent of the whole time. */
  readonly start: number;
  readonly width: number;
  readonly tone: Tone;
};
export type Lane = {
  readonly fact: FactId | 'verdict';
  readonly site: string | null;
  readonly domain: string | null;
  readonly pieces: readonly Piece[];
};
export type Chart = {
  readonly from: string;
  readonly to: string;
  readonly lanes: readonly Lane[];
  /** Days along the line, with their place in per cent. */
  readonly ticks: readonly { readonly at: string; readonly place: number }[];
};

/** Seen even when it was so at one look alone. */
const LEAST_WIDTH = 0.8;
const TICKS = 4;

/** Facts of which one value is right; of the others only the change is worth seeing. */
const RIGHT: Readonly<Partial<Record<FactId, readonly string[]>>> = {
  'port-25': ['open'],
  'spf-state': ['complete'],
  connector: ['on'],
  listed: [],
  failing: [],
  due: [],
};

const toneOf = (fact: FactId, value: FactValue, at: number): Tone => {
  const right = RIGHT[fact];
  if (!right) return at % 2 === 0 ? 'one' : 'other';
  return value.join() === right.join() ? 'good' : 'bad';
};

const VERDICTS: Readonly<Record<string, Tone>> = { ready: 'good', 'action-needed': 'bad' };

type SeenLook = Pick<Look, 'at' | 'site' | 'verdict'>;
type Span = Timeline['spans'][number];

/** How an office stood, look after look; the same again is one span. */
function verdictSpans(looks: readonly SeenLook[]): readonly Span[] {
  const spans: { value: FactValue; from: string; to: string }[] = [];
  for (const { at, verdict } of looks) {
    const last = spans.at(-1);
    if (last?.value[0] === verdict) last.to = at;
    else spans.push({ value: [verdict], from: at, to: at });
  }
  return spans;
}

/** @param looks oldest first. @returns null while there was no look */
export function chartOf(looks: readonly SeenLook[], timelines: readonly Timeline[]): Chart | null {
  const times = [
    ...looks.map(({ at }) => at),
    ...timelines.flatMap(({ spans }) => spans.flatMap(({ from, to }) => [from, to])),
  ].sort();
  const from = times[0];
  const to = times.at(-1);
  if (from === undefined || to === undefined) return null;
  const begun = Date.parse(from);
  const whole = Math.max(1, Date.parse(to) - begun);
  const place = (at: string): number => ((Date.parse(at) - begun) / whole) * 100;
  const piecesOf = (spans: readonly Span[], tone: (value: FactValue, at: number) => Tone): readonly Piece[] =>
    spans.map(({ value, from: first, to: last }, at) => {
      const start = Math.min(place(first), 100 - LEAST_WIDTH);
      // Of a single moment there is nothing to draw but what was so.
      const width = from === to ? 100 : Math.max(LEAST_WIDTH, place(last) - start);
      return { value, from: first, to: last, start, width, tone: tone(value, at) };
    });
  const sites = [...new Set(looks.map(({ site }) => site))];
  return {
    from,
    to,
    lanes: [
      ...sites.map((site) => ({
        fact: 'verdict' as const,
        site,
        domain: null,
        pieces: piecesOf(
          verdictSpans(looks.filter((look) => look.site === site)),
          ([verdict = '']) => VERDICTS[verdict] ?? 'unsure',
        ),
      })),
      ...timelines.map(({ fact, site, domain, spans }) => ({
        fact,
        site,
        domain,
        pieces: piecesOf(spans, (value, at) => toneOf(fact, value, at)),
      })),
    ],
    ticks:
      begun === Date.parse(to)
        ? [{ at: from, place: 0 }]
        : Array.from({ length: TICKS + 1 }, (_, at) => ({
            at: new Date(begun + (whole * at) / TICKS).toISOString(),
            place: (100 * at) / TICKS,
          })),
  };
}
