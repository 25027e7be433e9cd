/** The word that was probably meant. */
import { wordDistance } from '../../core/spf/word-distance.ts';

/** @returns null when nothing is near: two slips of the finger at most, and fewer than half of the letters */
export function nearest(word: string, known: readonly string[]): string | null {
  const [best] = known
    .map((candidate) => ({ candidate, slips: wordDistance(word, candidate) }))
    .filter(({ candidate, slips }) => slips <= 2 && slips * 2 < candidate.replace(/^-+/, '').length)
    .sort((one, other) => one.slips - other.slips);
  return best?.candidate ?? null;
}
