/** Rows of a CSV table (RFC 4180) of any size; a broken row costs that row alone, never those behind it. */
import { parse } from 'csv-parse/sync';
import { say, type Text } from '../../core/text.ts';
import { readLines, SAVE_AS_UTF8, type Line } from './read-lines.ts';

export type TableRow = { readonly number: number } & (
  { readonly cells: ReadonlyMap<string, string> } | { readonly problem: Text; readonly remedy: Text }
);

/** A cell may hold line breaks, but not half the table. */
const MOST_RECORD_LINES = 100;
const MOST_RECORD_BYTES = 64 * 1024;

const quotes = (text: string): number => text.split('"').length - 1;

/** @param onColumns told of the names in the first row, small letters, before any row comes */
export async function* readTable(
  source: AsyncIterable<Buffer>,
  onColumns: (columns: readonly string[]) => void,
  onBytes?: (bytes: Buffer) => void,
): AsyncGenerator<TableRow> {
  let columns: readonly string[] | null = null;
  let delimiter = ',';
  for await (const record of records(readLines(source, onBytes), () => delimiter)) {
    const { number } = record;
    if (record.text === null) {
      yield {
        number,
        problem: record.problem ?? say('This row cannot be read.'),
        remedy: record.remedy ?? SAVE_AS_UTF8,
      };
      if (columns === null) return;
      continue;
    }
    if (record.text.trim() === '') continue;
    if (columns === null) delimiter = delimiterOf(record.text);
    const cells = cellsOf(record.text, delimiter);
    if (cells === null) {
      yield { number, ...BROKEN };
      continue;
    }
    if (columns === null) {
      columns = cells.map((cell) => cell.toLowerCase());
      onColumns(columns);
      continue;
    }
    if (cells.every((cell) => cell === '')) continue;
    if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell !== '')) {
      yield {
        number,
        problem: say('This row has {count, number} cells, the first row only {columns, number}.', {
          count: cells.length,
          columns: columns.length,
        }),
        remedy: say('Put a cell that holds a comma or semicolon between quotation marks.'),
      };
      continue;
    }
    yield { number, cells: new Map(columns.map((column, at) => [column, cells[at] ?? ''])) };
  }
}

const BROKEN = {
  problem: say('The quotation marks of this row do not match.'),
  remedy: say('Begin and end a cell with one, and write one inside a cell twice.'),
} as const;

/** Excel writes what the country's list separator is. */
const delimiterOf = (head: string): string =>
  [',', ';', '\t'].reduce((best, one) => (head.split(one).length > head.split(best).length ? one : best));

/** @returns null when the quotation marks do not match */
function cellsOf(text: string, delimiter: string): readonly string[] | null {
  // Most rows need no parser, and a hundred megabytes of them are read in seconds.
  if (!text.includes('"')) return text.split(delimiter).map((cell) => cell.trim());
  try {
    const [row, more] = parse(text, { delimiter, trim: true, relax_column_count: true }) as readonly string[][];
    return more === undefined ? (row ?? []) : null;
  } catch {
    return null;
  }
}

type Record = {
  readonly number: number;
  readonly text: string | null;
  readonly problem?: Text | null;
  readonly remedy?: Text;
};

/** A cell between quotation marks may hold line ends, so a record may be several lines. */
async function* records(lines: AsyncGenerator<Line>, delimiter: () => string): AsyncGenerator<Record> {
  let held: Line[] = [];
  /** Lines to be looked at again after one turned out not to begin a record of several. */
  const waiting: Line[] = [];
  const next = async (): Promise<Line | null> => {
    const again = waiting.shift();
    if (again) return again;
    const { done, value } = await lines.next();
    return done === true ? null : value;
  };
  const giveUp = (): Record => {
    const [first, ...others] = held;
    waiting.unshift(...others);
    held = [];
    return { number: first?.number ?? 0, text: null, ...BROKEN };
  };
  for (;;) {
    const line = await next();
    if (line === null) {
      if (held.length === 0) return;
      yield giveUp();
      continue;
    }
    if (held.length === 0 && (line.text === null || quotes(line.text) % 2 === 0)) {
      yield line;
      continue;
    }
    held.push(line);
    if (line.text === null) {
      yield giveUp();
      continue;
    }
    const text = held.map((one) => one.text).join('\n');
    if (held.length > 1 && quotes(text) % 2 === 0) {
      if (cellsOf(text, delimiter()) === null) {
        yield giveUp();
        continue;
      }
      yield { number: held[0]?.number ?? 0, text };
      held = [];
    } else if (held.length >= MOST_RECORD_LINES || text.length > MOST_RECORD_BYTES) yield giveUp();
  }
}
