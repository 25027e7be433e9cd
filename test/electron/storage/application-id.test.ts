/** Where the application id comes from: the variable before the settings before what is built in; never nonsense. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { applicationId, saveApplicationId } from '../../../electron/storage/application-id.ts';
import { openSightings } from '../../../electron/storage/sightings.ts';
import { createWorlds } from '../../../electron/worlds.ts';

const ONE = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const THIRD = '33333333-3333-4333-8333-333333333333';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
  vi.stubEnv('RELAYREADY_CLIENT_ID', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it('is built in, else kept in the settings, else told by the variable; the last word has the variable', async () => {
  expect(applicationId(folder, undefined)).toBeNull();
  expect(applicationId(folder, ONE)).toBe(ONE);
  await saveApplicationId(folder, OTHER);
  expect(applicationId(folder, ONE)).toBe(OTHER);
  vi.stubEnv('RELAYREADY_CLIENT_ID', THIRD);
  expect(applicationId(folder, ONE)).toBe(THIRD);
});

it.each(['nonsense', '{"schema":"relayready/settings@1","clientId":"nonsense"}', ''])(
  'a damaged settings file counts as none: %s',
  (content) => {
    writeFileSync(path.join(folder, 'settings.json'), content);
    expect(applicationId(folder, ONE)).toBe(ONE);
    vi.stubEnv('RELAYREADY_CLIENT_ID', 'nonsense');
    expect(applicationId(folder, 'nonsense')).toBeNull();
  },
);

it('entered, every cloud can sign in at once; a simulated world keeps its own', async () => {
  const worlds = createWorlds({ clientId: null }, openSightings(folder));
  const [cloud] = worlds.all();
  if (!cloud) throw new Error('no cloud');
  const { login } = cloud.environment;
  await worlds.add({ environment: { ...cloud.environment, name: 'other', login: { ...login, clientId: OTHER } } });
  const ids = () => worlds.all().map(({ environment }) => [environment.name, environment.login.clientId]);
  expect(ids()).toContainEqual(['public', null]);
  worlds.useApplication(ONE);
  expect(ids()).toEqual([
    ['public', ONE],
    ['gcc-high', ONE],
    ['dod', ONE],
    ['21vianet', ONE],
    ['other', OTHER],
  ]);
  await worlds.close();
});
