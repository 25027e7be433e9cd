/** Reads JSON that others wrote: never too deep, without keys that reach into objects, and with mistakes told by their place. */
import type { z } from 'zod';
import { say, type Text } from './text.ts';

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** @param mostLevels of objects and lists inside each other. @throws SyntaxError; its message is `depth` when there are more */
export function parseStrictly(text: string, mostLevels = 32): unknown {
  if (tooDeep(text, mostLevels)) throw new SyntaxError('depth');
  return JSON.parse(text, (key, value: unknown) => {
    if (FORBIDDEN.has(key)) throw new SyntaxError(`key ${key}`);
    return value;
  });
}

/** Counted before parsing: a parser happily builds what everything after it chokes on. */
function tooDeep(text: string, mostLevels: number): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inText) {
      if (character === '\\') at += 1;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > mostLevels) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
}

/** The first thing a schema objects to, by its place in the document. */
export function describeZodError(error: z.ZodError): { readonly field: string; readonly text: Text } {
  const issue = error.issues[0];
  if (issue?.code === 'unrecognized_keys') {
    const field = [...issue.path, issue.keys[0]].join('.');
    return { field, text: say('There is no field “{field}”.', { field }) };
  }
  const field = issue?.path.join('.') || 'document';
  return {
    field,
    text: say('“{field}” is not right: {problem}.', { field, problem: (issue?.message ?? '?').replace(/\.$/, '') }),
  };
}
