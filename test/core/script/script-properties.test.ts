/** More than 100 000 hostile texts in every field that reaches the script: none leaves its quotes, whatever reads the file. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMENT_MARKER } from '../../../core/plan/wanted-connector.ts';
import type { Profile } from '../../../core/profile.ts';
import { powershellScript } from '../../../core/script/powershell.ts';
import { english, type Text, type TextValues, type Translate } from '../../../core/text.ts';
import { foldStrings, shapeOf, stringsOf, tokenize } from '../../helpers/powershell-tokens.ts';
import { randomOf, type Random } from '../../helpers/random.ts';
import { profileWith } from '../plan/tenant-model.ts';

const SEED = Number(process.env['SEED'] ?? 20_26);
const SCRIPTS = 8400;

const QUOTES = [
  "'",
  '\u2018',
  '\u2019',
  '\u201a',
  '\u201b',
  '"',
  '\u201c',
  '\u201d',
  '\u201e',
  '`',
  "''",
  '\u2019\u2018',
];
const DASHES = ['-', '\u2013', '\u2014', '\u2015', '--%', '\u2013Apply', '-WhatIf:$false'];
const SYNTAX = [
  '$',
  '$(',
  '${',
  '@(',
  '@{',
  "@'\r\n",
  "\r\n'@",
  '#',
  '<#',
  '#>',
  ';',
  '|',
  '&',
  '(',
  ')',
  '{',
  '}',
  '%',
];
const ENDS = ['\n', '\r\n', '\r', '\0', '\t', '\u001b[2J', '\u0085', '\u2028', '\u2029', '\u000b', '\u000c', '\u001a'];
/** Their UTF-8 or UTF-16 bytes hold a quote of some code page: 0x91–0x94 of cp1252, 0x27, 0x22. */
const HAZARDS = [
  '\u00d1',
  '\u0451',
  '\u0410',
  '\u2122',
  '\u0391',
  '\u00a0',
  '\u3000',
  '\u0127',
  '\u2722',
  '\u2227',
  '\ufeff',
];
const SURROGATES = ['\ud83d\ude00', '\ud83d', '\ude00', '\u202e', '\u200b', '\ufffe', '\uffff'];
const ATTACKS = [
  "'; Remove-InboundConnector * #",
  "' + (calc) + '",
  "') + (",
  '[char]0x27',
  '{name}',
  '{domain}',
  "'}'",
  '$env:x',
];
const PLAIN = ['Scanner', 'B\u00fcro', ' ', 'x', '7', '.'];
const POOLS = [QUOTES, QUOTES, QUOTES, DASHES, SYNTAX, ENDS, HAZARDS, HAZARDS, SURROGATES, ATTACKS, PLAIN, PLAIN];

function hostile(random: Random): string {
  const length = random.chance(0.001) ? 5000 : random.below(14);
  let text = '';
  for (let at = 0; at < length; at += 1)
    text += random.chance(0.1) ? String.fromCharCode(random.below(0x1_0000)) : random.pick(random.pick(POOLS));
  return text;
}

/** Controls and line ends have no place in a value; runs of them become one space. */
const cleaned = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
/** Sentences to read show straight quotes. */
const straight = (text: string): string =>
  cleaned(text.replaceAll(/[\u201c\u201d]/g, '"').replaceAll(/[\u2018\u2019]/g, "'"));

type Typed = {
  readonly name: string;
  readonly domain: string;
  readonly sender: string;
  readonly certificate: string | null;
};

/** Past the profile's own checks on purpose: the script must hold by itself. */
const profileOf = ({ name, domain, sender, certificate }: Typed): Profile => ({
  ...profileWith(),
  domain,
  sender: `scanner@${sender}`,
  connector: {
    name,
    authentication: certificate === null ? 'ip' : 'certificate',
    certificateName: certificate,
    requireTls: false,
  },
});
const scriptOf = (typed: Typed, t: Translate = english, environmentName = 'public'): string =>
  powershellScript({ profile: profileOf(typed), addresses: ['203.0.113.7', '198.51.100.9'], environmentName }, t);
