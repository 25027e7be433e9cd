/** Waiting while Microsoft spreads a change: tried again with growing pauses, told, stoppable, and never two accepted messages. */
import { describe, expect, it } from 'vitest';
import { PAUSES_MS, sendUntilTaken } from '../../../electron/mail/send-until-taken.ts';
import type { Faults } from './fault-server.ts';
import { sendAgainst, type Sending } from './hold-faults.ts';

const DENIED = '550 5.7.64 TenantAttribution; Relay Access Denied [x]';
const QUICK = [20, 40, 60];

/** @param refusals how often the outside recipient is refused before it is taken */
function waiting(refusals: number, waitMs: number, more: Parameters<typeof sendAgainst>[1] = {}, reply = DENIED) {
  let asked = 0;
  const faults: Faults = {
    RCPT: (socket) => socket.write(asked++ < refusals ? `${reply}\r\n` : '250 2.1.5 Recipient OK\r\n'),
  };
  return sendAgainst(faults, more, (options) => sendUntilTaken({ ...options, waitMs, pausesMs: QUICK }));
}
const outcomes = ({ document }: Sending) => document.messages.map(({ kind, outcome }) => `${kind} ${outcome}`);

describe('while a change spreads', () => {
  it('tries again until it is taken, and sends one message', async () => {
    const sending = await waiting(3, 5000);
    expect(outcomes(sending)).toEqual(['external accepted']);
    expect(sending.document.verdict).toBe('ready');
    expect(sending.server.count).toMatchObject({ calls: 4, messages: 1, data: 1 });
    expect(sending.told.join('\n')).toMatch(/try 2 follows[^]*try 3 follows[^]*try 4 follows/);
  });
  it('gives up in time, says how often it tried, and keeps the refusal', async () => {
    const sending = await waiting(1000, 200);
    expect(outcomes(sending)).toEqual(['external refused']);
    expect(sending.document.summary).toMatch(/It was tried [3-9] times in 1 minute\./);
    expect(sending.message.explanation?.id).toBe('relay-denied');
    expect(sending.server.count.messages).toBe(0);
  });
  it('what was taken at once is not sent again', async () => {
    const refused = new Map([['mailbox@example.net', 2]]);
    const sending = await sendAgainst(
      {
        RCPT: (socket, _, line) => {
          const [to, left] = [...refused].find(([address]) => line?.includes(address)) ?? ['', 0];
          if (left > 0) refused.set(to, left - 1);
          socket.write(left > 0 ? `${DENIED}\r\n` : '250 2.1.5 OK\r\n');
        },
      },
      { internal: 'office@contoso.com' },
      (options) => sendUntilTaken({ ...options, waitMs: 5000, pausesMs: QUICK }),
    );
    expect(outcomes(sending)).toEqual(['internal accepted', 'external accepted']);
    expect(sending.server.count).toMatchObject({ calls: 4, messages: 2 });
  });
  it('a refusal that no waiting mends is told at once', async () => {
    const sending = await waiting(1000, 5000, {}, '550 5.7.606 Access denied, banned sending IP [203.0.113.7]');
    expect(sending.server.count.calls).toBe(1);
  });
  it('put off for now counts as worth waiting for', async () => {
    const sending = await waiting(1, 5000, {}, '451 4.7.500 Server busy');
    expect(outcomes(sending)).toEqual(['external accepted']);
  });
  it('stopped in a pause: what is known is told, and nothing else is tried', async () => {
    const controller = new AbortController();
    let refusals = 0;
    const sending = await sendAgainst(
      {
        RCPT: (socket) => {
          refusals += 1;
          socket.write(`${DENIED}\r\n`);
        },
      },
      { signal: controller.signal },
      (options) =>
        sendUntilTaken({
          ...options,
          waitMs: 60_000,
          pausesMs: [30_000],
          onProgress: (progress) => {
            if (progress.seconds !== undefined) controller.abort();
          },
        }),
    );
    expect(outcomes(sending)).toEqual(['external refused']);
    expect(refusals).toBe(1);
    expect(sending.ms).toBeLessThan(3000);
  });
  it('an unknown outcome is never tried again', async () => {
    const sending = await sendAgainst({ '.': (_, raw) => raw.destroy() }, {}, (options) =>
      sendUntilTaken({ ...options, waitMs: 5000, pausesMs: QUICK }),
    );
    expect(outcomes(sending)).toEqual(['external unknown']);
    expect(sending.server.count.calls).toBe(1);
  });
  it('pauses grow, and a wait of an hour is a dozen tries or two', () => {
    expect(PAUSES_MS.toSorted((one, other) => one - other)).toEqual(PAUSES_MS);
    expect(60 / ((PAUSES_MS.at(-1) ?? 0) / 60_000)).toBeLessThan(24);
  });
});
