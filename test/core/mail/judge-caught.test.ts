/** What is said about a caught message, by table: one flaw, one finding. */
import { describe, expect, it } from 'vitest';
import type { Caught } from '../../../core/mail/caught.ts';
import { judgeCaught } from '../../../core/mail/judge-caught.ts';
import { english } from '../../../core/text.ts';

const NOW = new Date('2026-03-02T10:00:00Z');
const MB = 1024 * 1024;
const GOOD: Caught = {
  fromIp: '192.168.1.50',
  helo: 'scanner.contoso.com',
  esmtp: true,
  tls: 'TLSv1.2',
  tlsError: null,
  authTried: false,
  mailFrom: 'scanner@contoso.com',
  recipients: ['office@contoso.com'],
  headerFrom: 'scanner@contoso.com',
  subject: 'Scan',
  date: 'Mon, 02 Mar 2026 11:00:00 +0100',
  messageId: '<1@contoso.com>',
  bareLineFeeds: false,
  undeclared8Bit: false,
  headers: [],
  speech: 'mail',
  hello: null,
  mistrusts: false,
  fellSilent: false,
  inMessage: true,
  oddities: [],
  bytes: 4000,
  complete: true,
  tooLong: false,
};
const judge = (flaw: Partial<Caught>, domain: string | null = 'contoso.com') =>
  judgeCaught({ ...GOOD, ...flaw }, domain, NOW, english);
const offer = (versions: readonly string[], suits: boolean) => ({
  recordVersion: 'TLS 1.0',
  versions,
  ciphers: ['AES128-SHA'],
  serverName: null,
  suits,
});
const unfinished = { complete: false, headerFrom: null, subject: null, date: null, messageId: null, bytes: 0 };

describe('a caught message', () => {
  it('without a flaw is good', () => {
    expect(judge({})).toMatchObject([{ severity: 'good' }]);
    expect(judge({}, null)).toMatchObject([{ severity: 'good' }]);
  });
  it.each<[Partial<Caught>, 'blocker' | 'warning', RegExp]>([
    [{ mailFrom: '' }, 'blocker', /no sender/],
    [{ mailFrom: 'scanner' }, 'blocker', /not a complete address/],
    [{ mailFrom: 'a@example.net', headerFrom: 'a@example.net' }, 'blocker', /5\.7\.64/],
    [{ headerFrom: 'npi@email.com' }, 'warning', /shows npi@email\.com as its sender/],
    [{ mailFrom: '', headerFrom: 'npi@email.com' }, 'blocker', /no sender/],
    [{ headerFrom: null }, 'warning', /no From line/],
    [{ headerFrom: 'Scanner' }, 'warning', /From line “Scanner”/],
    [{ authTried: true }, 'warning', /signs in.*offers no sign-in/],
    [{ tls: null }, 'warning', /did not encrypt/],
    [{ tls: null, esmtp: false }, 'warning', /HELO/],
    [{ tls: 'TLSv1' }, 'blocker', /settled on TLS 1\.0/],
    [{ tls: 'TLSv1.1' }, 'blocker', /settled on TLS 1\.1/],
    [{ date: null }, 'warning', /no date/],
    [{ date: 'Thu, 01 Jan 1970 00:00:00 +0000' }, 'warning', /clock/],
    [{ date: 'yesterday' }, 'warning', /clock/],
    [{ messageId: null }, 'warning', /Message-ID/],
    [{ bytes: 36 * MB }, 'warning', /36 MB/],
    [{ bytes: 151 * MB }, 'blocker', /150 MB/],
    [{ bareLineFeeds: true }, 'warning', /bare LF/],
    [{ bareLineFeeds: true, oddities: ['odd-end'] }, 'blocker', /ends the message in a way/],
    [{ oddities: ['long-lines'] }, 'warning', /998/],
    [{ oddities: ['no-brackets'] }, 'warning', /without the usual brackets/],
    [{ oddities: ['spoke-early'] }, 'warning', /before it is asked/],
    [{ oddities: ['empty-greeting'], helo: null }, 'warning', /does not say its name/],
    [{ hello: offer(['TLS 1.0'], false), tls: 'TLSv1' }, 'blocker', /offers TLS 1\.0 only/],
    [{ hello: offer(['TLS 1.2'], false) }, 'blocker', /none of the ciphers/],
    [{ speech: 'tls-at-once' }, 'blocker', /starts encrypted at once/],
    [{ ...unfinished, speech: 'http' }, 'blocker', /HTTP/],
    [
      { ...unfinished, hello: offer(['SSL 3.0'], false), tlsError: 'alert', mistrusts: true },
      'blocker',
      /SSL 3\.0 only/,
    ],
    [{ ...unfinished, recipients: [] }, 'blocker', /no recipient/],
    [{ ...unfinished, fellSilent: true }, 'blocker', /fell silent/],
    [{ ...unfinished, mailFrom: null, helo: null, fellSilent: true, tls: null }, 'blocker', /then said nothing/],
    [{ ...unfinished, mistrusts: true, mailFrom: null }, 'blocker', /checks certificates/],
    [{ undeclared8Bit: true }, 'warning', /special characters/],
    [{ helo: '192.168.1.50' }, 'warning', /not a name/],
    [{ helo: 'localhost' }, 'warning', /not a name/],
    [{ helo: '_' }, 'warning', /not a name/],
    [{ helo: 'fe80::1' }, 'warning', /not a name/],
    [{ ...unfinished }, 'blocker', /did not finish/],
    [{ ...unfinished, bareLineFeeds: true }, 'blocker', /bare LF/],
    [{ ...unfinished, bytes: 51 * MB, tooLong: true }, 'blocker', /longer than 51 MB/],
    [{ ...unfinished, mailFrom: null, authTried: true, tls: null }, 'blocker', /signed in and gave up/],
    [{ ...unfinished, mailFrom: null, tls: null, tlsError: 'unknown_ca' }, 'blocker', /unknown_ca/],
    [{ ...unfinished, mailFrom: null, tls: null }, 'blocker', /before it named a sender/],
  ])('%j: %s', (flaw, severity, words) => {
    const [first] = judge(flaw);
    expect(first?.severity).toBe(severity);
    expect(first?.text).toMatch(words);
    expect(first?.fix).toEqual([expect.stringMatching(/^[A-Z].*\.$/)]);
  });
  it.each<Partial<Caught>>([
    { helo: 'NPIF65E56' },
    { helo: '[192.168.1.50]' },
    { helo: null },
    { headerFrom: 'someone.else@contoso.com' },
    { bytes: 35 * MB },
    { date: 'Sun, 01 Mar 2026 12:00:00 +0000' },
    { tls: 'TLSv1.3' },
  ])('%j is no flaw', (same) => {
    expect(judge(same)).toMatchObject([{ severity: 'good' }]);
  });
  it('one flaw is told once, and what stops the mail comes first', () => {
    expect(judge({ tls: null })).toHaveLength(1);
    expect(judge({ ...unfinished, mailFrom: null, authTried: true, tls: null })).toHaveLength(1);
    const all = judge({ tls: null, authTried: true, bytes: 151 * MB, date: null });
    expect(all.map(({ severity }) => severity)).toEqual(['blocker', 'warning', 'warning', 'warning']);
  });
});
