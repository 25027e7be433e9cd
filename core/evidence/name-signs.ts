/** What a reverse name hints at: a line whose address changes, or a fixed one; a hint, never a proof. */

const FIXED = /(?:^|[.-])(?:static|fixed|fix|fixip|statip|business|biz|dedicated)\d*(?:[.-]|$)/i;
const CHANGING =
  /(?:^|[.-])(?:dyn|dynamic|dynip|dial|dialin|dialup|dhcp|dip|pool|ppp|pppoe|res|resnet|cm|catv|docsis|cable|cpe|adsl|vdsl|dsl|modem|client)\d*(?:[.-]|$)/i;

/** Do all four numbers of the address stand in the name, forwards or backwards? */
function holdsAddress(name: string, address: string): boolean {
  const numbers = address.split('.');
  const found = name.match(/\d+/g)?.map((part) => String(Number(part))) ?? [];
  const inOrder = (wanted: readonly string[]) =>
    found.some((_, at) => wanted.every((number, index) => found[at + index] === number));
  return inOrder(numbers) || inOrder(numbers.toReversed());
}

export type NameHint = 'fixed' | 'changing' | 'numbered' | null;

/** @param name as the PTR record says it. @param address IPv4 */
export function hintOfName(name: string, address: string): NameHint {
  if (FIXED.test(name)) return 'fixed';
  if (CHANGING.test(name)) return 'changing';
  return holdsAddress(name, address) ? 'numbered' : null;
}
