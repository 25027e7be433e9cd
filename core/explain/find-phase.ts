/** Tells from a pasted log or transcript how far the conversation had got when the refusal came. */
import type { Phase } from './by-class.ts';

const PHASES: readonly (readonly [RegExp, Phase])[] = [
  [/^(?:end of data|message|sending data block)/, 'message'],
  [/^(?:initial connection|greeting)/, 'greeting'],
  [/^connect/, 'connect'],
  [/^[eh][eh]lo/, 'ehlo'],
  [/^starttls/, 'starttls'],
  [/^mail/, 'mail'],
  [/^rcpt/, 'rcpt'],
  [/^data/, 'data'],
];
/** As postfix (“in reply to end of DATA command”), exim (“after RCPT TO”) and Exchange (“during MAIL FROM”) write it. */
const TOLD =
  /(?:in reply to|after|during) (?:the |pipelined |sending )*(end of data|data block|initial connection|connect|greeting|ehlo|helo|starttls|mail from|rcpt to|data)\b/g;
/** What the client said last, where the whole conversation was pasted. */
const COMMAND =
  /(?<![\w-])(ehlo|helo|starttls|mail from|rcpt to|data)(?= ?:? ?<| [\w.[-]{1,80} [245]\d\d\b| [345]\d\d\b)/g;

/** @param words lower case, one space between words */
export function findPhase(words: string): Phase | null {
  const said = last(words, TOLD) ?? last(words, COMMAND);
  return PHASES.find(([form]) => said !== null && form.test(said))?.[1] ?? null;
}

function last(words: string, form: RegExp): string | null {
  let found: string | null = null;
  for (const match of words.matchAll(form)) found = match[1] ?? null;
  return found;
}
