/** What people and other programs hand over, fuzzed: records, documents, tables, command lines, names. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll } from 'vitest';
import { Profile } from '../../core/profile.ts';
import { readReview } from '../../core/report/read-review.ts';
import { mendRecord } from '../../core/spf/mend-record.ts';
import { parseRecord } from '../../core/spf/parse-record.ts';
import { english, say } from '../../core/text.ts';
import { readEnvironment } from '../../electron/storage/read-document.ts';
import { readProfileText } from '../../electron/storage/read-profiles.ts';
import { openSetUps } from '../../electron/storage/set-ups.ts';
import { checkOutput } from '../../electron/storage/write-output.ts';
import { readArguments } from '../../electron/terminal/arguments.ts';
import type { Command } from '../../electron/terminal/command.ts';
import { damagedText, fuzz, hostileText } from './fuzzing.ts';
import { onlyErrors } from './fuzzing.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-fuzz-'));
  mkdirSync(path.join(folder, 'set-ups'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

fuzz(
  'SPF records',
  fc.oneof(
    damagedText(
      'v=spf1 ip4:203.0.113.7 ip4:198.51.100.0/24 include:spf.protection.outlook.com a:mail.contoso.com mx -all',
      'v=spf1 exists:%{ir}.%{v}._spf.%{d2} ?ptr redirect=_spf.contoso.com exp=why.contoso.com',
    ),
    hostileText('v=spf1', ' include:', ' ip6:2001:db8::/32', ' a/24//64', '%{l1r+}', ' ~all', ' redirect='),
  ),
  (text) => {
    const { terms } = parseRecord(text);
    for (const { offset, text: word } of terms)
      if (text.slice(offset, offset + word.length) !== word) throw new Error('a term stands elsewhere');
    void mendRecord(text);
  },
);

const profile = JSON.stringify({
  schema: 'relayready/profile@1',
  name: 'Contoso',
  domain: 'contoso.com',
  sender: 'scanner@contoso.com',
  devices: [
    {
      name: 'Hall',
      address: '192.168.1.50',
      brand: 'Ricoh',
      model: 'IM C3000',
    },
  ],
  publicIps: ['203.0.113.7'],
  connector: {
    name: 'RelayReady',
    authentication: 'ip',
    certificateName: null,
    requireTls: true,
  },
  notes: 'x',
});
async function rowsOf(name: string, text: string, cut: number): Promise<void> {
  const bytes = Buffer.from(text);
  async function* source(): AsyncGenerator<Buffer> {
    yield bytes.subarray(0, cut);
    yield await Promise.resolve(bytes.subarray(cut));
  }
  for await (const row of readProfileText(name, source())) {
    if (!row.where.startsWith(`${name}:`)) throw new Error(`no place: ${row.where}`);
    if ('profile' in row) Profile.parse(row.profile);
    else if ('problem' in row && english(row.problem) === '') throw new Error('no words');
  }
}
fuzz('profiles, one a line', fc.tuple(damagedText(profile, `${profile}\n${profile}\r\n`), fc.nat(400)), ([text, cut]) =>
  onlyErrors(() => rowsOf('x.jsonl', text, cut), 'bad-option'),
);
fuzz(
  'tables',
  fc.tuple(
    fc.oneof(
      damagedText(
        'client,name,domain,device,publicIps\r\nContoso,Front,contoso.com,192.168.1.50,203.0.113.7\r\n"Fabrikam, Inc","a ""b""\r\nc",fabrikam.com,,"198.51.100.1;198.51.100.2"\r\n',
        'name;domain;password\nA;contoso.com;secret\n',
      ),
      hostileText('domain', ',', ';', '"', '\r\n', 'contoso.com'),
    ),
    fc.nat(300),
  ),
  ([text, cut]) => onlyErrors(() => rowsOf('x.csv', text, cut), 'bad-option'),
);

const report = `{"schema":"relayready/report@1","profile":${profile},"environment":"public","practice":false,"startedAt":"2026-11-25T10:00:00.000Z","durationMs":5,"verdict":"ready","results":[]}`;
const setUp = `{"schema":"relayready/set-up@1","id":"0b7c2c1e-5c0a-4b57-9a43-0d9b8f6f1a11","profile":${profile},"environment":"public","step":"line","skipped":[],"finished":[],"report":${report},"spf":null,"plan":null,"outcome":null,"test":null,"savedAt":"2026-11-25T10:00:00.000Z"}`;
fuzz('reports and set-ups of others', damagedText(report, setUp), (text) =>
  onlyErrors(() => readReview(text, () => 'id'), 'bad-input'),
);
fuzz(
  'saved set-ups',
  damagedText(setUp),
  async (text) => {
    const file = path.join(folder, 'set-ups', '0b7c2c1e-5c0a-4b57-9a43-0d9b8f6f1a11.json');
    writeFileSync(file, text);
    const store = openSetUps(folder);
    await onlyErrors(() => store.load('0b7c2c1e-5c0a-4b57-9a43-0d9b8f6f1a11'), 'not-found', 'storage');
    // Never gone: it is where it was, or set aside.
    if (readdirSync(path.join(folder, 'set-ups')).length === 0) throw new Error('a file is gone');
    for (const name of readdirSync(path.join(folder, 'set-ups')))
      rmSync(path.join(folder, 'set-ups', name), { recursive: true });
  },
  { fewer: [4, 1] },
);
fuzz(
  'environment files',
  damagedText(
    '{"schema":"relayready/environment@1","name":"lab","login":{"authority":"https://login.contoso.com","clientId":null,"scopes":["x"]},"exchange":{"url":"https://outlook.contoso.com"},"relay":{"smtpPort":25,"spfInclude":"spf.contoso.com"},"dns":{"servers":["127.0.0.1:5353"]}}',
  ),
  async (text) => {
    const file = path.join(folder, 'environment.json');
    writeFileSync(file, text);
    await onlyErrors(() => readEnvironment(file), 'bad-environment');
  },
  { fewer: [2, 1] },
);

const command: Command = {
  summary: say('x'),
  usage: '',
  positionals: 1,
  examples: [],
  run: () => Promise.resolve(0),
  options: {
    out: {
      type: 'string',
      value: 'FILE',
      help: say('x'),
    },
    yes: {
      type: 'boolean',
      help: say('x'),
    },
  },
};
fuzz(
  'command lines',
  fc.array(
    fc.oneof(
      hostileText('--', '-', '=', 'domain', 'out', 'json', 'yes'),
      fc.constantFrom('--json', '--out', '--domain=contoso.com', '--', '--yes=1', '-h'),
    ),
    { maxLength: 6 },
  ),
  (argv) => onlyErrors(() => readArguments(argv, command), 'bad-option'),
);
fuzz('names of files to write', hostileText('report', '.pdf', '.html', '/', 'CON', 'NUL.txt', ' '), (name) =>
  onlyErrors(() => checkOutput(name, ['.pdf', '.html']), 'bad-option'),
);
fuzz(
  'names of damaged files',
  hostileText('0b7c2c1e-5c0a-4b57-9a43-0d9b8f6f1a11', '.json', '.damaged-', '1', '../', '/etc/passwd'),
  async (name) => {
    await onlyErrors(() => openSetUps(folder).takeNote(name), 'not-found', 'storage');
    if (readdirSync(folder).some((one) => !['set-ups', 'environment.json'].includes(one))) throw new Error('outside');
  },
  { fewer: [2, 1] },
);
