/** The memory of addresses: kept per office, bounded, and never in a check's way. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { daysSeen, withSighting } from '../../../core/evidence/sighting.ts';
import { openSightings } from '../../../electron/storage/sightings.ts';

const folder = () => mkdtemp(path.join(os.tmpdir(), 'relayready-test-'));

describe('sightings', () => {
  it('are kept per environment and domain', async () => {
    const sightings = openSightings(await folder());
    await Promise.all([
      sightings.add('public', 'contoso.com', ['203.0.113.7']),
      sightings.add('public', 'fabrikam.com', ['198.51.100.7']),
    ]);
    expect((await sightings.of('public', 'contoso.com')).map(({ address }) => address)).toEqual(['203.0.113.7']);
    expect(await sightings.of('practice', 'contoso.com')).toEqual([]);
  });
  it('remember the first time and move the last', () => {
    const first = withSighting([], ['203.0.113.7'], '2026-01-01T00:00:00.000Z');
    const second = withSighting(first, ['203.0.113.7'], '2026-03-12T12:00:00.000Z');
    expect(second).toEqual([
      { address: '203.0.113.7', first: '2026-01-01T00:00:00.000Z', last: '2026-03-12T12:00:00.000Z' },
    ]);
    expect(daysSeen(second[0] as never)).toBe(70);
  });
  it('stay few', () => {
    let sightings = withSighting([], [], '2026-01-01T00:00:00.000Z');
    for (let at = 0; at < 100; at += 1)
      sightings = withSighting(sightings, [`203.0.113.${at}`], '2026-01-02T00:00:00.000Z');
    expect(sightings).toHaveLength(20);
    expect(sightings.at(-1)?.address).toBe('203.0.113.99');
  });
  it('in a damaged file are none, and the next one heals it', async () => {
    const place = await folder();
    await writeFile(path.join(place, 'addresses.json'), '{"public contoso.com": 7');
    const sightings = openSightings(place);
    expect(await sightings.of('public', 'contoso.com')).toEqual([]);
    await sightings.add('public', 'contoso.com', ['203.0.113.7']);
    expect(JSON.parse(await readFile(path.join(place, 'addresses.json'), 'utf8'))).toHaveProperty([
      'public contoso.com',
    ]);
  });
  it('that cannot be written are left out', async () => {
    const place = path.join(await folder(), 'file');
    await writeFile(place, '');
    await expect(openSightings(place).add('public', 'contoso.com', ['203.0.113.7'])).resolves.toBeUndefined();
  });
});
