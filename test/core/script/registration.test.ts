/** The script and the clicks that register an application id: parsed by an independent parser, run twice, the same values in both. */
import { describe, expect, it } from 'vitest';
import { registrationClicks, registrationScript } from '../../../core/script/registration.ts';
import { english } from '../../../core/text.ts';
import { parsePowershell, runPowershell, type Parameters } from '../../helpers/powershell.ts';

type Application = { readonly DisplayName: unknown; readonly AppId: string; readonly SignInAudience: unknown };

async function run(script: string, there: Application[], many = false): Promise<readonly string[]> {
  const said: string[] = [];
  const asText = ({ positional }: Parameters): string => String((positional as unknown[])[0]);
  runPowershell(
    await parsePowershell(script),
    { ManyOrganisations: many },
    {
      'connect-mggraph': () => [],
      'get-mgapplication': () => there,
      'new-mgapplication': ({ displayname, signinaudience, publicclient, requiredresourceaccess }) => {
        expect((publicclient as Map<string, unknown>).get('redirecturis')).toEqual(['http://localhost']);
        const [resource] = requiredresourceaccess as Map<string, unknown>[];
        expect(resource?.get('resourceappid')).toBe('00000002-0000-0ff1-ce00-000000000000');
        const made = { DisplayName: displayname, AppId: `id-${there.length}`, SignInAudience: signinaudience };
        there.push(made);
        return [made];
      },
      'write-host': (given) => {
        said.push(asText(given));
        return [];
      },
    },
  );
  return said;
}

describe('registering an application id', () => {
  it('makes one, says its id, and the second time says the same id', async () => {
    const there: Application[] = [];
    const script = registrationScript('public', english);
    expect(script).toMatch(/^([\u0020-\u007e]*\r\n)+$/);
    expect((await run(script, there)).at(-1)).toBe('id-0');
    expect((await run(script, there)).at(-1)).toBe('id-0');
    expect(there).toMatchObject([{ DisplayName: 'RelayReady', SignInAudience: 'AzureADMyOrg' }]);
  });
  it('is for many organisations only when asked', async () => {
    const there: Application[] = [];
    await run(registrationScript('public', english), there, true);
    expect(there).toMatchObject([{ SignInAudience: 'AzureADMultipleOrgs' }]);
  });
  it.each([
    ['gcc-high', 'USGov', 'https://entra.microsoft.us'],
    ['dod', 'USGovDoD', 'https://entra.microsoft.us'],
    ['21vianet', 'China', 'https://entra.microsoftonline.cn'],
  ])('goes to the right cloud: %s', (name, graph, entra) => {
    expect(registrationScript(name, english)).toContain(`-Environment '${graph}'`);
    expect(registrationClicks(name, english)[0]?.value).toBe(entra);
  });
  it('names what to type', () => {
    const values = registrationClicks('public', english).map(({ value }) => value);
    expect(values).toEqual(expect.arrayContaining(['RelayReady', 'http://localhost', 'Exchange.Manage']));
  });
});
