/** Pressed twice, or in two windows: one message all the same, and the second press says why. */
import { expect, it } from 'vitest';
import { sendTestMessages } from '../../../electron/mail/send-test.ts';
import { later } from './fault-server.ts';
import { sendAgainst } from './hold-faults.ts';

it('the same message pressed twice goes once; another goes beside it', async () => {
  const refusals: unknown[] = [];
  const { document, server } = await sendAgainst({ RCPT: later(100, '', '250 2.1.5 OK\r\n') }, {}, async (options) => {
    const first = sendTestMessages(options);
    await sendTestMessages(options).catch((error: unknown) => refusals.push(error));
    const other = await sendTestMessages({ ...options, external: 'other@example.net' });
    expect(other.messages[0]?.outcome).toBe('accepted');
    return first;
  });
  expect(document.messages[0]?.outcome).toBe('accepted');
  expect(refusals).toMatchObject([{ code: 'busy', remedy: { message: 'Wait for its answer.' } }]);
  expect(server.count).toMatchObject({ calls: 2, messages: 2 });
});
