/** The knowledge base explains its own examples, real-looking replies, and at least the class of everything else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain, explainReply } from '../../../core/explain/explain.ts';
import { Explanation } from '../../../core/explain/explanation.ts';
import { KNOWLEDGE } from '../../../core/explain/knowledge.ts';
import { english } from '../../../core/text.ts';
import { OTHER_WORDINGS } from './other-wordings.ts';
import { MORE_REPLIES, SIGN_IN_NUMBERS } from './more-replies.ts';
import { REPLIES } from './replies.ts';

const TABLE = [...REPLIES, ...MORE_REPLIES];

describe('the knowledge base', () => {
  it.each(KNOWLEDGE.map((entry) => [entry.id, entry.example]))('%s explains its own example', (id, example) => {
    expect(explain(example, english)).toMatchObject({ id });
  });
  it('has 120 entries and more, each once, each with a way on', () => {
    expect(KNOWLEDGE.length).toBeGreaterThanOrEqual(120);
    expect(new Set(KNOWLEDGE.map(({ id }) => id)).size).toBe(KNOWLEDGE.length);
    for (const { id, fix } of KNOWLEDGE) expect(fix.length, id).toBeGreaterThan(0);
  });
  it('never advises to weaken a tenant', () => {
    for (const { id, fix } of KNOWLEDGE)
      for (const text of fix) {
        const said = english(text);
        expect(said, id).not.toMatch(/turn off|disable|whitelist|allow.?list|bypass|app password|exclude/i);
        // Only the scanner's own sign-in and IPv6 are ever switched off.
        if (/switch\w* .{0,20}off/i.test(said)) expect(said, id).toMatch(/authentication off|IPv6 off/);
        expect(said, id).not.toMatch(/security defaults|multi-factor|two-step .* off|spam filter/i);
      }
  });
  it('writes what an office manager can read', () => {
    for (const { id, title, cause, fix, match } of KNOWLEDGE) {
      expect(english(title).length, id).toBeLessThanOrEqual(80);
      for (const text of [title, cause, ...fix]) expect(english(text), id).toMatch(/^[A-Z“a-z].*[.)]$/);
      for (const word of match.words ?? []) expect(word, id).toBe(word.toLowerCase());
    }
  });
  it('takes every sign-in number once', () => {
    const numbers = KNOWLEDGE.flatMap(({ match }) => match.signIn ?? []);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe('texts as people paste them', () => {
  it.each(TABLE)('%s', (text, id, who, retry) => {
    expect(explain(text, english)).toMatchObject({ id, who, retry });
    expect(explain(text.toUpperCase(), english).id).toBe(id);
    const letter = `Sehr geehrte Damen und Herren,\n\n${text.replaceAll(' ', '\n ')}\n\nMit freundlichen Grüßen`;
    expect(explain(letter, english).id).toBe(id);
  });
  it.each(OTHER_WORDINGS)('%s', (text, id) => {
    expect(explain(text, english).id).toBe(id);
  });
  it.each(SIGN_IN_NUMBERS)('AADSTS%i', (number) => {
    expect(explain(`AADSTS${number}: Trace ID: 0 Correlation ID: 0`, english).id).not.toBeNull();
  });
  it('a device’s sign-in that is refused: switch it off, for the relay asks for none', () => {
    for (const text of [
      '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.',
      '535 5.7.3 Authentication unsuccessful',
      '504 5.7.4 Unrecognized authentication type',
    ]) {
      const { id, fix } = explain(text, english);
      expect(id, text).not.toBeNull();
      expect(fix.join(' '), text).toMatch(/Switch authentication off/);
    }
  });
  it('finds the reply in a whole bounce', () => {
    for (const [text, id] of TABLE.filter(([reply]) => /^\d{3} [45]\./.test(reply)))
      expect(explain(bounce(text), english).id, text).toBe(id);
  });
  it('explains a reply as it explains the same text', () => {
    for (const [text, id] of TABLE) {
      const [, code, enhanced, said] = /^([45]\d\d) ([45]\.\d+\.\d+) ([^\n]*)$/.exec(text) ?? [];
      if (!code) continue;
      const reply = { code: Number(code), enhanced: enhanced ?? null, text: said ?? '' };
      expect(explainReply(reply, 'rcpt', english).id, text).toBe(id);
    }
  });
});

/** What Microsoft 365 sends back: prose, the reply, and the headers of the original message. */
const bounce = (reply: string): string => `Delivery has failed to these recipients or groups:

anna@fabrikam.com
Your message wasn't delivered. ${'Try to send it again or ask your email admin. '.repeat(8)}

Diagnostic information for administrators:
Generating server: AM0PR0001.eurprd01.prod.outlook.com
anna@fabrikam.com
Remote Server returned '${reply}'

Original message headers:
${'ARC-Seal: i=1; a=rsa-sha256; s=arcselector10001; d=microsoft.com; cv=none; b=Zm9v\n'.repeat(8)}
Authentication-Results: mx.contoso.com; spf=pass; dkim=none (message not signed); dmarc=pass action=none
X-MS-Exchange-AntiSpam-MessageData: port 25, 587; version=TLS1_2
Received: from SCANNER (203.0.113.7) by AM0PEPF0001.mail.protection.outlook.com (10.167.16.1) id 15.20.9000.1
`;

