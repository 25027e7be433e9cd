/** The intent journal: what was sent and never answered is still known after a crash. */
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournal } from '../../../electron/storage/journal.ts';

const entry = {
  kind: 'apply',
  text: 'Create the connector.',
  environment: 'public',
  key: { name: 'RelayReady' },
} as const;

describe('intent journal', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'relayready-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('remembers what was sent, across a restart', async () => {
    const intent = await openJournal(folder).begin(entry);
    await intent.sent();
    expect(await openJournal(folder).pending()).toMatchObject([
      { id: intent.id, kind: 'apply', key: { name: 'RelayReady' } },
    ]);
  });
  it('has nothing to look up for what was never sent, or is done', async () => {
    const journal = openJournal(folder);
    await journal.begin(entry);
    const done = await journal.begin(entry);
    await done.sent();
    await done.done('created');
    expect(await journal.pending()).toEqual([]);
  });
  it('can be settled later', async () => {
    const journal = openJournal(folder);
    const intent = await journal.begin(entry);
    await intent.sent();
    await journal.settle(intent.id, 'found');
    expect(await journal.pending()).toEqual([]);
  });
  it('passes over a line that a crash cut short', async () => {
    const journal = openJournal(folder);
    const intent = await journal.begin(entry);
    await intent.sent();
    await appendFile(path.join(folder, 'journal.jsonl'), '{"event":"done","id":"');
    expect(await journal.pending()).toHaveLength(1);
  });
});
