/** What the program knows at start, and simulated worlds. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import type { EnvironmentInfo } from '../../core/calls/program.ts';
import { LANGUAGES } from '../../core/i18n/languages.ts';
import { knownChecks } from '../office.ts';
import { loadBrands } from '../storage/assets.ts';
import { readLanguage } from '../storage/languages.ts';
import { readNotices } from '../storage/notices.ts';
import { VERSION } from '../version.ts';
import type { World } from '../worlds.ts';
import type { programCalls } from '../../core/calls/program.ts';
import type { EngineParts, PartOf } from './engine-parts.ts';
import { pendingIntent } from './pending.ts';

export const infoOf = ({ environment }: World): EnvironmentInfo => ({
  name: environment.name,
  practice: environment.practice?.scenario ?? null,
  canSignIn: environment.login.clientId !== null,
  relayPort: environment.relay.smtpPort,
  spfInclude: environment.relay.spfInclude,
});

export const programPart = ({ worlds, journal }: EngineParts): PartOf<typeof programCalls> => ({
  'app.info': async (_, { t }) => {
    const { listScenarios } = await import('../practice/practice.ts');
    const scenarios = await listScenarios();
    return {
      version: VERSION,
      environments: worlds.all().map(infoOf),
      scenarios: scenarios.map(({ id, title, story, place, station, learn, real, call }) => ({
        id,
        title: t(title),
        story: t(story),
        place,
        station,
        learn: t(learn),
        real: t(real),
        call: t(call),
      })),
      brands: await loadBrands(t),
      languages: [...LANGUAGES],
      pending: (await journal.pending()).map((entry) => pendingIntent(entry, worlds)),
      checks: await knownChecks(),
      startEnvironment: worlds.start,
    };
  },
  'app.licences': async () => ({ text: await readNotices() }),
  'app.language': ({ tag }) => readLanguage(tag),
  'practice.start': async ({ scenario, files, resumed }, { signal }) => {
    const { startPractice } = await import('../practice/practice.ts');
    const practice = await startPractice({ scenario, signal, resumed });
    const folder = files ? await mkdtemp(path.join(tmpdir(), 'relayready-practice-')) : null;
    const world = await worlds.add({
      environment: practice.environment,
      openBrowser: (url) => practice.signIn(url),
      publish: practice.publish,
      stop: async () => {
        await practice.stop();
        if (folder !== null) await rm(folder, { recursive: true, force: true });
      },
    });
    return {
      ...infoOf(world),
      profile: practice.profile,
      environmentFile: folder === null ? null : await practice.writeEnvironment(folder),
    };
  },
  'practice.publish': async ({ environment, record }) => {
    const { publish } = worlds.get(environment);
    if (!publish)
      throw new AppError('bad-environment', say('Only a simulated DNS can be changed from here.'), {
        remedy: say('Publish the record at your DNS host.'),
      });
    publish(record);
    return {};
  },
});
