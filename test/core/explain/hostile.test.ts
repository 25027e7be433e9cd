/** A megabyte of anything is read within two seconds: no pattern takes more than linear time. */
import { describe, expect, it } from 'vitest';
import { explain } from '../../../core/explain/explain.ts';
import { KNOWLEDGE } from '../../../core/explain/knowledge.ts';
import { english } from '../../../core/text.ts';

const MEGABYTE = 1_000_000;
const MOST_MS = 2000;

/** Beginnings of everything the patterns look for, and what they might stumble over. */
const PARTS: readonly string[] = [
  '5.7.',
  '5.7.1 ',
  '1.5.7.1 ',
  '5.7.1.',
  '2.',
  '9',
  '550 ',
  '550-5.7.1\n',
  '250-x\n',
  '250 ok\n',
  '220 ***',
  's:',
  '\u001b[31m',
  '\u001b[',
  '\u001b]',
  '\u009b0',
  '\u0000',
  '=\r\n',
  '=',
  '\\n',
  '\\',
  "\\'",
  '\u200b',
  '<',
  '<a ',
  '<b <',
  '<br>',
  '</',
  '&',
  '&#',
  '&#39;',
  '&#x',
  '&nbsp',
  '>',
  '> > ',
  '| ',
  '"',

  'aadsts',
  'error code ',
  'error code: 16',
  'error_codes : [ ',
  'canon #',
  'kyocera ',
  '0x11',
  '027-77',
  'fehler ',
  'after the ',
  'in reply to ',
  'mail from',
  'rcpt to ',
  'data ',
  'ehlo a ',
  'port ',

  'tenantattribution ',
  'relay access denie',
  'mailbox ',
  'blocked using ',
  'certificate ',
  'a',
  ' ',
  '\n',
  'x\n',
  '(',
  'é',
  '😀',
  '****',
  'aaaaaaaaaaaaaaab',
  '\ud83d',
];

/** Takes part by part, so that one slow pattern shows by name. */
function slowest(texts: readonly (readonly [name: string, text: string])[]): string {
  let most = 0;
  let worst = '';
  for (const [name, text] of texts) {
    const begun = performance.now();
    explain(text, english);
    const took = performance.now() - begun;
    if (took > most) [most, worst] = [took, name];
  }
  console.log(`explain, ${texts.length} texts of 1 MB: at most ${Math.round(most)} ms (${worst})`);
  return most < MOST_MS ? '' : `${worst}: ${Math.round(most)} ms`;
}

const filled = (part: string): string => part.repeat(Math.ceil(MEGABYTE / part.length)).slice(0, MEGABYTE);

describe('a megabyte', () => {
  it('of one part over and over', () => {
    expect(slowest(PARTS.map((part) => [JSON.stringify(part), filled(part)]))).toBe('');
  });
  it('of the knowledge base itself, cut short by one letter', () => {
    const words = KNOWLEDGE.flatMap(({ match }) => match.words ?? []).filter((_, at) => at % 60 === 0);
    expect(slowest(words.map((word) => [word, filled(`${word.slice(0, -1)} `)]))).toBe('');
  });
  it('of a returned scan behind the reply, which is still found', () => {
    const base64 = 'JVBERi0xLjcKJeLjz9MKMSAwIG9iago8PC9UeXBlL0NhdGFsb2cvUGFnZXMgMiAwIFI+\n';
    const bounce = `Remote Server returned '550 5.7.64 TenantAttribution; Relay Access Denied'\n\nContent-Transfer-Encoding: base64\n\n${filled(base64)}`;
    expect(slowest([['bounce', bounce]])).toBe('');
    expect(explain(bounce, english).id).toBe('relay-denied');
  });
});
