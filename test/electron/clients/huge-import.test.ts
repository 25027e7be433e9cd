/** Import of huge files, and of files while the program is killed: memory stays small, nothing is kept by halves. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { english } from '../../../core/text.ts';
import { previewImport } from '../../../electron/clients/import.ts';
import { openClients } from '../../../electron/storage/clients.ts';
import { watchMemory } from '../../helpers/peak-memory.ts';
import { relayready, root } from '../commands/command-line.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('huge', () => {
  it(
    'a table of 120 MB: every bad row is named, memory stays small, nothing is kept',
    { timeout: 180_000 },
    async () => {
      const file = path.join(folder, 'huge.csv');
      const stream = createWriteStream(file);
      stream.write('client,name,domain,sender,publicIps,notes\n');
      const notes = 'x'.repeat(1000);
      let rows = 0;
      for (let bytes = 0; bytes < 120_000_000; rows += 1) {
        // The same fifty clients over and over; every thousandth row is bad.
        const row = `Client ${rows % 50},Office,client${rows % 50}.example,,${rows % 1000 === 999 ? 'nowhere' : '203.0.113.7'},${notes}\n`;
        bytes += row.length;
        if (!stream.write(row)) await once(stream, 'drain');
      }
      stream.end();
      await once(stream, 'close');
      let peak = () => 0;
      const dataFolder = path.join(folder, 'data');
      const ran = await relayready(['fleet', 'import', file, '--json'], {
        dataFolder,
        onStart: (child) => void (peak = watchMemory(child)),
      });
      expect(ran.code, ran.stderr.slice(0, 2000)).toBe(2);
      const named = ran.stderr.split('\n').filter((line) => line.startsWith('huge.csv:') && line.includes('publicIps'));
      // Each once by name, and the first one again in the error.
      expect(named.length).toBe(Math.floor(rows / 1000));
      expect(JSON.parse(ran.stdout)).toMatchObject({ schema: 'relayready/error@1', code: 'bad-input' });
      expect(existsSync(path.join(dataFolder, 'clients/clients.jsonl'))).toBe(false);
      if (peak() > 0) expect(peak()).toBeLessThanOrEqual(300);
      else console.log('The memory of a process cannot be told on this system, so it was not held against its limit.');
    },
  );

  it('one line of 110 MB is passed over without being kept', { timeout: 120_000 }, async () => {
    const file = path.join(folder, 'line.jsonl');
    const stream = createWriteStream(file);
    for (let part = 0; part < 110; part += 1)
      if (!stream.write('{"domain":'.repeat(100_000))) await once(stream, 'drain');
    stream.end('\n{"domain":"contoso.com"}\n');
    await once(stream, 'close');
    const { problems, added } = await previewImport({
      source: { kind: 'path', path: file },
      environment: 'public',
      clients: openClients(path.join(folder, 'data')),
      context: { signal: AbortSignal.timeout(60_000), onProgress: () => undefined, t: english },
    });
    expect(problems.map(({ where }) => where)).toEqual(['line.jsonl:1']);
    expect(added).toBe(1);
  });

  it('killed while it keeps a thousand clients, it has kept all of them or none', { timeout: 120_000 }, async () => {
    const file = path.join(folder, 'many.jsonl');
    writeFileSync(file, Array.from({ length: 1000 }, (_, at) => `{"domain":"client${at}.example"}\n`).join(''));
    const dataFolder = path.join(folder, 'data');
    const seen = new Set<number>();
    for (const delayMs of [250, 350, 450, 550, 700]) {
      const child = spawn(process.execPath, [path.join(root, 'bin/relayready.mjs'), 'fleet', 'import', file], {
        env: { ...process.env, RELAYREADY_DATA: dataFolder },
        stdio: 'ignore',
      });
      const timer = setTimeout(() => child.kill('SIGKILL'), delayMs);
      await once(child, 'close');
      clearTimeout(timer);
      seen.add((await openClients(dataFolder).all()).length);
    }
    expect([...seen].filter((count) => count !== 0 && count !== 1000)).toEqual([]);
  });
});
