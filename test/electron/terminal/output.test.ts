/** Colours only for a person on a terminal, and quiet when that is wished. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isTerminal, paint, wantsColour } from '../../../electron/terminal/colours.ts';
import { openOutput } from '../../../electron/terminal/output.ts';

const ESCAPE = '\u001b';
const terminal = { isTTY: true };
const pipe = { isTTY: false };

describe('colours', () => {
  it.each([
    ['a terminal', terminal, {}, true],
    ['a file or pipe', pipe, {}, false],
    ['a stream that does not say', {}, {}, false],
    ['NO_COLOR', terminal, { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR, which is none', terminal, { NO_COLOR: '' }, true],
    ['NO_COLOR and FORCE_COLOR', terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['TERM=dumb', terminal, { TERM: 'dumb' }, false],
    ['FORCE_COLOR into a pipe', pipe, { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, false],
  ])('%s', (_, stream, env, wanted) => expect(wantsColour(stream, env)).toBe(wanted));

  it('a dumb terminal is not told to go back and clear', () => {
    expect(isTerminal(terminal, { TERM: 'dumb' })).toBe(false);
    expect(isTerminal(terminal, { TERM: 'xterm' })).toBe(true);
  });

  it('take the marks and headings alone, and leave every letter', () => {
    const text = '== Mail\n  ✓ The record is right.\n✗ Not this one ✗ here';
    const painted = paint(text);
    expect(painted).toContain(`${ESCAPE}[32m✓${ESCAPE}[0m The record`);
    expect(painted).toContain(`${ESCAPE}[1m== Mail${ESCAPE}[0m`);
    expect(painted.split('31m')).toHaveLength(2);
    expect(painted.replaceAll(/\u001B\[\d*m/g, '')).toBe(text);
  });
});

describe('what is written where', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });
  function written(options: { json: boolean; quiet: boolean }) {
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
        texts[name] += String(chunk);
        return true;
      });
    const { print, note, warn } = openOutput(options);
    note('… looking');
    warn('✗ trouble');
    print({ answer: '✓ yes' }, '✓ yes\n');
    vi.restoreAllMocks();
    return texts;
  }

  it('the result on standard output, everything else beside it', () => {
    vi.stubEnv('NO_COLOR', '1');
    expect(written({ json: false, quiet: false })).toEqual({ stdout: '✓ yes\n', stderr: '… looking\n✗ trouble\n' });
  });

  it('--quiet leaves the result and the trouble', () => {
    vi.stubEnv('NO_COLOR', '1');
    expect(written({ json: false, quiet: true })).toEqual({ stdout: '✓ yes\n', stderr: '✗ trouble\n' });
  });

  it('--json is never coloured, also where colours are wanted', () => {
    vi.stubEnv('NO_COLOR', '');
    vi.stubEnv('FORCE_COLOR', '1');
    const { stdout, stderr } = written({ json: true, quiet: false });
    expect(JSON.parse(stdout)).toEqual({ answer: '✓ yes' });
    expect(stdout + stderr).not.toContain(ESCAPE);
    expect(written({ json: false, quiet: false }).stdout).toContain(`${ESCAPE}[32m`);
  });
});
