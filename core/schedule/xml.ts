/** XML of a few elements, written so that every text is read back exactly. */
export type Element = {
  readonly name: string;
  readonly attributes: string;
  readonly inside: readonly Element[] | string;
};

export const element = (name: string, inside: Element['inside'], attributes = ''): Element => ({
  name,
  attributes,
  inside,
});

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export function writeXml({ name, attributes, inside }: Element, indent = ''): string {
  const open = `${indent}<${name}${attributes === '' ? '' : ` ${attributes}`}`;
  if (inside.length === 0) return `${open}/>`;
  if (typeof inside === 'string') return `${open}>${escapeXml(inside)}</${name}>`;
  return `${open}>\n${inside.map((one) => writeXml(one, `${indent}  `)).join('\n')}\n${indent}</${name}>`;
}
