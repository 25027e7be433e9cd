/** What has to be true of a tenant after every apply, whatever broke; the tests of applying all ask it. */
import { expect } from 'vitest';
import type { ExchangeObject } from '../../../core/plan/inbound-connector.ts';

/** Never sent, whatever the plan (Microsoft, New-InboundConnector). */
const FORBIDDEN =
  /RestrictDomainsTo|TreatMessagesAsInternal|CloudServicesMailEnabled|EFSkip|ConnectorSource|ClientHostNames|ScanAndDrop|TrustedOrganizations/;

export const isOurs = ({ Name }: ExchangeObject): boolean => String(Name).toLowerCase() === 'relayready';

export type Scene = {
  /** Connectors before, with what others did to theirs meanwhile. */
  readonly before: readonly ExchangeObject[];
  readonly after: readonly ExchangeObject[];
  readonly calls: readonly { readonly cmdlet: string; readonly parameters: Readonly<Record<string, unknown>> }[];
  /** Addresses that have to be let in at the end; none after undoing. */
  readonly addresses: readonly string[];
  /** Commands a new plan would still have. */
  readonly stepsLeft: readonly object[];
};

export function expectSound({ before, after, calls, addresses, stepsLeft }: Scene): void {
  const theirs = (all: readonly ExchangeObject[]) => all.filter((one) => !isOurs(one));
  expect(theirs(after), 'connectors of others are as they were').toEqual(theirs(before));
  expect(after.filter(isOurs).length, 'at most one connector of the name').toBeLessThanOrEqual(1);
  const writes = calls.filter(({ cmdlet }) => !/^(Get-|EXOModuleFile|$)/.test(cmdlet));
  for (const { parameters } of writes) {
    expect(String(parameters['Identity'] ?? parameters['Name']).toLowerCase(), 'only our own is written').toBe(
      'relayready',
    );
    expect(Object.keys(parameters).join(), 'nothing forbidden is sent').not.toMatch(FORBIDDEN);
  }
  if (addresses.length === 0) return;
  expect(stepsLeft, 'planning again leaves nothing to do').toEqual([]);
  const [mine] = after.filter(isOurs);
  expect(mine).toMatchObject({ Enabled: true, ConnectorType: 'OnPremises', RequireTls: false });
  const kept = before.filter(isOurs).flatMap((one) => one['SenderIPAddresses'] as string[]);
  expect(mine?.['SenderIPAddresses'], 'addresses are added, none is lost').toEqual(
    expect.arrayContaining([...kept, ...addresses]),
  );
}
