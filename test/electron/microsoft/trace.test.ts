/** What the message trace says becomes words a person can act on; also of mail that was accepted first and given back later. */
import { describe, expect, it } from 'vitest';
import { english } from '../../../core/text.ts';
import type { Exchange } from '../../../electron/microsoft/exchange.ts';
import { traceMessage } from '../../../electron/microsoft/trace.ts';

const ID = '<one@contoso.com>';
const asked: unknown[] = [];

/** A tenant whose trace holds these rows. */
const tenantWith = (...rows: readonly Record<string, unknown>[]): Exchange => ({
  tenant: { id: 'e1f4d3a0-0000-4000-8000-000000000001', name: 'Contoso', initialDomain: 'contoso.onmicrosoft.com' },
  account: 'admin@contoso.com',
  run: async (command) => {
    asked.push(command);
    return { value: rows, warnings: [] };
  },
});
const trace = (exchange: Exchange, id = ID) =>
  traceMessage(exchange, id, { signal: new AbortController().signal, t: english });
const row = (Status: string) => ({ RecipientAddress: 'mailbox@example.net', Received: '2026-11-25T08:00:00Z', Status });

describe('a trace', () => {
  it.each([
    ['Delivered', /delivered it/],
    ['Pending', /still trying/],
    ['GettingStatus', /Look again in some minutes/],
    ['Quarantined', /quarantine/],
    ['FilteredAsSpam', /junk/],
    ['Expanded', /members/],
    ['SomethingNew', /Microsoft says: SomethingNew/],
  ])('%s', async (status, words) => {
    const { events } = await trace(tenantWith(row(status)));
    expect(events).toMatchObject([{ recipient: 'mailbox@example.net', status, meaning: expect.stringMatching(words) }]);
  });
  it('accepted first and given back later: says so, and where the reason stands', async () => {
    const { events } = await trace(tenantWith(row('Failed')));
    expect(events[0]?.meaning).toMatch(/not delivered.*non-delivery report to the sender address/);
  });
  it('not written down yet: no events', async () => {
    expect((await trace(tenantWith())).events).toEqual([]);
  });
  it('asks for one message, with or without its brackets', async () => {
    await trace(tenantWith(), 'one@contoso.com');
    expect(asked.at(-1)).toMatchObject({ cmdlet: 'Get-MessageTraceV2', parameters: { MessageId: ID } });
  });
  it.each(['', '<>', 'a b', 'x'.repeat(1000), 'a\r\nb'])('%j is no message ID', async (id) => {
    await expect(trace(tenantWith(), id)).rejects.toMatchObject({ code: 'bad-input', field: '--message-id' });
  });
});
