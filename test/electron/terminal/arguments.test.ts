import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../core/errors.ts';
import { english, say } from '../../../core/text.ts';
import { readArguments } from '../../../electron/terminal/arguments.ts';
import type { Command } from '../../../electron/terminal/command.ts';
import { commandHelp } from '../../../electron/terminal/help.ts';

const command: Command = {
  summary: say('Does something.'),
  usage: '[--count N]',
  options: {
    count: { type: 'string', value: 'N', help: say('how many') },
    loud: { type: 'boolean', help: say('noise') },
  },
  examples: [{ line: 'relayready sample --count 3', text: say('Three of them.') }],
  run: async () => 0,
};
const error = (...argv: readonly string[]) => {
  try {
    readArguments(argv, command);
  } catch (thrown) {
    if (isAppError(thrown)) return thrown;
    throw thrown;
  }
  throw new Error('was accepted');
};

describe('readArguments', () => {
  it('reads options of the command and of every command', () => {
    const { values } = readArguments(
      ['--count', '3', '--loud', '--domain', 'contoso.com', '--public-ip', '203.0.113.7'],
      command,
    );
    expect(values).toMatchObject({ count: '3', loud: true, domain: 'contoso.com', 'public-ip': ['203.0.113.7'] });
  });
  it.each([
    [['--nonsense'], '--nonsense'],
    [['--count'], '--count'],
    [['--count', ''], '--count'],
    [['--loud=yes'], '--loud'],
    [['--domain', 'a.com', '--domain', 'b.com'], '--domain'],
    [['extra'], 'extra'],
  ])('%j names %s and a remedy', (argv, field) => {
    const thrown = error(...argv);
    expect(thrown.code).toBe('bad-option');
    expect(thrown.field).toContain(field);
    expect(thrown.remedy).not.toBeNull();
  });
});

describe('commandHelp', () => {
  it('lists own and common options', () => {
    const help = commandHelp('sample', command, english);
    expect(help).toContain('relayready sample [--count N]');
    expect(help).toContain('--count N');
    expect(help).toContain('--profile FILE');
  });
});