const read = (script: string) => foldStrings(tokenize(script));

const translateBy = (by: (message: string, values: TextValues) => string): Translate =>
  Object.assign(
    (text: string | Text, values: TextValues = {}): string =>
      typeof text === 'string' ? by(text, values) : by(text.message, text.values ?? {}),
    { language: 'en' },
  );

const HARMLESS = { name: 'RelayReady', domain: 'contoso.com', sender: 'contoso.com' };
/** Every value has its own mark, so that its place among the literals is known; sentences have one, too. */
const MARKED = { name: 'NAME', domain: 'DOMAIN', sender: 'SENDER' };
const known = (certificate: boolean) => {
  const harmless = read(scriptOf({ ...HARMLESS, certificate: certificate ? 'scanner.contoso.com' : null }));
  const say = translateBy((message, values) => `SAY ${english(message, values)}`);
  const marked = read(scriptOf({ ...MARKED, certificate: certificate ? 'CERTIFICATE' : null }, say));
  return { shape: shapeOf(harmless), bareShape: shapeOf(harmless, false), strings: stringsOf(marked) };
};
const KNOWN = { ip: known(false), certificate: known(true) };
const COMMENTS = new Set(
  read(scriptOf({ ...HARMLESS, certificate: null })).map(({ kind, text }) => kind === 'comment' && text),
);

/** The literals in their order, with what was typed, or said, in the places of the harmless values. */
function expectedStrings(kind: 'ip' | 'certificate', typed: Typed, said: readonly string[] | null): readonly string[] {
  const name = typed.name.trim();
  const places: Record<string, string> = { NAME: name, SENDER: typed.sender, CERTIFICATE: typed.certificate ?? '' };
  const sentences = said?.values();
  return KNOWN[kind].strings.map((text) => {
    const value = places[text];
    if (value !== undefined) return cleaned(value);
    if (text.startsWith(COMMENT_MARKER)) return cleaned(text.replace('DOMAIN', () => typed.domain));
    if (!text.startsWith('SAY ')) return text;
    if (sentences) return straight(sentences.next().value ?? '');
    return straight(
      text
        .slice(4)
        .replace('NAME', () => name)
        .replace('SENDER', () => typed.sender),
    );
  });
}

