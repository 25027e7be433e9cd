/** Import of broken, deep, hostile and huge files: every bad row is named, memory stays small, and nothing is kept by halves. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportPreview } from '../../../core/clients/import.ts';
import { english } from '../../../core/text.ts';
import { importClients, previewImport, type ImportOptions } from '../../../electron/clients/import.ts';
import { openClients, type Clients } from '../../../electron/storage/clients.ts';
import { clientsToCsv, clientsToLines } from '../../../core/clients/export.ts';

let folder = '';
let clients: Clients;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
  clients = openClients(path.join(folder, 'data'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, content: string | Buffer): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};
const optionsFor = (file: string): ImportOptions => ({
  source: { kind: 'path', path: file },
  environment: 'public',
  clients,
  context: { signal: AbortSignal.timeout(60_000), onProgress: () => undefined, t: english },
});
const preview = (file: string): Promise<ImportPreview> => previewImport(optionsFor(file));
const keep = async (file: string, leaveOutBad = false) =>
  importClients({ ...optionsFor(file), digest: (await preview(file)).digest, leaveOutBad });

it('several files that came with their text are one import, and each bad one is named', async () => {
  const files = [
    { name: 'one.json', text: '{"domain":"contoso.com"}' },
    { name: 'two.csv', text: 'domain\nfabrikam.com\nnowhere\n' },
    { name: 'three.jsonl', text: '{"domain":"northwind.example"}\n{' },
    { name: 'four.json', text: `{"domain":"${'x'.repeat(1024 * 1024)}"}` },
    { name: 'film.mp4', text: 'x' },
  ];
  const options = { ...optionsFor(''), source: { kind: 'files' as const, files } };
  const shown = await previewImport(options);
  expect(shown).toMatchObject({ added: 3, problemCount: 4 });
  expect(shown.problems.map(({ where }) => where)).toEqual(['two.csv:3', 'three.jsonl:2', 'four.json', 'film.mp4']);
  const { digest } = shown;
  await expect(importClients({ ...options, digest, leaveOutBad: false })).rejects.toMatchObject({ code: 'bad-input' });
  expect(await clients.all()).toEqual([]);
  expect(await importClients({ ...options, digest, leaveOutBad: true })).toMatchObject({ added: 3, leftOut: 4 });
  const renamed = {
    ...options,
    source: { ...options.source, files: files.map((file) => ({ ...file, name: `x${file.name}` })) },
  };
  expect((await previewImport(renamed)).digest).not.toBe(digest);
});

describe('a table', () => {
  it('rows of one client are its offices, rows of one office its devices', async () => {
    const file = put(
      'clients.csv',
      [
        'client,name,domain,sender,device,deviceName,publicIps,firmwareOn,colour',
        'Contoso,Head office,contoso.com,scanner@contoso.com,192.168.1.50,Hallway,203.0.113.7 203.0.113.8,2027-03-31,red',
        'Contoso,Head office,contoso.com,scanner@contoso.com,192.168.1.51,Upstairs,203.0.113.7 203.0.113.8,,red',
        'Contoso,"Branch, east",contoso.com,,,,198.51.100.9,,',
        ',,fabrikam.com,,,,,,',
      ].join('\r\n'),
    );
    const shown = await preview(file);
    expect(shown).toMatchObject({ rows: 4, added: 2, changed: 0, same: 0, problemCount: 0 });
    expect(shown.notes).toEqual(['The column “colour” is not known and not read.']);
    expect(await clients.all()).toEqual([]);
    expect(await keep(file)).toMatchObject({ added: 2, leftOut: 0 });
    const [contoso, fabrikam] = await openClients(path.join(folder, 'data')).all();
    expect(contoso).toMatchObject({
      name: 'Contoso',
      sites: [
        {
          id: 'head-office',
          profile: {
            publicIps: ['203.0.113.7', '203.0.113.8'],
            devices: [{ name: 'Hallway', address: '192.168.1.50' }, { name: 'Upstairs' }],
          },
        },
        { id: 'branch-east', profile: { name: 'Branch, east' } },
      ],
      reminders: [{ kind: 'firmware', what: 'Hallway', dueOn: '2027-03-31' }],
    });
    expect(fabrikam?.name).toBe('fabrikam.com');
    // The same file once more changes nothing, and an altered one is not what was looked at.
    expect(await keep(file)).toMatchObject({ added: 0, changed: 0, same: 2 });
    const { digest } = await preview(file);
    writeFileSync(file, readFileSync(file, 'utf8').replace('fabrikam.com', 'fabrikam.net'));
    await expect(importClients({ ...optionsFor(file), digest, leaveOutBad: false })).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
    expect((await clients.all()).map(({ name }) => name)).toEqual(['Contoso', 'fabrikam.com']);
  });

  const BAD: readonly [what: string, rows: string, where: string, field: string | null, text: RegExp][] = [
    ['a domain that is none', 'domain\ncontoso.com\ncontoso', 'x.csv:3', 'domain', /not a domain name/],
    ['no column “domain”', 'name\nContoso', 'x.csv:1', 'domain', /no column “domain”/],
    ['a column twice', 'domain,domain\ncontoso.com,fabrikam.com', 'x.csv:1', 'domain', /twice/],
    [
      'a quotation mark without its fellow',
      'domain,name\ncontoso.com,"x\nfabrikam.com,y',
      'x.csv:2',
      null,
      /quotation marks/,
    ],
    [
      'a quotation mark in the middle',
      'domain,name\ncontoso.com,"x"y\nfabrikam.com,z',
      'x.csv:2',
      null,
      /quotation marks/,
    ],
    ['more cells than columns', 'domain,name\ncontoso.com,x,y', 'x.csv:2', null, /3 cells, the first row only 2/],
    ['a formula', 'domain,name\ncontoso.com,"=HYPERLINK(""https://example.com"")"', 'x.csv:2', 'name', /formula/],
    ['a formula behind a plus', 'domain,notes\ncontoso.com,+cmd|calc', 'x.csv:2', 'notes', /formula/],
    ['NUL', 'domain,name\ncontoso.com,a\0b', 'x.csv:2', null, /NUL/],
    ['a control character', 'domain,name\ncontoso.com,a\u0007b', 'x.csv:2', 'name', /control character/],
    [
      'an address that is none',
      'domain,publicIps\ncontoso.com,203.0.113.999',
      'x.csv:2',
      'publicIps.0',
      /not an IPv4 address/,
    ],
    ['a date that is none', 'domain,firmwareOn\ncontoso.com,soon', 'x.csv:2', 'firmwareOn', /not a date/],
    [
      'a line without end',
      `domain,name\ncontoso.com,${'a'.repeat(1_100_000)}\nfabrikam.com,b`,
      'x.csv:2',
      null,
      /longer than/,
    ],
  ];
  it.each(BAD)('%s', async (_, rows, where, field, text) => {
    const file = put('x.csv', rows);
    const { problems, problemCount } = await preview(file);
    expect(problemCount).toBe(1);
    expect(problems[0]).toMatchObject({ where, field });
    expect(problems[0]?.text).toMatch(text);
    expect(problems[0]?.remedy).not.toBe('');
    await expect(keep(file)).rejects.toMatchObject({ code: 'bad-input' });
    expect(await clients.all()).toEqual([]);
    // The good rows behind a bad one are not lost with it.
    const good = rows.split('\n').filter((row) => row.startsWith('fabrikam.com')).length;
    if (good > 0) expect(await keep(file, true)).toMatchObject({ added: good, leftOut: 1 });
  });

  it('is read whatever its line ends, its separator and its byte order mark', async () => {
    const file = put('x.csv', '\uFEFFdomain;name\r\ncontoso.com;Ä\nfabrikam.com;"two\r\nlines"\rexample.com;c\r\n\r\n');
    const { problems, added } = await preview(file);
    expect(problems.map(({ where, text }) => [where, text])).toEqual([
      ['x.csv:3', '“name” is not right: holds a line break or control character; take it out.'],
    ]);
    expect(added).toBe(2);
  });

  it.each([
    ['UTF-16, as Excel’s “Unicode text” is', Buffer.from('\uFEFFdomain\ncontoso.com', 'utf16le'), /UTF-16/],
    [
      'a Windows code page',
      Buffer.concat([Buffer.from('domain,name\ncontoso.com,M'), Buffer.from([0xfc]), Buffer.from('ller')]),
      /not UTF-8/,
    ],
  ])('%s is named as what it is', async (_, bytes, text) => {
    const { problems, added } = await preview(put('x.csv', bytes));
    expect(added).toBe(0);
    expect(problems.map((one) => [one.text, one.remedy].join(' ')).join()).toMatch(text);
    expect(problems[0]?.remedy).toMatch(/UTF-8/);
  });

  it('a column of passwords is not read, and the person is told', async () => {
    const file = put('x.csv', 'domain,Kennwort\ncontoso.com,hunter2');
    expect((await preview(file)).notes.join()).toMatch(/looks like secrets/);
    await keep(file);
    expect(readFileSync(path.join(folder, 'data/clients/clients.jsonl'), 'utf8')).not.toContain('hunter2');
  });
});

describe('JSON', () => {
  const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
  it.each<[string, string, string | null, RegExp]>([
    ['no JSON', '{"domain":', null, /not JSON/],
    ['nested without end', deep, null, /nested too deeply/],
    [
      'a key into the making of objects',
      '{"domain":"contoso.com","__proto__":{"polluted":true}}',
      '__proto__',
      /no field/,
    ],
    [
      'another such key',
      '{"domain":"contoso.com","devices":[{"constructor":{"prototype":{}}}]}',
      'prototype',
      /no field/,
    ],
    ['a field nobody knows', '{"domain":"contoso.com","password":"x"}', 'password', /no field “password”/],
    ['a list', '[]', 'document', /not right/],
    ['a wrong type', '{"domain":7}', 'domain', /not right/],
    [
      'a client without offices',
      '{"schema":"relayready/client@1","id":"11111111-2222-4333-8444-555555555555","name":"x","sites":[],"addedAt":"2026-01-01T00:00:00Z"}',
      'sites',
      /one office at least/,
    ],
  ])('%s', async (_, line, field, text) => {
    const lines = put('x.jsonl', `{"domain":"fabrikam.com"}\n${line}\n\n{"domain":"example.com"}`);
    const place = path.join(folder, 'many');
    mkdirSync(place);
    writeFileSync(path.join(place, 'bad.json'), line);
    writeFileSync(path.join(place, 'good.json'), '{"domain":"fabrikam.com"}');
    for (const [file, where] of [
      [lines, 'x.jsonl:2'],
      [place, 'bad.json'],
    ] as const) {
      const { problems, problemCount, added } = await preview(file);
      expect(problemCount).toBe(1);
      expect(problems[0]).toMatchObject({ where, field });
      expect(problems[0]?.text).toMatch(text);
      expect(added).toBe(file === lines ? 2 : 1);
      await expect(keep(file)).rejects.toMatchObject({ code: 'bad-input' });
    }
    expect(await clients.all()).toEqual([]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('what is no file in a folder is named and not waited for', async () => {
    const place = path.join(folder, 'many');
    mkdirSync(place);
    writeFileSync(path.join(place, 'huge.json'), ' '.repeat(2_000_000));
    symlinkSync('/dev/zero', path.join(place, 'endless.json'));
    symlinkSync(path.join(folder, 'nowhere'), path.join(place, 'gone.json'));
    const { problems } = await preview(place);
    expect(problems.map(({ where }) => where)).toEqual(['endless.json', 'gone.json', 'huge.json']);
  });

  it('an organisation cannot be claimed by a file', async () => {
    const id = '11111111-2222-4333-8444-555555555555';
    await keep(
      put(
        'x.jsonl',
        JSON.stringify({
          schema: 'relayready/client@1',
          id,
          name: 'x',
          tenantId: 'theirs',
          sites: [{ id: 'a', here: true, profile: { domain: 'contoso.com' } }],
          addedAt: '2026-01-01T00:00:00Z',
        }),
      ),
    );
    expect(await clients.get(id)).toMatchObject({ tenantId: null, sites: [{ here: false }] });
  });
});

describe('export', () => {
  it('comes back as it was, and a table program runs nothing of it', async () => {
    const rows =
      'client,name,domain,device,deviceName,publicIps,connector\nContoso,Head,contoso.com,10.0.0.1,"A ""big"" one",203.0.113.7,Relay\n';
    await keep(put('x.csv', rows));
    const [contoso] = await clients.all();
    if (!contoso) throw new Error('nothing was imported');
    await clients.put({
      ...contoso,
      name: '=1+1',
      sites: contoso.sites.map((site) => ({ ...site, here: true, profile: { ...site.profile, notes: 'secret' } })),
    });
    const now = await clients.all();
    const table = clientsToCsv(now);
    expect(table).toContain(`"'=1+1"`);
    expect(table).not.toMatch(/(^|,|\n)[=+@-]/);
    expect(table + clientsToLines(now)).not.toContain('secret');
    const lines = put('again.jsonl', clientsToLines(now.map((one) => ({ ...one, name: 'Contoso' }))));
    expect(await keep(lines)).toMatchObject({ added: 0, changed: 1 });
    const csv = put('again.csv', clientsToCsv(await clients.all()));
    expect(await keep(csv)).toMatchObject({ added: 0, leftOut: 0 });
    expect((await clients.all())[0]?.sites[0]?.profile).toEqual({ ...contoso.sites[0]?.profile });
  });
});
