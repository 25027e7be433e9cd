/** The script as a whole: ASCII, tries first, says the same as the plan, and has the same shape whatever is typed. */
import { describe, expect, it } from 'vitest';
import { creationParameters, wantedConnector } from '../../../core/plan/wanted-connector.ts';
import { clickPath } from '../../../core/script/click-path.ts';
import { letterToAdministrator } from '../../../core/script/letter.ts';
import { powershellScript } from '../../../core/script/powershell.ts';
import { createTranslate, english } from '../../../core/text.ts';
import { profileWith } from '../plan/tenant-model.ts';
import { foldStrings, stringsOf, tokenize } from '../../helpers/powershell-tokens.ts';

const script = (part: Record<string, unknown> = {}, addresses = ['203.0.113.7'], environmentName = 'public') =>
  powershellScript({ profile: profileWith(part), addresses, environmentName }, english);
const strings = (text: string): readonly string[] => stringsOf(foldStrings(tokenize(text)));

describe('powershellScript', () => {
  it('has lines of pure ASCII with the line ends of Windows', () => {
    expect(script({ connector: { name: 'Büro ‘1’' } })).toMatch(/^([\u0020-\u007e]*\r\n)+$/);
  });

  it('changes nothing without -Apply', () => {
    const text = script();
    expect(text).toContain('param([switch]$Apply)');
    expect(text).toContain('$tryOnly = -not $Apply');
    const changing = text
      .split('\r\n')
      .filter((line) => /\b(New|Set|Remove)-(InboundConnector|\w+Config)\b/.test(line));
    expect(changing).toHaveLength(2);
    for (const line of changing) expect(line).toContain('-WhatIf:$tryOnly');
  });

  it('holds the very parameters of the plan', () => {
    const profile = profileWith({ connector: { name: "Front desk's" } });
    const values = Object.values(creationParameters(wantedConnector(profile, ['203.0.113.7', '198.51.100.9']))).flat();
    const found = strings(script({ connector: { name: "Front desk's" } }, ['203.0.113.7', '198.51.100.9']));
    for (const value of values.filter((entry) => typeof entry === 'string')) expect(found).toContain(value);
  });

  it('signs in where the cloud is', () => {
    expect(script()).not.toContain('ExchangeEnvironmentName');
    expect(strings(script({}, ['203.0.113.7'], 'gcc-high'))).toContain('O365USGovGCCHigh');
    expect(strings(script({}, ['203.0.113.7'], 'dod'))).toContain('O365USGovDoD');
    expect(strings(script({}, ['203.0.113.7'], '21vianet'))).toContain('O365China');
  });

  it('stays ASCII in any language', () => {
    const t = createTranslate('de', { 'Read back': 'Zurücklesen „geprüft“', 'Sign in': 'Anmelden – jetzt' });
    const text = powershellScript({ profile: profileWith(), addresses: ['203.0.113.7'], environmentName: 'public' }, t);
    expect(text).toMatch(/^([\u0020-\u007e]*\r\n)+$/);
    expect(text).toContain('# Zurucklesen');
  });

  it('is not written when nobody could be let in', () => {
    expect(() => script({}, [])).toThrow(expect.objectContaining({ code: 'missing-input', field: '--public-ip' }));
    expect(() => script({}, ["1.2.3.4'; calc"])).toThrow(expect.objectContaining({ code: 'bad-input' }));
    expect(() => script({ connector: { authentication: 'certificate' } })).toThrow(
      expect.objectContaining({ code: 'missing-input', field: 'connector.certificateName' }),
    );
    // An empty name once made a script that found nothing to do.
    expect(() => script({ connector: { authentication: 'certificate', certificateName: ' ' } })).toThrow(
      expect.objectContaining({ code: 'missing-input', field: 'connector.certificateName' }),
    );
  });
});

describe('clickPath', () => {
  it('names what to type, in the order of the admin center', () => {
    const clicks = clickPath(profileWith(), ['203.0.113.7', '198.51.100.9'], english);
    const values = clicks.map(({ value }) => value).filter((value) => value !== null);
    expect(values).toEqual([
      'https://admin.exchange.microsoft.com/#/connectors',
      'RelayReady',
      'RelayReady',
      'Made by RelayReady: lets the scanners of contoso.com send mail.',
      '203.0.113.7',
      '198.51.100.9',
    ]);
    expect(clicks.map(({ text }) => text).join('\n')).toMatch(
      /Connection from[\s\S]*Turn it on[\s\S]*Authenticating sent email[\s\S]*Create connector/,
    );
  });
  it('goes by certificate where one decides', () => {
    const profile = profileWith({
      connector: { authentication: 'certificate', certificateName: 'scanner.contoso.com' },
    });
    expect(clickPath(profile, [], english).map(({ value }) => value)).toContain('scanner.contoso.com');
  });
});

describe('letterToAdministrator', () => {
  it('says what is asked, what it changes, and how to take it back', () => {
    const letter = letterToAdministrator(
      { profile: profileWith(), addresses: ['203.0.113.7'], environmentName: 'public' },
      english,
    );
    for (const part of [
      'contoso.com',
      '203.0.113.7',
      'scanner@contoso.com',
      'Exchange Administrator',
      '-Apply',
      'delete the connector',
    ])
      expect(letter).toContain(part);
  });
});
