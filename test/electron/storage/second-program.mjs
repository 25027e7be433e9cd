/** Another program on the same data folder: `node second-program.mjs FOLDER NAME COUNT` saves so many clients, intents and set-ups. */
import { randomUUID } from 'node:crypto';
import { setUp } from '../../../scripts/set-up.mjs';

setUp();
const { openClients } = await import('../../../dist/electron/storage/clients.js');
const { openJournal } = await import('../../../dist/electron/storage/journal.js');
const { openSetUps } = await import('../../../dist/electron/storage/set-ups.js');
const { Profile } = await import('../../../dist/core/profile.js');
const { Client } = await import('../../../dist/core/clients/client.js');

const [, , folder = '', name = '', count = '0', shared = ''] = process.argv;
const clients = openClients(folder);
const journal = openJournal(folder);
const setUps = openSetUps(folder);
/** Set-ups that were saved, and those another program had saved meanwhile. */
const told = { saved: 0, meanwhile: 0 };
for (let at = 0; at < Number(count); at += 1) {
  const profile = Profile.parse({ domain: 'contoso.com', name: `${name} ${at}` });
  await clients.put(
    Client.parse({
      id: randomUUID(),
      name: `${name} ${at}`,
      sites: [{ id: 'main', profile }],
      addedAt: new Date().toISOString(),
    }),
  );
  const intent = await journal.begin({ kind: 'test-mail', text: `${name} ${at}`, environment: 'public', key: {} });
  await intent.sent();
  const loaded = await setUps.load(shared);
  const savedAt = `${new Date().toISOString()} ${name} ${at}`;
  try {
    await setUps.save({ ...loaded, profile, savedAt, skipped: [...loaded.skipped, `${name} ${at}`] }, [loaded.savedAt]);
    told.saved += 1;
  } catch (error) {
    if (error.code !== 'changed-meanwhile') throw error;
    told.meanwhile += 1;
  }
}
process.stdout.write(JSON.stringify(told));
