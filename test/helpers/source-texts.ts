/** Every English text of the product, in the order of the sources: literals of `t(…)` and `say(…)`, and the sentences of the data files. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor, type Argument } from 'oxc-parser';
import { loadBrands, loadDnsHosts } from '../../electron/storage/assets.ts';
import { english } from '../../core/text.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const MARKS: ReadonlySet<string> = new Set(['t', 'say', 'english']);

export type SourceText = { readonly text: string; readonly file: string };

/** What an argument can be when it is written down: a literal, or a choice between literals. */
function literals(node: Argument | undefined): readonly string[] {
  if (!node) return [];
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : [];
  if (node.type === 'ConditionalExpression') return [...literals(node.consequent), ...literals(node.alternate)];
  if (node.type === 'LogicalExpression') return [...literals(node.left), ...literals(node.right)];
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return [node.quasis[0]?.value.cooked ?? ''];
  return [];
}

function textsOf(file: string): readonly SourceText[] {
  const found: SourceText[] = [];
  const { program, errors } = parseSync(file, readFileSync(path.join(root, file), 'utf8'));
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`);
  new Visitor({
    CallExpression: ({ callee, arguments: [first] }) => {
      const name =
        callee.type === 'Identifier'
          ? callee.name
          : callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
            ? callee.property.name
            : '';
      if (MARKS.has(name)) found.push(...literals(first).map((text) => ({ text, file })));
    },
  }).visit(program);
  return found;
}

/** Replies of the simulated server and the catcher, which speak SMTP and not to people. */
const REPLY = /^\d{3} /;

/** Without doubles; what has no letters is no text. */
export async function sourceTexts(): Promise<readonly SourceText[]> {
  const files = ['core', 'electron', 'renderer'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => `${folder}/${file.replaceAll(path.sep, '/')}`)
      .sort(),
  );
  const brands = (await loadBrands(english)).flatMap(({ id, notes, evidence, labels }) =>
    [labels.encryptionValue, labels.authenticationValue, ...notes, ...evidence.map(({ text }) => text)].map((text) => ({
      text,
      file: `assets/brands/${id}.json`,
    })),
  );
  const hosts = (await loadDnsHosts(english)).flatMap(({ id, steps }) =>
    steps.map((text) => ({ text, file: `assets/dns-hosts/${id}.json` })),
  );
  const all = [...files.flatMap(textsOf), ...brands, ...hosts].filter(
    ({ text }) => /\p{L}/u.test(text) && !REPLY.test(text),
  );
  return [...new Map(all.map((entry) => [entry.text, entry])).values()];
}
