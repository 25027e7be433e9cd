/** JSON from a stranger: nothing nested without end, no keys that reach into an object's making. */
const MAX_DEPTH = 32;

/** @throws SyntaxError; its message is `depth` when it is nested too deeply */
export function parseStrictly(text: string): unknown {
  // Counted before parsing: a parser happily builds what everything after it chokes on.
  if (tooDeep(text)) throw new SyntaxError('depth');
  return JSON.parse(text, (key, value: unknown) => {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') throw new SyntaxError(`key ${key}`);
    return value;
  });
}

function tooDeep(text: string): boolean {
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
      if (depth > MAX_DEPTH) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
}
