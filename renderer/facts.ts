/** What later steps take over from what earlier ones found, read from the public evidence (docs: interfaces, check ids); pure. */
import type { EnvironmentInfo } from '../core/calls/program.ts';
import type { Result } from '../core/contract.ts';
import { CLOUDS } from '../core/environment.ts';
import type { Profile } from '../core/profile.ts';
import { addressesFound, evidenceOf as evidence, relayHostOf, textOf as text } from '../core/report/facts.ts';
import type { Report } from '../core/report/report.ts';
import type { SetUp } from '../core/set-up.ts';

export { addressesFound, relayHostOf };

export const cloudFound = (report: Report | null): string | null => text(evidence(report, 'tenant')['cloud']);

/** The address that is to send: as confirmed, else the only one found. */
export const sendingAddress = (setUp: SetUp): string | null =>
  setUp.profile.publicIps[0] ?? addressesFound(setUp.report)[0] ?? null;

/** What is known of the environment a set-up belongs to. */
export const environmentOf = (wizard: {
  readonly info: Result<'app.info'> | null;
  readonly setUp: SetUp | null;
}): EnvironmentInfo | undefined => wizard.info?.environments.find(({ name }) => name === wizard.setUp?.environment);

/** A profile fit for a call; null while the domain is still missing. The other fields are read strictly before they are kept. */
export const profileOf = (setUp: SetUp): Profile | null => (setUp.profile.domain === '' ? null : setUp.profile);

/** The device is looked at before the domain is known; `.invalid` (RFC 2606 §2) names nobody. */
export const profileForDevice = (setUp: SetUp): Profile =>
  profileOf(setUp) ?? { ...setUp.profile, domain: 'not-known-yet.invalid' };

/** Every host that may be asked about an office in one of the public clouds; null when the environment is another one. */
export function hostsOf(environment: string): readonly string[] | null {
  const cloud = CLOUDS.find((candidate) => candidate.name === environment);
  if (!cloud) return null;
  const services = cloud.publicIp.map((source) => (source.kind === 'https' ? new URL(source.url).host : source.server));
  return [
    ...cloud.relay.hostSuffixes.map((suffix) => `*.${suffix}`),
    ...(cloud.relay.submission ? [cloud.relay.submission.host] : []),
    new URL(cloud.login.authority).host,
    new URL(cloud.exchange.adminApi).host,
    ...services,
    ...cloud.blocklists,
  ];
}

/** What decides whether the office's address can be trusted to send. */
export function lineFacts(report: Report | null): { readonly kind: string | null; readonly open: boolean | null } {
  const { open } = evidence(report, 'port-25');
  const settled = report?.results.some(({ station, status }) => station === 'port-25' && status === 'fail') ?? false;
  return {
    kind: text(evidence(report, 'address-type')['kind']),
    // A blank answer of a check that could not tell must not count as "closed".
    open: open === true ? true : open === false && settled ? false : null,
  };
}
