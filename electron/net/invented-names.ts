/** Names that nobody has registered: whoever gives them an address makes answers up. */
import { randomInt } from 'node:crypto';

const LETTERS = 'bcdfghjklmnpqrstvwxz';

/** @returns two names of 20 random letters; by chance one in 10²⁶ exists */
export const inventedNames = (): readonly string[] =>
  ['com', 'net'].map(
    (end) => `${Array.from({ length: 20 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}.${end}`,
  );
