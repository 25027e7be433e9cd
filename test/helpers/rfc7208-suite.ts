/** Reads the RFC 7208 test suite (YAML documents) and answers its DNS questions from memory, with the traps its format has. */
import { existsSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { plainName, type SpfAnswer, type SpfQuery } from '../../core/spf/spf-question.ts';

/** Beside the repository, or where RELAYREADY_SPF_SUITE says. */
export const SUITE_FILE = process.env['RELAYREADY_SPF_SUITE'] ?? '../shared/data/rfc7208-tests.yml';
export const suiteIsThere = existsSync(SUITE_FILE);

export type SuiteTest = {
  readonly id: string;
  readonly host: string;
  readonly helo: string;
  readonly mailfrom: string;
  /** The first is preferred. */
  readonly results: readonly string[];
  /** Undefined: nothing is said about it; null: there must be none. */
  readonly explanation: string | null | undefined;
};

/** Strings of a TXT record; an empty list is a record without any string. */
export type ZoneRecord =
  | { readonly type: 'TXT'; readonly strings: readonly string[] }
  | { readonly type: 'MX'; readonly preference: number; readonly target: string }
  | { readonly type: 'A' | 'AAAA' | 'PTR' | 'CNAME'; readonly target: string };

export type ZoneName = { readonly records: readonly ZoneRecord[]; readonly timeout: boolean };
export type Zone = ReadonlyMap<string, ZoneName>;
export type Scenario = { readonly name: string; readonly tests: readonly SuiteTest[]; readonly zone: Zone };

type RawTest = {
  helo: string;
  host: string;
  mailfrom: string;
  result: string | readonly string[];
  explanation?: string;
};
type RawScenario = {
  description: string;
  tests: Record<string, RawTest>;
  zonedata: Record<string, readonly unknown[]>;
};

export function readSuite(): readonly Scenario[] {
  return parseAllDocuments(readFileSync(SUITE_FILE, 'utf8'))
    .map((document) => document.toJS() as RawScenario | null)
    .filter((raw) => raw !== null)
    .map((raw) => ({
      name: raw.description,
      tests: Object.entries(raw.tests).map(([id, test]) => ({
        id,
        host: test.host,
        helo: test.helo,
        mailfrom: test.mailfrom,
        results: [test.result].flat(),
        // “DEFAULT” means: no explanation of the domain's own.
        explanation: test.explanation === 'DEFAULT' ? null : test.explanation,
      })),
      zone: new Map(
        Object.entries(raw.zonedata).map(([name, entries]) => [plainName(name), readName(name, entries)] as const),
      ),
    }));
}

function readName(name: string, entries: readonly unknown[]): ZoneName {
  const given = entries.filter((entry): entry is Record<string, unknown> => typeof entry === 'object');
  // SPF records stand for TXT records unless the name has TXT of its own, be it only “TXT: NONE”.
  const hasText = given.some((entry) => 'TXT' in entry);
  const records = given.flatMap((entry): readonly ZoneRecord[] => {
    const [type = '', value] = Object.entries(entry)[0] ?? [];
    if (type === 'SPF') return hasText ? [] : [{ type: 'TXT', strings: strings(value) }];
    if (type === 'TXT') return value === 'NONE' ? [] : [{ type, strings: strings(value) }];
    if (type === 'MX')
      return [{ type, preference: (value as [number, string])[0], target: (value as [number, string])[1] }];
    if (type === 'A' || type === 'AAAA' || type === 'PTR' || type === 'CNAME') return [{ type, target: String(value) }];
    throw new Error(`${name} has a record of an unknown kind: ${type}`);
  });
  return { records, timeout: entries.includes('TIMEOUT') };
}

const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [String(value)]);

/** Answers like a resolver that sees only this zone. */
export function answerFrom(zone: Zone): (query: SpfQuery) => SpfAnswer {
  return ({ name, type }) => {
    let at = plainName(name);
    for (let hops = 0; hops < 16; hops += 1) {
      const entry = zone.get(at);
      if (entry === undefined)
        return at.startsWith('error.')
          ? { status: 'failed', trouble: 'timeout' }
          : { status: 'none', noSuchName: true };
      const records = entry.records.filter((record) => record.type === type);
      if (records.length > 0) return { status: 'found', records: texts(records) };
      const alias = entry.records.find((record) => record.type === 'CNAME');
      if (entry.timeout) return { status: 'failed', trouble: 'timeout' };
      if (alias?.type !== 'CNAME') return { status: 'none', noSuchName: false };
      at = plainName(alias.target);
    }
    return { status: 'failed', trouble: 'alias-loop' };
  };
}

function texts(records: readonly ZoneRecord[]): readonly string[] {
  const sorted = [...records].sort((one, other) =>
    one.type === 'MX' && other.type === 'MX' ? one.preference - other.preference : 0,
  );
  return sorted.map((record) => (record.type === 'TXT' ? record.strings.join('') : record.target));
}
