/** The knowledge base explains its own examples, real-looking replies, and at least the class of everything else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain, explainReply } from '../../../core/explain/explain.ts';
import { KNOWLEDGE } from '../../../core/explain/knowledge.ts';
import { english } from '../../../core/text.ts';

describe('the knowledge base', () => {
  it.each(KNOWLEDGE.map((entry) => [entry.id, entry.example]))('%s explains its own example', (id, example) => {
    expect(explain(example, english)).toMatchObject({ id });
  });
  it('has 30 entries and more, each once, each with a way on', () => {
    expect(KNOWLEDGE.length).toBeGreaterThanOrEqual(80);
    expect(new Set(KNOWLEDGE.map(({ id }) => id)).size).toBe(KNOWLEDGE.length);
    for (const { id, fix } of KNOWLEDGE) expect(fix.length, id).toBeGreaterThan(0);
  });
  it('never advises to weaken a tenant', () => {
    for (const { id, fix } of KNOWLEDGE)
      for (const text of fix)
        expect(english(text), id).not.toMatch(
          /turn off|disable|switch off (mfa|two-step|security)|whitelist|bypass|app password/i,
        );
  });
  it('takes every sign-in number once', () => {
    const numbers = KNOWLEDGE.flatMap(({ match }) => match.signIn ?? []);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe('texts as people paste them', () => {
  it.each([
    [
      '550 5.7.64 TenantAttribution; Relay Access Denied [DB5EUR01FT012.eop-EUR01.prod.protection.outlook.com 2026-11-01T10:00:00.000Z 08DE1234]',
      'relay-denied',
    ],
    ['smtp; 550 5.7.64 TenantAttribution;\r\n  Relay Access Denied', 'relay-denied'],
    ['Nov  1 10:00:00 scanner: error 550-5.7.64 tenantattribution', 'relay-denied'],
    [
      "> Remote Server returned '550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources'",
      'direct-send-rejected',
    ],
    ['550 5.7.606 Access denied, banned sending IP [203.0.113.7].', 'banned-address'],
    ['550 5.7.649 Access denied', 'banned-address'],
    ['550 5.7.1 Service unavailable, Client host [203.0.113.7] blocked using Spamhaus', 'spamhaus'],
    [
      '451 4.7.651 The mail server [203.0.113.7] has been temporarily rate limited due to IP reputation',
      'rate-limited',
    ],
    ['451 4.7.500 Server busy', 'server-busy'],
    ['535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.', 'password-login-off'],
    ['535 5.7.139 Authentication unsuccessful, basic authentication is disabled.', 'password-login-off'],
    ['535 5.7.3 Authentication unsuccessful', 'login-failed'],
    ['5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM', 'not-authenticated'],
    ['451 5.7.3 STARTTLS is required to send mail [AM0P123]', 'starttls-required'],
    ['554 5.4.14 Hop count exceeded - possible mail loop ATTR34', 'loop'],
    ['550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup', 'recipient-unknown'],
    ['550 5.4.1 Recipient address rejected: Access denied', 'recipient-unknown'],
    ['550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup', 'recipient-inside-only'],
    ['550 5.7.23 rejected because of Sender Policy Framework violation', 'spf-failed'],
    ['552 5.3.4 Message size exceeds fixed limit', 'too-large'],
    [
      'AADSTS50076: Due to a configuration change made by your administrator, you must use multi-factor authentication',
      'two-step-needed',
    ],
    ['AADSTS65001: The user or administrator has not consented', 'consent-needed'],
    ['invalid_client: AADSTS7000218: The request body must contain client_assertion', 'program-misconfigured'],
    ['AADSTS53003: Access has been blocked by Conditional Access policies.', 'conditional-access'],
    ['Error: connect ETIMEDOUT 52.101.68.10:25', 'connection-timeout'],
    ['Connection refused', 'connection-refused'],
    ['ERROR: unable to verify the first certificate', 'certificate-untrusted'],
    ['ssl3_read_bytes:tlsv1 alert protocol version', 'tls-version'],
    ['The operation failed: OrganizationInboundConnectorProhibitedException', 'connector-prohibited'],
    ['Enable-OrganizationCustomization must be run first', 'organization-customization'],
  ])('%s', (text, id) => {
    expect(explain(text, english).id).toBe(id);
    expect(explain(text.toUpperCase(), english).id).toBe(id);
    expect(
      explain(`Sehr geehrte Damen und Herren,\n\n${text.replaceAll(' ', '\n ')}\n\nMit freundlichen Grüßen`, english)
        .id,
    ).toBe(id);
  });
});

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
  it('anything: never throws, never takes long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => explain(text, english).title !== ''),
      { numRuns: 2000 },
    );
    const begun = performance.now();
    for (const part of ['5.7.', '550 ', ' ', 'a', '\u001b[31m', '(', '2.'])
      explain(part.repeat(200_000 / part.length), english);
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});
