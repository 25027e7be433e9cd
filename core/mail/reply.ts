/** Takes an SMTP reply apart: code, enhanced status code and text (RFC 5321 §4.2, RFC 2034 §4). */
import type { SmtpReply } from './test-document.ts';

/** @param raw one reply, its lines as they came. @returns null when it is none */
export function parseReply(raw: string): SmtpReply | null {
  const lines = raw.split(/\r?\n/).filter((line) => line !== '');
  const code = /^([2-5]\d\d)(?:[ -]|$)/.exec(lines[0] ?? '')?.[1];
  if (code === undefined || !lines.every((line) => line.startsWith(code))) return null;
  const texts = lines.map((line) => line.slice(4).trim());
  const enhanced = /^([245]\.\d{1,3}\.\d{1,3})(?:\s|$)/.exec(texts[0] ?? '')?.[1] ?? null;
  // The class of the enhanced code has to be the reply's own (RFC 2034 §4).
  const valid = enhanced !== null && enhanced[0] === code[0] ? enhanced : null;
  const text = texts
    .map((line) => (valid !== null && line.startsWith(valid) ? line.slice(valid.length).trim() : line))
    .join(' ');
  return { code: Number(code), enhanced: valid, text };
}
