/** What is known of each station of the path, as it stands there: model, address, host name, connector; pure. */
import type { TestDocument } from '../mail/test-document.ts';
import type { Outcome } from '../plan/plan.ts';
import type { CheckResult, Station } from '../result.ts';
import type { ProfileDraft } from '../set-up.ts';
import type { Translate } from '../text.ts';

/** All that the picture is drawn from. */
export type PathKnowledge = {
  readonly profile: ProfileDraft;
  readonly results: readonly CheckResult[];
  readonly outcome: Outcome | null;
  readonly test: TestDocument | null;
  /** Port of the environment's relay; null when it is not known. */
  readonly port: number | null;
};

export const evidenceIn = (results: readonly CheckResult[], id: string): Readonly<Record<string, unknown>> =>
  results.find((result) => result.id === id)?.evidence ?? {};

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.flatMap((one) => text(one) ?? []) : [];

const domainOf = (address: string | null | undefined): string | null => address?.split('@').at(-1) ?? null;

/** The stored evidence has the shapes that docs/schemas publishes; whatever is missing is left out. */
export function factsOf(station: Station, known: PathKnowledge, t: Translate): readonly string[] {
  const { profile, results, outcome, test, port } = known;
  const evidence = (id: string) => evidenceIn(results, id);
  const found = (...facts: readonly (string | null | undefined)[]): readonly string[] => [
    ...new Set(facts.flatMap((fact) => text(fact) ?? [])),
  ];
  switch (station) {
    case 'device': {
      const device = profile.devices[0];
      return found([device?.brand, device?.model].filter(Boolean).join(' '), device?.address);
    }
    case 'office':
      return [];
    case 'line':
      return found(
        ...(profile.publicIps.length > 0
          ? profile.publicIps
          : [...texts(evidence('seen-ip')['addresses']), text(evidence('public-ip')['address'])]),
      );
    case 'port-25': {
      const host = profile.relayHost ?? text(evidence('relay-host')['host']) ?? test?.host ?? null;
      return found(host, host !== null && port !== null ? t('port {port}', { port: String(port) }) : null);
    }
    case 'microsoft': {
      const connector = text(outcome?.connector?.['Name']) ?? text(evidence('connector')['matching']);
      const domain = evidence('tenant')['inMicrosoft365'] === true ? profile.domain : null;
      return found(connector, domain);
    }
    case 'recipient': {
      const tried = test?.messages.find(({ kind }) => kind === 'external') ?? test?.messages[0];
      return found(domainOf(tried?.to ?? profile.testRecipients.external));
    }
  }
}

/** Short facts stay whole; a long host name may break after a dot or an @, nowhere else. */
export const piecesOf = (fact: string): readonly string[] => (fact.length <= 18 ? [fact] : fact.split(/(?<=[.@])/));