describe('what is not known', () => {
  it.each([
    ['550 5.9.99 Something new', 'after-fix', 'microsoft-admin'],
    ['450 4.9.99 Something new', 'later', 'nobody'],
    ['250 2.0.0 OK', 'no', 'nobody'],
    ['AADSTS99999999: never heard', 'later', 'microsoft-admin'],
    ['hello', 'after-fix', 'you'],
    ['', 'after-fix', 'you'],
  ])('%j still gets a next step', (text, retry, who) => {
    const explanation = explain(text, english);
    expect(explanation).toMatchObject({ id: null, retry, who, source: null });
    expect(Explanation.parse(explanation)).toEqual(explanation);
    expect(explanation.fix.length).toBeGreaterThan(0);
  });
  it.each(['connect', 'greeting', 'ehlo', 'starttls', 'mail', 'rcpt', 'data', 'message'] as const)(
    'says at which stage it happened: %s',
    (phase) => {
      const explanation = explainReply({ code: 550, enhanced: null, text: 'No' }, phase, english);
      expect(explanation).toMatchObject({ id: null, retry: 'after-fix' });
      expect(explanation.cause).toMatch(/^It happened/);
    },
  );
  it.each([
    ['what a server accepted before does not hide the refusal', '250 2.1.0 Sender OK\n550 5.9.99 No', 'after-fix'],
    ['a port is no code', 'port 587 is closed, so is port 465', 'after-fix'],
  ])('%s', (_, text, retry) => {
    expect(explain(text, english)).toMatchObject({ id: null, retry });
  });
  it.each([
    [
      'postfix',
      '(host mx.fabrikam.com said: 550 5.9.99 No thanks (in reply to RCPT TO command))',
      'recipient was named',
    ],
    ['exim', 'SMTP error from remote mail server after end of data: 553 No thanks', 'after the message'],
    [
      'a conversation',
      'EHLO scanner\n250 OK\nMAIL FROM:<scanner@contoso.com>\n550 No thanks\nQUIT\n221 Bye',
      'sender was named',
    ],
    ['a greeting', 'SMTP error after initial connection: 553 No thanks to you', 'at the greeting'],
  ])('finds the stage in the words of %s', (_, text, stage) => {
    expect(explain(text, english)).toMatchObject({ id: null, cause: expect.stringContaining(stage) });
  });
  it.each(['1', '2', '3', '4', '5', '6', '7'])('says what 5.%s.99 is about', (subject) => {
    expect(explain(`5.${subject}.99`, english)).toMatchObject({
      id: null,
      cause: expect.stringMatching(/^By its code/),
    });
  });
  it('reads 1 MB and no more', () => {
    expect(explain(`${' '.repeat(1_000_000)}550 5.7.64`, english).id).toBeNull();
    expect(explain(`${'x '.repeat(499_900)}550 5.7.64`, english).id).toBe('relay-denied');
  });
  it('repeats nothing of what was pasted', () => {
    for (const text of ['550 5.7.64 <script>x</script>', '\u001b]0;evil\u0007 550 5.9.9 evil', 'evil {x, plural} evil'])
      expect(JSON.stringify(explain(text, english))).not.toMatch(/evil|script>/);
  });
  it('anything: never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(explain(text, english).title).not.toBe('');
      }),
      { numRuns: 2000 },
    );
  });
});
