/** Runs the script, by a small PowerShell of our own, against the cmdlets of the practice tenant, beside the plan. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeObject } from '../../../core/plan/inbound-connector.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import type { Profile } from '../../../core/profile.ts';
import { powershellScript } from '../../../core/script/powershell.ts';
import { english } from '../../../core/text.ts';
import { CONNECTOR_CMDLETS } from '../../../electron/practice/connector-cmdlets.ts';
import { Refusal } from '../../../electron/practice/cmdlet.ts';
import { defineScenario } from '../../../electron/practice/scenario.ts';
import { createTenant } from '../../../electron/practice/tenant.ts';
import { runPowershell, Thrown } from '../../helpers/powershell-run.ts';
import { factsOf, ours, profileWith, stored, TENANT } from '../plan/tenant-model.ts';

type World = { connectors: readonly ExchangeObject[]; readonly allowed?: 'yes' | 'made-switched-off' | 'refused' };
type Run = {
  readonly after: readonly ExchangeObject[];
  /** Cmdlets that could change something, tried or done. */
  readonly writes: readonly { readonly cmdlet: string; readonly whatIf: boolean }[];
  readonly said: readonly string[];
  readonly thrown: string | null;
};

function practice({ connectors, allowed = 'yes' }: World) {
  const title = { message: '' };
  const tenant = createTenant(
    defineScenario({ title, story: title, tenant: { connectors, connectorsAllowed: allowed } }),
  );
  const perform = (cmdlet: string, parameters: Record<string, unknown>): readonly unknown[] =>
    CONNECTOR_CMDLETS[cmdlet]?.run(tenant, parameters).value ?? expect.unreachable(cmdlet);
  return { tenant, perform };
}

function run(world: World, profile: Profile, addresses: readonly string[], options: Record<string, unknown>): Run {
  const { tenant, perform } = practice(world);
  const writes: { cmdlet: string; whatIf: boolean }[] = [];
  const said: string[] = [];
  const change =
    (cmdlet: string) =>
    ({ WhatIf: whatIf, ...parameters }: Readonly<Record<string, unknown>>): readonly unknown[] => {
      writes.push({ cmdlet, whatIf: whatIf === true });
      return whatIf === true ? [] : perform(cmdlet, parameters);
    };
  const say = (_: unknown, values: readonly unknown[]): readonly unknown[] => {
    said.push(values.join(' '));
    return [];
  };
  let thrown: string | null = null;
  try {
    runPowershell(
      powershellScript({ profile, addresses, environmentName: 'public' }, english),
      {
        'Get-Command': () => [{ Name: 'Connect-ExchangeOnline' }],
        'Get-ConnectionInformation': () => [{ State: 'Connected' }],
        'Get-AcceptedDomain': () => ['contoso.com', 'contoso.onmicrosoft.com'].map((DomainName) => ({ DomainName })),
        'Get-InboundConnector': (parameters) => perform('Get-InboundConnector', parameters),
        'New-InboundConnector': change('New-InboundConnector'),
        'Set-InboundConnector': change('Set-InboundConnector'),
        'Write-Host': say,
        'Write-Warning': say,
        'Format-List': () => [],
      },
      options,
    );
  } catch (error) {
    if (!(error instanceof Thrown || error instanceof Refusal)) throw error;
    thrown = error.message;
  }
  return { after: tenant.connectors, writes, said, thrown };
}

const apply = (world: World, profile: Profile, addresses: readonly string[]): Run =>
  run(world, profile, addresses, { Apply: true });
const look = (world: World, profile: Profile, addresses: readonly string[]): Run => run(world, profile, addresses, {});

const address = fc.constantFrom('203.0.113.7', '203.0.113.200', '198.51.100.9');
const kept = fc.constantFrom('203.0.113.7', '203.0.113.0/24', '203.0.113.200/32', '198.51.100.9', '198.51.100.0/30');
const connector = fc
  .record({
    Name: fc.constantFrom('RelayReady', 'relayready', 'Copier', 'Gateway', 'Hybrid'),
    mine: fc.boolean(),
    Enabled: fc.boolean(),
    ConnectorType: fc.constantFrom('OnPremises', 'OnPremises', 'Partner'),
    SenderDomains: fc.constantFrom(['smtp:*;1'], ['smtp:contoso.com;1'], ['smtp:*.fabrikam.com;1']),
    SenderIPAddresses: fc.uniqueArray(kept, { maxLength: 3 }),
    RequireTls: fc.boolean(),
    TlsSenderCertificateName: fc.constantFrom(null, null, '', '*.contoso.com', 'mail.fabrikam.com'),
    AssociatedAcceptedDomains: fc.constantFrom([], [], ['contoso.com'], ['fabrikam.com']),
  })
  .map(({ mine, ...part }): ExchangeObject => (mine ? ours(part) : stored(part)));
