import { describe, expect, it } from 'vitest';
import { commandWords } from '../../electron/command-words.ts';

const installed = (...words: string[]) => commandWords(words, true);

describe('of the installed program’s command line', () => {
  it('one plain word and the four flags are a command', () => {
    expect(installed('check', '--domain', 'contoso.com')).toEqual(['check', '--domain', 'contoso.com']);
    expect(installed('chekc')).toEqual(['chekc']);
    expect(installed('--no-sandbox', 'check')).toEqual(['check']);
    expect(installed('--no-sandbox')).toBeNull();
    for (const flag of ['--help', '-h', '--version', '-v']) expect(installed(flag)).toEqual([flag]);
  });

  it('nothing, files, addresses and the window’s own options open the window', () => {
    expect(installed()).toBeNull();
    for (const words of [
      ['office.relayready'],
      ['/home/kim/office'],
      ['C:\\office'],
      ['--practice'],
      ['https://a.b'],
      ['A'],
    ])
      expect(installed(...words)).toBeNull();
  });

  it('what follows a mark is a command, whatever it looks like', () => {
    expect(installed('--no-sandbox', '--', '--js-flags=x')).toEqual(['--js-flags=x']);
    expect(installed('--')).toEqual([]);
    expect(installed('--', 'fleet', 'look')).toEqual(['fleet', 'look']);
    expect(installed('a.relayready', '--', 'check')).toBeNull();
    expect(installed('check', '--', 'x')).toEqual(['check', '--', 'x']);
  });
});

describe('from the sources', () => {
  it('only a mark after the program’s folder counts', () => {
    expect(commandWords(['--no-sandbox', '/home/kim/relayready', '--practice'], false)).toBeNull();
    expect(commandWords(['/home/kim/relayready', 'check'], false)).toBeNull();
    expect(commandWords(['/home/kim/relayready', '--', 'check', '--json'], false)).toEqual(['check', '--json']);
  });
});
