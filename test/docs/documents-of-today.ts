/** One of every public document, made by the program in a simulated world; what compatibility.test.ts freezes for a version. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from '../../core/clients/client.ts';
import type { LookedLine } from '../../core/clients/looked-line.ts';
import type { Method, Params, Result } from '../../core/contract.ts';
import { AppError } from '../../core/errors.ts';
import { shareSetUp } from '../../core/report/share-set-up.ts';
import { Schedule } from '../../core/schedule/schedule.ts';
import { english, say } from '../../core/text.ts';
import { createApi } from '../../electron/api.ts';
import { lookAtClients } from '../../electron/clients/look-at-clients.ts';
import { call, wireError } from '../../electron/dispatch.ts';
import { toolRunner } from '../../electron/schedule/run-command.ts';
import { openSchedules } from '../../electron/schedule/schedules.ts';
import { fakeTools } from '../electron/schedule/fake-tools.ts';
import { wholeJob } from '../helpers/whole-job.ts';

const ID = '11111111-2222-4333-8444-555555555555';

/** By file name without its ending; the part before the first dot is the document's name. */
export async function documentsOfToday(): Promise<ReadonlyMap<string, unknown>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
  const made = new Map<string, unknown>();
  try {
    for (const scenario of ['new-tenant', 'bad-day']) await addJob(made, scenario);
    await addClient(made, path.join(folder, 'data'));
    await addSchedule(made, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const refused = new AppError('bad-input', say('There is no field “{field}”.', { field: 'domian' }), {
    field: 'domian',
  });
  made.set('error', wireError(refused, english));
  return new Map([...made].map(([name, document]) => [name, steady(document, folder)]));
}

async function addJob(made: Map<string, unknown>, scenario: string): Promise<void> {
  const job = await wholeJob(scenario);
  try {
    const { setUp } = job;
    const { environment, profile, report, plan, outcome, spf, test } = setUp;
    made.set(`set-up.${scenario}`, shareSetUp(setUp));
    for (const [name, document] of Object.entries({ profile, report, plan, outcome, spf, test }))
      if (document) made.set(`${name}.${scenario}`, document);
    const message = test?.messages.find(({ outcome: became }) => became === 'accepted');
    if (message)
      made.set(
        `trace.${scenario}`,
        await job.call('message.trace', { environment, messageId: message.messageId ?? '' }),
      );
    made.set(`review.${scenario}`, await job.call('review.open', { text: JSON.stringify(shareSetUp(setUp)) }));
    const text = '550 5.7.64 TenantAttribution; Relay Access Denied';
    made.set('explanation', await job.call('reply.explain', { text }));
  } finally {
    await job.close();
  }
}

/** An office that has moved: looked at, with its repair and its mail. */
async function addClient(made: Map<string, unknown>, dataFolder: string): Promise<void> {
  const api = createApi({ dataFolder, openBrowser: () => Promise.reject(new Error('no browser here')) });
  const context = { signal: AbortSignal.timeout(120_000), onProgress: () => undefined, t: english };
  const ask = <M extends Method>(method: M, params: Params<M>): Promise<Result<M>> =>
    call(api.engine, method, params, context);
  try {
    const { name: environment, profile } = await ask('practice.start', { scenario: 'moved-office' });
    const { ca: _, ...world } = api.worlds.get(environment).environment;
    made.set('environment', { ...world, trust: { caFile: 'ca.pem' } });
    const client = Client.parse({
      id: ID,
      name: 'Contoso',
      environment,
      sites: [{ id: 'main', here: true, profile: { ...profile, publicIps: ['198.51.100.99'] } }],
      senders: ['archive@contoso.com'],
      reminders: [{ kind: 'firmware', what: 'Scanner in the hallway', dueOn: '2027-03-31' }],
      addedAt: '2026-01-01T00:00:00Z',
    });
    await ask('clients.save', { client });
    for (let look = 0; look < 2; look += 1)
      await lookAtClients({
        ids: null,
        place: 'tell',
        clients: api.clients,
        worlds: api.worlds,
        context,
        onLooked: async ({ look: kept, ...told }) => {
          if (look > 0) return;
          const line: LookedLine = { schema: 'relayready/looked@1', ...told, at: kept?.at ?? null };
          made.set('looked', line);
          made.set('look', kept);
        },
      });
    await ask('sign-in.start', { environment, profile });
    made.set('client', (await ask('clients.get', { id: ID })).client);
    made.set('repair', await ask('clients.repair', { id: ID, takeAway: ['198.51.100.99'] }));
    made.set('traffic', await ask('clients.traffic', { id: ID }));
  } finally {
    await api.close();
  }
}

async function addSchedule(made: Map<string, unknown>, folder: string): Promise<void> {
  const home = path.join(folder, 'home');
  for (const one of ['data', '.config']) mkdirSync(path.join(home, one), { recursive: true });
  const tools = fakeTools(path.join(folder, 'tools'), home);
  const run = toolRunner();
  const schedules = openSchedules({
    place: { platform: 'linux', home, env: {}, dataFolder: path.join(home, 'data'), uid: 501, user: 'office' },
    program: { file: process.execPath, args: [path.join(folder, 'relayready.mjs')], packaged: false },
    run: (file, args, options) => run(file, args, { ...options, env: { ...options.env, ...tools.env } }),
    lastLook: async () => '2026-01-02T03:04:05.000Z',
  });
  const context = { signal: new AbortController().signal, t: english };
  const wanted = Schedule.parse({ every: 'week', on: 'friday', at: '18:45' });
  const { digest } = await schedules.show(wanted, context);
  made.set('schedule', await schedules.install(wanted, digest, context));
}

/** Without this computer's paths, today's date and how long it took. */
function steady(document: unknown, folder: string): unknown {
  const text = JSON.stringify(document)
    .replaceAll(folder, '/home/office')
    .replaceAll(process.execPath, '/usr/bin/node')
    .replaceAll(/\b20(2[6-9]|[3-9]\d)-\d\d-\d\dT[\d:.]+Z/g, (time) =>
      time.startsWith('2026-01-0') ? time : '2026-11-25T07:00:00.000Z',
    );
  return JSON.parse(text, (key, value: unknown) =>
    (key === 'durationMs' || key === 'atMs') && typeof value === 'number' ? 5 : value,
  );
}