const tenants = fc.uniqueArray(connector, { maxLength: 4, selector: ({ Name }) => String(Name).toLowerCase() });
const profiles = fc
  .record({
    authentication: fc.constantFrom('ip', 'ip', 'certificate'),
    certificateName: fc.constantFrom('scanner.contoso.com', '*.contoso.com'),
    requireTls: fc.boolean(),
  })
  .map((choice) => profileWith({ connector: { name: 'RelayReady', ...choice } }));

const comparable = (connectors: readonly ExchangeObject[]) =>
  factsOf(connectors).connectors?.map(({ object: _, id: __, ...rest }) => rest);

describe('the script, run against a tenant', () => {
  it('changes nothing without -Apply, changes once with it, and the second time nothing', () => {
    let changed = 0;
    fc.assert(
      fc.property(tenants, profiles, fc.uniqueArray(address, { minLength: 1, maxLength: 3 }), (before, wish, ips) => {
        const tried = look({ connectors: before }, wish, ips);
        expect(tried.after).toEqual(before);
        expect(tried.writes.every(({ whatIf }) => whatIf)).toBe(true);
        const first = apply({ connectors: before }, wish, ips);
        expect(first.thrown).toBe(tried.thrown);
        expect(first.writes.map(({ cmdlet }) => cmdlet)).toEqual(tried.writes.map(({ cmdlet }) => cmdlet));
        const second = apply({ connectors: first.after }, wish, ips);
        expect(second.writes).toEqual([]);
        expect(second.after).toEqual(first.after);
        const foreign = (there: readonly ExchangeObject[]) =>
          there.filter(({ Name }) => String(Name).toLowerCase() !== 'relayready');
        expect(foreign(first.after)).toEqual(foreign(before));
        changed += first.writes.length;
      }),
      { numRuns: 600 },
    );
    // Guards against tenants in which there is never anything to do.
    expect(changed).toBeGreaterThan(150);
  });

  it('leaves the same tenant behind as the plan', () => {
    fc.assert(
      fc.property(tenants, profiles, fc.uniqueArray(address, { minLength: 1, maxLength: 3 }), (before, wish, ips) => {
        const { tenant, perform } = practice({ connectors: before });
        const plan = () =>
          makePlan({ profile: wish, addresses: ips, actual: factsOf(tenant.connectors), tenant: TENANT }, english);
        for (const { cmdlet, parameters } of plan().steps) perform(cmdlet, { ...parameters });
        const script = apply({ connectors: before }, wish, ips);
        expect(comparable(script.after)).toEqual(comparable(tenant.connectors));
      }),
      { numRuns: 1000 },
    );
  });

  it('says in each case what it does, and in which words it stops', () => {
    const wish = profileWith();
    const ips = ['203.0.113.7'];
    expect(look({ connectors: [] }, wish, ips).said).toEqual([
      'Creating the connector "RelayReady".',
      'This was only a try; nothing was changed. Run it again with -Apply to do it.',
    ]);
    expect(apply({ connectors: [ours()] }, wish, ips).said).toEqual([
      'The connector "RelayReady" is already as wanted. Nothing to do.',
    ]);
    expect(apply({ connectors: [stored({ Name: 'Copier' })] }, wish, ips).said).toEqual([
      'Another connector already lets this office send. Nothing to do.',
    ]);
    expect(apply({ connectors: [ours({ SenderIPAddresses: ['198.51.100.9'] })] }, wish, ips)).toMatchObject({
      said: ['Changing the connector "RelayReady"; addresses already in it stay.'],
      after: [{ SenderIPAddresses: ['198.51.100.9', '203.0.113.7'] }],
    });
    expect(apply({ connectors: [stored({ RequireTls: true })] }, wish, ips)).toMatchObject({
      thrown:
        'There is already a connector called "RelayReady" that RelayReady did not make. It was left as it is; choose another name.',
      writes: [],
    });
    expect(apply({ connectors: [], allowed: 'made-switched-off' }, wish, ips)).toMatchObject({
      said: [
        'Creating the connector "RelayReady".',
        'Microsoft keeps the connector switched off, as it usually does in new organisations. Ask Microsoft support to enable it.',
      ],
      after: [{ Enabled: false }],
    });
    expect(apply({ connectors: [], allowed: 'refused' }, wish, ips)).toMatchObject({ after: [] });
    const elsewhere = profileWith({ domain: 'fabrikam.com', sender: 'scanner@fabrikam.com' });
    expect(apply({ connectors: [] }, elsewhere, ips)).toMatchObject({
      thrown: 'fabrikam.com is not a domain of the organisation you signed in to. Nothing was changed.',
      writes: [],
    });
  });

  it('takes names with every quote through to the tenant as they were typed', () => {
    for (const name of [
      "Front desk's",
      'B\u00fcro \u20181\u2019',
      '\u201eZ\u201c `$(x)`',
      "';calc;'",
      '\u{1f5a8} #1',
    ]) {
      const wish = profileWith({ connector: { name } });
      const first = apply({ connectors: [] }, wish, ['203.0.113.7']);
      expect(first.after.map(({ Name }) => Name)).toEqual([name]);
      expect(apply({ connectors: first.after }, wish, ['203.0.113.7']).writes).toEqual([]);
    }
  });
});
