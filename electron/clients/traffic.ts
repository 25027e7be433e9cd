/** Reads what came through a client's connector from Microsoft's message trace, address by address. */
import { lineOf } from '../../core/clients/drift.ts';
import type { Client } from '../../core/clients/client.ts';
import type { Folded } from '../../core/clients/history.ts';
import { judgeTraffic, type TraceRow, type Traffic } from '../../core/clients/traffic.ts';
import { text, type ExchangeObject } from '../../core/plan/inbound-connector.ts';
import type { CallContext } from '../dispatch.ts';
import { stripUnsafe } from '../microsoft/clean-text.ts';
import type { Exchange } from '../microsoft/exchange.ts';

const DAY_MS = 86_400_000;
/** Longest span of one question (Microsoft, Get-MessageTraceV2). */
const SPAN_DAYS = 10;
/** Most rows of one answer; 100 requests in five minutes are allowed (same page). */
const PAGE_ROWS = 5000;
const MOST_ROWS = 50_000;

const rowOf = (event: ExchangeObject): TraceRow => ({
  receivedAt: stripUnsafe(text(event['Received'])),
  sender: stripUnsafe(text(event['SenderAddress'])),
  recipient: stripUnsafe(text(event['RecipientAddress'])),
  status: stripUnsafe(text(event['Status'])),
  fromIp: stripUnsafe(text(event['FromIP'])) || null,
});

export async function readTraffic(
  exchange: Exchange,
  { client, folded, days, context }: { client: Client; folded: Folded; days: number; context: CallContext },
): Promise<Traffic> {
  const { signal, onProgress, t } = context;
  const now = Date.now();
  const addresses = [...new Set(client.sites.flatMap((site) => [...lineOf(site, folded), ...site.profile.publicIps]))];
  const rows: TraceRow[] = [];
  let cutShort = false;
  for (const address of addresses)
    for (let back = 0; back < days; back += SPAN_DAYS) {
      let end = new Date(now - back * DAY_MS).toISOString();
      const start = new Date(now - Math.min(days, back + SPAN_DAYS) * DAY_MS).toISOString();
      let after: string | null = null;
      for (;;) {
        signal.throwIfAborted();
        if (rows.length >= MOST_ROWS) cutShort = true;
        if (cutShort) break;
        onProgress({
          topic: client.id,
          state: 'running',
          message: t('Reading what came from {address}: {count, number} mails so far.', {
            address,
            count: rows.length,
          }),
        });
        const { value } = await exchange.run(
          {
            cmdlet: 'Get-MessageTraceV2',
            parameters: {
              FromIP: address,
              StartDate: start,
              EndDate: end,
              ResultSize: PAGE_ROWS,
              ...(after === null ? {} : { StartingRecipientAddress: after }),
            },
          },
          { signal, write: false },
        );
        // An Exchange that does not know the filter would answer with everybody's mail.
        const page = value.map(rowOf).filter(({ fromIp }) => fromIp === address);
        rows.push(...page);
        const last = page.at(-1);
        if (value.length < PAGE_ROWS || last === undefined || (last.receivedAt === end && last.recipient === after))
          break;
        // The next page begins where this one ended (Microsoft, Get-MessageTraceV2, “Pagination”).
        end = last.receivedAt;
        after = last.recipient;
      }
    }
  return judgeTraffic(
    {
      client: client.id,
      addresses,
      expected: [
        ...new Set([
          ...client.sites.flatMap(({ profile }) => profile.sender?.toLowerCase() ?? []),
          ...client.senders.map((one) => one.toLowerCase()),
        ]),
      ],
      rows: rows.slice(0, MOST_ROWS),
      from: new Date(now - (days - 1) * DAY_MS).toISOString(),
      to: new Date(now).toISOString(),
      cutShort,
    },
    t,
  );
}
