/** A test document to hand on: people's addresses and the office's own go, what the servers said stays. */
import ipaddr from 'ipaddr.js';
import type { TestDocument, TestMessage } from './test-document.ts';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const IPV4 = new RegExp(`(?<![\\d.])(${OCTET})\\.(${OCTET})\\.${OCTET}\\.${OCTET}(?![\\d.])`, 'g');
const MAYBE_IPV6 = /(?<![\w:.])[0-9a-f]*:[0-9a-f:]*:[0-9a-f]*(?![\w:])/gi;
const MAIL = /[^\s<>@"'(),:;[\]]+@((?:[\w-]+\.)+[\w-]+)/g;

/** Of a mail address the domain stays, of an internet address its first half. */
export const maskText = (text: string): string =>
  text
    .replaceAll(MAIL, '…@$1')
    .replaceAll(IPV4, '$1.$2.x.x')
    .replaceAll(MAYBE_IPV6, (found) => (ipaddr.IPv6.isValid(found) ? 'x:x' : found));

/** The name this computer gives itself is the office's, too. */
const maskHello = (line: string): string => line.replace(/^(EHLO|HELO) .*/i, '$1 …');

const maskMessage = (message: TestMessage): TestMessage => ({
  ...message,
  to: maskText(message.to),
  messageId: maskText(message.messageId),
  reply: message.reply && { ...message.reply, text: maskText(message.reply.text) },
  transcript: message.transcript.map((line) => ({
    ...line,
    line: maskText(line.from === 'client' ? maskHello(line.line) : line.line),
  })),
});

export const maskTest = (document: TestDocument): TestDocument => ({
  ...document,
  messages: document.messages.map(maskMessage),
});