describe(`the script, with hostile texts in every field (SEED=${SEED})`, () => {
  it('keeps each of more than 100 000 inside one literal, read as UTF-8 or in an old code page', () => {
    const random = randomOf(SEED);
    const codePages = ['windows-1252', 'windows-1251', 'gbk', 'big5', 'euc-kr'].map((name) => new TextDecoder(name));
    let planted = 0;
    for (let count = 0; count < SCRIPTS; count += 1) {
      const certificate = random.chance(0.9) ? `${hostile(random)}c` : null;
      const kind = certificate === null ? 'ip' : 'certificate';
      const typed: Typed = { name: hostile(random), domain: hostile(random), sender: hostile(random), certificate };
      // The domain of an address is what follows its last “@”.
      const told = { ...typed, sender: typed.sender.slice(typed.sender.lastIndexOf('@') + 1) };
      // Every second time the language has gone wrong, too: each of its sentences is hostile.
      const ownWords = count % 2 === 0;
      const said: string[] = [];
      const wrong = translateBy((message, values) => {
        const text = `${hostile(random)}${Object.values(values).join(' ')}${hostile(random)}`;
        if (!COMMENTS.has(`# ${message}`)) said.push(text);
        planted += 1;
        return text;
      });
      const script = scriptOf(typed, ownWords ? english : wrong);
      planted += certificate === null ? 3 : 4;
      const where = `SEED=${SEED}, script ${count}: ${JSON.stringify(typed)}`;
      if (!/^(?:[\x20-\x7e]*\r\n)+$/.test(script)) expect.unreachable(`not ASCII; ${where}`);
      const bytes = Buffer.from(script, 'utf8');
      for (const page of codePages) if (page.decode(bytes) !== script) expect.unreachable(`${page.encoding}; ${where}`);
      const tokens = read(script);
      const shape = shapeOf(tokens, ownWords);
      const same = ownWords ? KNOWN[kind].shape : KNOWN[kind].bareShape;
      if (shape !== same) expect(shape, where).toBe(same);
      const found = stringsOf(tokens);
      const wanted = expectedStrings(kind, told, ownWords ? null : said);
      if (found.join('\0') !== wanted.join('\0')) expect(found, where).toEqual(wanted);
    }
    expect(planted).toBeGreaterThanOrEqual(100_000);
    console.log(`${planted} hostile texts in ${SCRIPTS} scripts`);
  }, 120_000);

  it('holds no address that is none: the script is refused instead', () => {
    const random = randomOf(SEED);
    for (let count = 0; count < 2000; count += 1) {
      const address = random.chance(0.5) ? hostile(random) : `203.0.113.7${hostile(random)}`;
      const make = () =>
        powershellScript({ profile: profileWith(), addresses: [address], environmentName: 'public' }, english);
      if (/^\s*203\.0\.113\.\d{1,3}\s*$/.test(address)) continue;
      expect(make, JSON.stringify(address)).toThrow(expect.objectContaining({ code: 'bad-input', field: 'publicIps' }));
    }
  });

  it.each([
    ['quotes left as they are', (text: string) => `'${text}'`],
    ['the straight quote doubled only', (text: string) => `'${text.replaceAll("'", "''")}'`],
    ['double quotes', (text: string) => `"${text}"`],
    ['a here-string', (text: string) => `@'\r\n${text}\r\n'@`],
  ])('would notice %s', (_, quote) => {
    const random = randomOf(SEED);
    const noticed = (text: string): boolean => {
      try {
        const tokens = tokenize(`$a = ${quote(text)}\r\n$b = 1\r\n`);
        return shapeOf(tokens) !== shapeOf(tokenize("$a = 'x'\r\n$b = 1\r\n")) || stringsOf(tokens)[0] !== text;
      } catch {
        return true;
      }
    };
    const texts = Array.from({ length: 300 }, () => hostile(random));
    expect(texts.filter(noticed).length).toBeGreaterThan(3);
    expect(noticed('harmless')).toBe(quote('x').startsWith('"'));
  });

  it('is parsed by PowerShell itself where there is one', () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'relayready-script-'));
    try {
      execFileSync('pwsh', ['-NoProfile', '-NonInteractive', '-Command', '$PSVersionTable.PSVersion.Major'], {
        stdio: 'pipe',
      });
    } catch {
      console.log(
        'No PowerShell from npm or Debian packages: only our own reading of its scanner looked at the script.',
      );
      rmSync(directory, { recursive: true });
      return;
    }
    const random = randomOf(SEED);
    const files = Array.from({ length: 50 }, (_, at) => {
      const file = path.join(directory, `${at}.ps1`);
      const certificate = at % 2 === 0 ? null : `${hostile(random)}c`;
      writeFileSync(
        file,
        scriptOf({ name: hostile(random), domain: hostile(random), sender: hostile(random), certificate }),
      );
      return file;
    });
    const command = `$all = 0; foreach ($f in '${files.join("','")}') { $t = $null; $e = $null; [void][System.Management.Automation.Language.Parser]::ParseFile($f, [ref]$t, [ref]$e); $all += $e.Count }; $all`;
    const found = execFileSync('pwsh', ['-NoProfile', '-NonInteractive', '-Command', command], { encoding: 'utf8' });
    rmSync(directory, { recursive: true });
    expect(found.trim()).toBe('0');
  }, 120_000);
});
