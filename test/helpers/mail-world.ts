/** A world of one mail host and one name server on loopback, as an environment file for the command line. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';

export const RELAY_HOST = 'contoso-com.mail.protection.outlook.com';

/** @returns the environment file; `ca` is a PEM text trusted there */
export function writeMailWorld(
  folder: string,
  { smtpPort, dnsPort, ca }: { readonly smtpPort: number; readonly dnsPort: number; readonly ca: string },
): string {
  writeFileSync(path.join(folder, 'ca.pem'), ca);
  const file = path.join(folder, 'environment.json');
  writeFileSync(
    file,
    JSON.stringify({
      schema: 'relayready/environment@1',
      name: 'servers',
      login: {
        authority: 'https://localhost:9',
        clientId: '11111111-2222-3333-4444-555555555555',
        scopes: ['https://outlook.office365.com/Exchange.Manage'],
      },
      exchange: { adminApi: 'https://localhost:9/adminapi/beta' },
      relay: { hostSuffixes: ['mail.protection.outlook.com'], spfInclude: 'spf.protection.outlook.com', smtpPort },
      dns: { servers: [`127.0.0.1:${dnsPort}`] },
      publicIp: [],
      blocklists: [],
      trust: { caFile: 'ca.pem' },
      loopback: true,
    }),
  );
  return file;
}
