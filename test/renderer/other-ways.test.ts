/** The commands the wizard shows are commands the terminal takes. */
import { describe, expect, it } from 'vitest';
import type { SetUp } from '../../core/set-up.ts';
import { readArguments } from '../../electron/terminal/arguments.ts';
import type { Command } from '../../electron/terminal/command.ts';
import { loadChecks } from '../../electron/run-checks.ts';
import { otherWays, type Work } from '../../renderer/other-ways.ts';
import { emptyProfile } from '../../renderer/set-up-actions.ts';

const WORKS: readonly Work[] = ['scanner', 'address', 'line', 'record', 'change', 'undo', 'test', 'catch'];

const bare = { profile: emptyProfile(), report: null } as unknown as SetUp;
const filled = {
  ...bare,
  profile: {
    ...emptyProfile(),
    domain: 'contoso.com',
    sender: 'scanner@contoso.com',
    devices: [{ name: '', address: '192.0.2.50', brand: null, model: null }],
    publicIps: ['203.0.113.7', '203.0.113.8'],
    testRecipients: { internal: 'office@contoso.com', external: 'mailbox@example.net' },
  },
} as SetUp;

describe('another way', () => {
  it.each(
    WORKS.flatMap((work) => [['nothing entered yet', work, bare] as const, ['all entered', work, filled] as const]),
  )('%s: %s', async (_, work, setUp) => {
    const checks = [...(await loadChecks()).keys()];
    const { byHand, system, own } = otherWays(work, setUp, checks);
    expect(byHand.length + system.length + own.length).toBeGreaterThan(0);
    expect(own.length).toBeGreaterThan(0);
    for (const line of own) {
      const [program, name = '', ...options] = line.split(' ');
      expect(program).toBe('relayready');
      const { default: command } = (await import(`../../electron/commands/${name}.ts`)) as { default: Command };
      expect(() => readArguments(options, command), line).not.toThrow();
      expect(line).not.toMatch(/undefined|null| {2}/);
    }
  });
});
