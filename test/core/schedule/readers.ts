/** Independent readers of what a scheduler is told: systemd's words, an XML document, a Windows command line; as the real ones read them. */

/** systemd.service(5) and systemd.syntax(7): quotes, C escapes, `%%`, and `$$` in arguments; a specifier or variable left over is an error. */
export function readExecStart(line: string): readonly string[] {
  const words: string[] = [];
  let at = 0;
  while (at < line.length) {
    if (line[at] === ' ') {
      at += 1;
      continue;
    }
    let word = '';
    const quote = line[at] === '"' ? '"' : null;
    if (quote) at += 1;
    for (; at < line.length && line[at] !== (quote ?? ' '); at += 1) {
      const sign = line[at] as string;
      if (sign === '\\') {
        at += 1;
        const next = line[at] as string;
        if (!['\\', '"'].includes(next)) throw new Error(`unknown escape \\${next}`);
        word += next;
      } else if (sign === '%') {
        at += 1;
        if (line[at] !== '%') throw new Error('a specifier');
        word += '%';
      } else word += sign;
    }
    if (quote) at += 1;
    words.push(word);
  }
  return words.map((word, index) =>
    index === 0
      ? word
      : word.replaceAll(/\$(.?)/gs, (_, next: string) => {
          if (next !== '$') throw new Error('a variable');
          return '$';
        }),
  );
}

export type Node = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
  readonly text: string;
};

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescape = (text: string): string =>
  text.replaceAll(/&([^;]*);|[&<]/g, (whole, name: string | undefined) => {
    const sign = name === undefined ? undefined : ENTITIES[name];
    if (sign === undefined) throw new Error(`bare ${whole}`);
    return sign;
  });

/** A small strict reader: one root, every element closed, comments without a double hyphen, nothing but XML's own characters. */
export function readXml(document: string): Node {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|\ufffe|\uffff/.test(document)) throw new Error('not an XML character');
  let rest = document.replace(/^<\?xml version="1\.0" encoding="[\w-]+"\?>/, '');
  const skip = (): void => {
    for (;;) {
      const before = rest;
      rest = rest.trimStart().replace(/^<!DOCTYPE[^>]*>/, '');
      const comment = /^<!--([\s\S]*?)-->/.exec(rest);
      if (comment) {
        if (comment[1]?.includes('--') === true || comment[1]?.endsWith('-') === true)
          throw new Error('a hyphen in a comment');
        rest = rest.slice(comment[0].length);
      }
      if (rest === before) return;
    }
  };
  const read = (): Node => {
    const open = /^<([A-Za-z]+)((?: [A-Za-z]+="[^"<]*")*)(\/?)>/.exec(rest);
    if (!open) throw new Error(`not an element: ${rest.slice(0, 40)}`);
    rest = rest.slice(open[0].length);
    const attributes = Object.fromEntries(
      [...(open[2] as string).matchAll(/([A-Za-z]+)="([^"]*)"/g)].map(([, key, value]) => [
        key as string,
        unescape(value as string),
      ]),
    );
    const node = { name: open[1] as string, attributes, children: [] as Node[], text: '' };
    if (open[3] === '/') return node;
    const close = `</${node.name}>`;
    const words = rest.slice(0, rest.indexOf('<'));
    if (rest.slice(words.length).startsWith(close)) {
      rest = rest.slice(words.length + close.length);
      return { ...node, text: unescape(words) };
    }
    for (skip(); !rest.startsWith(close); skip()) node.children.push(read());
    rest = rest.slice(close.length);
    return node;
  };
  skip();
  const root = read();
  skip();
  if (rest !== '') throw new Error(`something behind the end: ${rest.slice(0, 40)}`);
  return root;
}

/** A property list as values. */
export function readPlist(document: string): unknown {
  const value = ({ name, children, text }: Node): unknown => {
    switch (name) {
      case 'dict':
        return Object.fromEntries(
          children.flatMap((child, at) => {
            if (at % 2 === 1) return [];
            if (child.name !== 'key' || !children[at + 1]) throw new Error('a value without a key');
            return [[child.text, value(children[at + 1] as Node)]];
          }),
        );
      case 'array':
        return children.map(value);
      case 'string':
        return text;
      case 'integer':
        return Number(text);
      case 'true':
      case 'false':
        return name === 'true';
      default:
        throw new Error(`no kind of value: ${name}`);
    }
  };
  const { name, children } = readXml(document);
  if (name !== 'plist' || children.length !== 1) throw new Error('no property list');
  return value(children[0] as Node);
}

/** CommandLineToArgvW, for what follows the program. */
export function readWindowsArguments(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const backslashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
    const next = line[at + backslashes];
    if (backslashes > 0) {
      word ??= '';
      word += '\\'.repeat(next === '"' ? Math.floor(backslashes / 2) : backslashes);
      at += backslashes - 1;
      if (next === '"' && backslashes % 2 === 1) {
        word += '"';
        at += 1;
      }
    } else if (next === '"') {
      word ??= '';
      quoted = !quoted;
    } else if (!quoted && (next === ' ' || next === '\t')) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + String(next);
  }
  return word === null ? words : [...words, word];
}
