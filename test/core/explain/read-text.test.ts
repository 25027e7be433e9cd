/** Reading keeps what a server said and drops what hides it, whatever was pasted around it. */
import { describe, expect, it } from 'vitest';
import { readText } from '../../../core/explain/read-text.ts';

describe('codes', () => {
  it.each([
    ['550 5.7.64 TenantAttribution', ['550'], ['5.7.64']],
    ['550-5.7.26 a\r\n550 5.7.26 b', ['550'], ['5.7.26']],
    ['smtp;550 5.1.1 gone', ['550'], ['5.1.1']],
    ['error:535', ['535'], []],
    ['port 550 is no port 421, connect to 203.0.113.7:554 at 10:00:450', [], []],
    ['52.101.68.10:25 and 5.7.64.1 and 15.5.1.1', [], []],
    ['2026-11-01T10:00:00.450Z', [], []],
  ])('%j', (text, replies, enhanced) => {
    const reading = readText(text);
    expect([...reading.replies]).toEqual(replies);
    expect([...reading.enhanced]).toEqual(enhanced);
  });
  it.each([
    ['AADSTS50076: x AADSTS65001', [50076, 65001]],
    ['{"error_codes":[53003],"timestamp":"x"}', [53003]],
    ['Sign-in error code: 50126', [50126]],
  ])('%j holds sign-in numbers', (text, numbers) => {
    expect(readText(text).signIn).toEqual(numbers);
  });
});

describe('words', () => {
  it.each([
    ['ten\u200bant\u00adattrib\u0000ution', 'tenantattribution'],
    ['\u001b[31mTenant\u001b[0mAttribution', 'tenantattribution'],
    ['\u001b]8;;https://contoso.com\u0007Relay\u001b]8;;\u0007 denied', 'relay denied'],
    ['Relay Acc=\r\ness Denied', 'relay access denied'],
    ['isn&#39;t&nbsp;within', "isn't within"],
    ['550-5.7.26 the sender is\r\n550-5.7.26 unauthenticated', 'the sender is unauthenticated'],
    ['550-the sender is\r\n550 unauthenticated\n503 service', '550-the sender is unauthenticated 503 service'],
    ['> > Relay\n> > Access', 'relay access'],
  ])('%j', (text, words) => {
    expect(readText(text).words.trim()).toBe(words);
  });
  it('sets what stands near a code apart from the rest', () => {
    const { near, words } = readText(`Diagnostic-Code: smtp;550 5.1.1 gone ${'x '.repeat(600)} dmarc=pass`);
    expect(near).toContain('gone');
    expect(near).not.toContain('dmarc');
    expect(words).toContain('dmarc');
  });
  it('knows the class only when all codes agree', () => {
    expect(readText('451 4.7.500').replyClass).toBe('4');
    expect(readText('550 5.4.300 -> 451 4.4.316').replyClass).toBeNull();
    expect(readText('nothing').replyClass).toBeNull();
  });
});
