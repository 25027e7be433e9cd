/** What test messages prove, by table. */
import { describe, expect, it } from 'vitest';
import { judgeTest } from '../../../core/mail/judge-test.ts';
import { parseReply } from '../../../core/mail/reply.ts';
import { english } from '../../../core/text.ts';

type Outcome = 'accepted' | 'refused' | 'deferred' | 'unknown' | 'not-sent';
const messages = (inside: Outcome | null, outside: Outcome | null) => [
  ...(inside === null ? [] : [{ kind: 'internal' as const, outcome: inside }]),
  ...(outside === null ? [] : [{ kind: 'external' as const, outcome: outside }]),
];

describe('verdict of the test', () => {
  it.each<[Outcome | null, Outcome | null, string]>([
    ['accepted', 'accepted', 'ready'],
    [null, 'accepted', 'ready'],
    ['accepted', null, 'cannot-tell'],
    ['accepted', 'refused', 'action-needed'],
    ['refused', 'accepted', 'action-needed'],
    ['refused', 'refused', 'action-needed'],
    ['accepted', 'deferred', 'cannot-tell'],
    ['accepted', 'unknown', 'cannot-tell'],
    ['unknown', 'refused', 'action-needed'],
    ['refused', 'unknown', 'action-needed'],
    ['refused', null, 'action-needed'],
    [null, 'refused', 'action-needed'],
    [null, 'deferred', 'cannot-tell'],
    [null, 'unknown', 'cannot-tell'],
    [null, 'not-sent', 'cannot-tell'],
    ['deferred', 'accepted', 'cannot-tell'],
    ['unknown', 'accepted', 'cannot-tell'],
    ['not-sent', 'accepted', 'cannot-tell'],
    ['not-sent', 'not-sent', 'cannot-tell'],
  ])('inside %s, outside %s: %s', (inside, outside, verdict) => {
    const judged = judgeTest(messages(inside, outside), english);
    expect(judged.verdict).toBe(verdict);
    expect(judged.summary).not.toBe('');
  });
});

describe('words', () => {
  it.each<[Outcome | null, Outcome | null, RegExp]>([
    ['accepted', null, /proves nothing/],
    ['accepted', 'refused', /most likely/],
    ['refused', 'accepted', /outside can be reached/],
    ['unknown', 'refused', /refused one.*not known/],
    ['accepted', 'accepted', /may send/],
  ])('inside %s, outside %s', (inside, outside, words) => {
    expect(judgeTest(messages(inside, outside), english).summary).toMatch(words);
  });
});

describe('a reply', () => {
  it.each([
    ['250 2.1.5 OK', { code: 250, enhanced: '2.1.5', text: 'OK' }],
    ['550-5.7.1 one\r\n550 5.7.1 two', { code: 550, enhanced: '5.7.1', text: 'one two' }],
    ['550', { code: 550, enhanced: null, text: '' }],
    ['550 5.7.64.1 odd', { code: 550, enhanced: null, text: '5.7.64.1 odd' }],
    ['550 2.0.0 wrong class', { code: 550, enhanced: null, text: '2.0.0 wrong class' }],
  ])('%j', (raw, reply) => {
    expect(parseReply(raw)).toEqual(reply);
  });
  it.each(['', 'HTTP/1.1 200', '99 x', '5500 x', '250-one\r\n550 two'])('%j is none', (raw) => {
    expect(parseReply(raw)).toBeNull();
  });
});
