/** The refusal of a command that is not there. */
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import { commandNames } from './commands.ts';
import { nearest } from './nearest.ts';

export function noSuchCommand(given: string): AppError {
  const name = given.slice(0, 60);
  const names = commandNames();
  const guess = nearest(name, names);
  return new AppError('bad-option', say('There is no command “{name}”.', { name }), {
    field: name,
    remedy:
      guess === null
        ? say('Commands are: {names}.', { names: names.join(', ') })
        : say('Did you mean {guess}? Commands are: {names}.', { guess, names: names.join(', ') }),
  });
}
