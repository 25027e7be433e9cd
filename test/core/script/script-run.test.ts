/** The script, parsed by an independent parser and run against tenants of all kinds: it does what the plan does, and the second time nothing. */
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeObject } from '../../../core/plan/inbound-connector.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import type { CmdletParameters } from '../../../core/plan/plan.ts';
import type { Profile } from '../../../core/profile.ts';
import { powershellScript } from '../../../core/script/powershell.ts';
import { english } from '../../../core/text.ts';
import { parsePowershell, runPowershell, Thrown, type Parameters } from '../../helpers/powershell.ts';
import { factsOf, ours, perform, profileWith, stored, TENANT } from '../plan/tenant-model.ts';
import { anyAddress, anyProfile, anyTenant } from '../plan/tenant-worlds.ts';

type Ran = {
  readonly connectors: readonly ExchangeObject[];
  /** Changing cmdlets, with whether they were only tried. */
  readonly changes: readonly string[];
  readonly said: string;
};

const plain = (value: unknown): unknown => (Array.isArray(value) ? value.map(plain) : value);

async function run(script: string, there: readonly ExchangeObject[], apply: boolean): Promise<Ran> {
  let connectors = there;
  const changes: string[] = [];
  const said: string[] = [];
  const say = ({ positional }: Parameters): readonly unknown[] => {
    said.push(String((positional as unknown[])[0]));
    return [];
  };
  const change = (cmdlet: string) => (given: Parameters) => {
    const { WhatIf, piped: _, ...parameters } = given;
    changes.push(`${cmdlet} ${WhatIf === true ? 'tried' : 'done'}`);
    if (WhatIf === true) return [];
    const named = Object.entries(parameters).map(([name, value]) => [
      Object.keys(NAMES).find((known) => known.toLowerCase() === name.toLowerCase()) ?? name,
      plain(value),
    ]);
    connectors = perform(connectors, { cmdlet, parameters: Object.fromEntries(named) as CmdletParameters });
    return [];
  };
  try {
    runPowershell(
      await parsePowershell(script),
      { Apply: apply },
      {
        'get-command': () => [{}],
        'get-connectioninformation': () => [{ State: 'Connected' }],
        'connect-exchangeonline': () => [],
        'get-accepteddomain': () => [{ DomainName: 'contoso.com' }, { DomainName: 'contoso.onmicrosoft.com' }],
        'get-inboundconnector': () => connectors,
        'new-inboundconnector': change('New-InboundConnector'),
        'set-inboundconnector': change('Set-InboundConnector'),
        'write-host': say,
        'write-warning': say,
        'format-list': () => [],
      },
    );
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    said.push(error.message);
  }
  return { connectors, changes, said: said.join('\n') };
}

/** Splatted names come in any case, as in PowerShell. */
const NAMES = { ...stored(), Identity: '', Confirm: false };

const write = (profile: Profile, addresses: readonly string[]): string =>
  powershellScript({ profile, addresses, environmentName: 'public' }, english);
const comparable = (connectors: readonly ExchangeObject[]): unknown =>
  factsOf(connectors).connectors?.map(({ object: _, ...rest }) => rest);

describe('the script', () => {
  it('does what the plan does, tries first, and has nothing to do the second time, in 1,000 tenants', async () => {
    const seen = { created: 0, changed: 0, nothing: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        anyTenant,
        anyProfile.filter(({ connector }) => connector.authentication === 'ip' || connector.certificateName !== null),
        fc.uniqueArray(anyAddress, { minLength: 1, maxLength: 3 }),
        async (before, profile, addresses) => {
          const script = write(profile, addresses);
          const plan = makePlan({ profile, addresses, actual: factsOf(before), tenant: TENANT }, english);
          const planned = plan.steps.reduce<readonly ExchangeObject[]>((there, step) => perform(there, step), before);

          const tried = await run(script, before, false);
          expect(tried.connectors).toEqual(before);
          expect(tried.changes.filter((change) => change.endsWith('done'))).toEqual([]);

          const first = await run(script, before, true);
          expect(comparable(first.connectors)).toEqual(comparable(planned));
          expect(first.changes).toEqual(plan.steps.map(({ cmdlet }) => `${cmdlet} done`));

          const second = await run(script, first.connectors, true);
          expect(second.changes).toEqual([]);
          expect(second.connectors).toEqual(first.connectors);

          const isRefused = plan.findings.some(({ severity }) => severity === 'blocker');
          if (isRefused) expect(first.said).toContain('that RelayReady did not make');
          if (isRefused) seen.refused += 1;
          else if (plan.steps.length === 0) seen.nothing += 1;
          else if (plan.steps[0]?.cmdlet.startsWith('New-') === true) seen.created += 1;
          else seen.changed += 1;
        },
      ),
      { numRuns: 1000 },
    );
    console.log(`The script in 1,000 tenants: ${JSON.stringify(seen)}`);
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(20);
  }, 120_000);

  it('changes nothing in an organisation the domain does not belong to', async () => {
    const ran = await run(write(profileWith({ domain: 'fabrikam.com', sender: null }), ['203.0.113.7']), [], true);
    expect(ran.changes).toEqual([]);
    expect(ran.said).toContain(
      'fabrikam.com is not a domain of the organisation you signed in to. Nothing was changed.',
    );
  });

  it('says what it tries, what it does, and that nothing is left to do', async () => {
    const script = write(profileWith({ connector: { name: 'Büro ‘1’' } }), ['203.0.113.7']);
    expect((await run(script, [], false)).said).toContain('This was only a try; nothing was changed.');
    const done = await run(script, [], true);
    expect(done.connectors).toMatchObject([{ Name: 'Büro ‘1’', SenderIPAddresses: ['203.0.113.7'], Enabled: true }]);
    expect((await run(script, done.connectors, true)).said).toContain('is already as wanted. Nothing to do.');
    const off = await run(script, [ours({ Name: 'Büro ‘1’', Enabled: false })], true);
    expect(off.connectors).toMatchObject([{ Enabled: true }]);
  });

  it('is taken by PowerShell itself where there is one', async () => {
    const script = write(profileWith({ connector: { name: "it's ‘1’" } }), ['203.0.113.7']);
    const found = spawnSync('pwsh', ['-NoProfile', '-Version'], { encoding: 'utf8' });
    if (found.error) {
      console.log(
        'PowerShell itself does not read the script: neither npm nor Debian has a package of it. tree-sitter-powershell does.',
      );
      await expect(parsePowershell(script)).resolves.toMatchObject({ type: 'program' });
      return;
    }
    const read = spawnSync(
      'pwsh',
      [
        '-NoProfile',
        '-NonInteractive',
        '-Command',
        '$errors = $null; [void][System.Management.Automation.Language.Parser]::ParseInput($env:SCRIPT, [ref]$null, [ref]$errors); $errors.Count',
      ],
      { env: { ...process.env, SCRIPT: script }, encoding: 'utf8' },
    );
    expect(read.stdout.trim(), read.stderr).toBe('0');
  });

  it('a script that is broken is found out', async () => {
    const script = write(profileWith(), ['203.0.113.7']);
    await expect(parsePowershell(script.replace('$new = @{', '$new = @{ ('))).rejects.toThrow('no PowerShell');
    const without = script.replace('-WhatIf:$tryOnly', '');
    expect((await run(without, [], false)).changes).toEqual(['New-InboundConnector done']);
  });
});
