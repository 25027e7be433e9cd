/** The best fitting entry: near words, then codes, then words elsewhere, then vague numbers. */
import { expect, it } from 'vitest';
import { findEntry } from '../../../core/explain/find-entry.ts';
import { readText } from '../../../core/explain/read-text.ts';

const found = (text: string): string | null => findEntry(readText(text))?.id ?? null;

it('words near the code beat another code', () => {
  expect(found('550 5.1.1 TenantAttribution; Relay Access Denied')).toBe('relay-denied');
});
it('a code beats words far from it', () => {
  expect(found(`550 5.7.64 refused ${'x '.repeat(600)} mailbox is full`)).toBe('relay-denied');
});
it('words far from a vague code beat it', () => {
  expect(found(`Mailbox is full. ${'x '.repeat(600)} 550 5.7.1`)).toBe('mailbox-full');
});
it('the first sign-in number decides', () => {
  expect(found('AADSTS50076 … trace … AADSTS65001')).toBe('two-step-needed');
});
it('a reply with a 4 prefers what passes by itself', () => {
  expect(found('451 4.7.1 Recipient address rejected: Greylisted')).toBe('greylisted');
  expect(found('550 5.1.1 Recipient address rejected: Greylisted')).toBe('recipient-unknown');
});
it('knows nothing of nothing', () => {
  expect(found('')).toBeNull();
});
