/** Facts of an office read from the public evidence of its report (docs: interfaces, check ids); pure. */
import type { SetUp } from '../set-up.ts';
import type { Report } from './report.ts';

export const evidenceOf = (report: Report | null, id: string): Readonly<Record<string, unknown>> =>
  report?.results.find((result) => result.id === id)?.evidence ?? {};

export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

/** The office's public addresses as Exchange sees them, then as other services do; several mean that a person has to choose. */
export function addressesFound(report: Report | null): readonly string[] {
  const voted = textOf(evidenceOf(report, 'public-ip')['address']);
  const seen = texts(evidenceOf(report, 'seen-ip')['addresses']);
  return [...new Set([...seen, ...(voted === null ? [] : [voted])])];
}

/** The office's addresses: as entered, else as found. */
export const addressesOf = ({ profile, report }: Pick<SetUp, 'profile' | 'report'>): readonly string[] =>
  profile.publicIps.length > 0 ? profile.publicIps : addressesFound(report);

/** Microsoft's host name for the domain, as entered or found. */
export const relayHostOf = (setUp: Pick<SetUp, 'profile' | 'report'>): string | null =>
  setUp.profile.relayHost ?? textOf(evidenceOf(setUp.report, 'relay-host')['host']);

/** The SPF record as it was found, and the one to publish; null when nobody looked. */
export function recordOf({ spf, report }: Pick<SetUp, 'spf' | 'report'>): {
  readonly domain: string;
  readonly before: string | null;
  readonly after: string | null;
} | null {
  if (spf) return { domain: spf.domain, before: spf.records.join('\n') || null, after: spf.proposed };
  const evidence = evidenceOf(report, 'spf');
  const domain = textOf(evidence['domain']);
  return domain === null
    ? null
    : { domain, before: texts(evidence['records']).join('\n') || null, after: textOf(evidence['proposed']) };
}

/** A simulated world leaves its mark on all that is made in it. */
export const isPractice = (setUp: SetUp | null): boolean =>
  setUp?.report?.practice === true || setUp?.environment === 'practice';
