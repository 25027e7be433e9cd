/** Clients as a file for a table program or another computer; nothing in it is run by a table program, and nothing secret is in it. */
import type { Client } from './client.ts';

const HEAD =
  'client,name,domain,sender,device,deviceName,brand,model,publicIps,relayHost,internal,external,connector,authentication,certificateName,requireTls,firmwareOn,certificateOn';

/** A sign before what would be a formula (OWASP, CSV injection), or begins with such signs already; the import takes it away again. */
const cell = (text: string | null): string => {
  const safe = (text ?? '').replaceAll(/[\r\n\t]+/g, ' ').replace(/^(?='*[=+\-@])/, "'");
  return /[",;']/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** One row a device, one at least for each office. */
function rowsOf({ name: client, sites, reminders }: Client): readonly string[] {
  const dayOf = (kind: string, what: string | null): string | null =>
    reminders.find((one) => one.kind === kind && (one.what === what || what === null))?.dueOn ?? null;
  return sites.flatMap(({ profile }) => {
    const { name, domain, sender, devices, publicIps, relayHost, testRecipients, connector } = profile;
    const none = { address: null, name: null, brand: null, model: null };
    return (devices.length === 0 ? [none] : devices).map((device) =>
      [
        client,
        name,
        domain,
        sender,
        device.address,
        device.name,
        device.brand,
        device.model,
        publicIps.join(' '),
        relayHost,
        testRecipients.internal,
        testRecipients.external,
        connector.name,
        connector.authentication,
        connector.certificateName,
        String(connector.requireTls),
        dayOf('firmware', device.name || name),
        dayOf('certificate', connector.certificateName ?? name),
      ]
        .map(cell)
        .join(','),
    );
  });
}

/** UTF-8 with a byte order mark, without which Excel takes it for something else. Notes stay behind: people write anything there. */
export const clientsToCsv = (clients: readonly Client[]): string =>
  `\uFEFF${[HEAD, ...clients.flatMap(rowsOf)].map((row) => `${row}\r\n`).join('')}`;

/** Whole clients, one a line; which office this computer stands in and what was seen stay behind. */
export const clientsToLines = (clients: readonly Client[]): string =>
  clients
    .map(
      (client) =>
        `${JSON.stringify({
          ...client,
          tenantId: null,
          seenAt: null,
          sites: client.sites.map((site) => ({ ...site, here: false, profile: { ...site.profile, notes: '' } })),
        })}\n`,
    )
    .join('');
