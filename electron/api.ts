/** Binds every contract method to the code that does it; the three hosts call nothing else. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LANGUAGES } from '../core/i18n/translate-for.ts';
import { say } from '../core/text.ts';
import { AppError } from '../core/errors.ts';
import { explain } from '../core/explain/explain.ts';
import type { EnvironmentInfo, PendingIntent } from '../core/contract.ts';
import type { Profile } from '../core/profile.ts';
import { renderChecklist } from '../core/report/render-checklist.ts';
import { renderHandover } from '../core/report/render-handover.ts';
import { renderReport } from '../core/report/render-report.ts';
import { clickPath } from '../core/script/click-path.ts';
import { letterToAdministrator } from '../core/script/letter.ts';
import { powershellScript } from '../core/script/powershell.ts';
import { registration } from '../core/script/registration.ts';
import { makePlan } from '../core/plan/make-plan.ts';
import type { CallContext, Engine } from './dispatch.ts';
import { applyPlan, undoOutcome } from './microsoft/apply-plan.ts';
import { connectExchange, type Exchange } from './microsoft/exchange.ts';
import { readTenant } from './microsoft/read-tenant.ts';
import { insteadOfEarlier } from './microsoft/latest-sign-in.ts';
import { signIn } from './microsoft/sign-in.ts';
import { traceMessage } from './microsoft/trace.ts';
import { catchMail } from './mail/catcher.ts';
import { sendUntilTaken } from './mail/send-until-taken.ts';
import { applicationId, saveApplicationId } from './storage/application-id.ts';
import { loadBrands } from './storage/assets.ts';
import { openJournal, type Journal } from './storage/journal.ts';
import { loadOutcome, saveOutcome } from './storage/outcomes.ts';
import { openSetUps, type SetUps } from './storage/set-ups.ts';
import { openSightings } from './storage/sightings.ts';
import {
  addresses,
  check,
  dnsHostOf,
  evaluateSpfOf,
  spreadOfRecord,
  knownChecks,
  relayHost,
  tenantOf,
} from './office.ts';
import { createWorlds, type OpenBrowser, type World, type Worlds, type WorldsOptions } from './worlds.ts';

export type ApiOptions = Omit<WorldsOptions, 'clientId'> & {
  readonly dataFolder: string;
  readonly openBrowser: OpenBrowser;
};

export type Api = {
  readonly engine: Engine;
  readonly worlds: Worlds;
  readonly setUps: SetUps;
  readonly journal: Journal;
  readonly dataFolder: string;
  /** The relay host for a profile. @throws AppError `network` when it cannot be told */
  readonly relayHost: (world: World, profile: Profile, context: CallContext) => Promise<string>;
  readonly close: () => Promise<void>;
};

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
  relayready?: { clientId?: unknown };
};
export const VERSION = manifest.version;

const infoOf = ({ environment }: World): EnvironmentInfo => ({
  name: environment.name,
  practice: environment.practice?.scenario ?? null,
  canSignIn: environment.login.clientId !== null,
  relayPort: environment.relay.smtpPort,
  spfInclude: environment.relay.spfInclude,
});

export function createApi(options: ApiOptions): Api {
  const clientId = applicationId(options.dataFolder, manifest.relayready?.clientId);
  const worlds = createWorlds({ ...options, clientId }, openSightings(options.dataFolder));
  const journal = openJournal(options.dataFolder);
  const setUps = openSetUps(options.dataFolder);

  const exchangeOf = (world: World): Exchange => {
    if (world.signedIn) return world.signedIn.exchange;
    throw new AppError('sign-in-refused', say('Nobody is signed in to Microsoft 365.'), {
      remedy: say('Sign in first, or use the script.'),
      who: 'microsoft-admin',
    });
  };
  const planFor = async (world: World, profile: Profile, context: CallContext) => {
    const exchange = exchangeOf(world);
    const [wanted, actual] = await Promise.all([
      addresses(world, profile, context),
      readTenant(exchange, { signal: context.signal }),
    ]);
    return {
      exchange,
      wanted,
      plan: makePlan({ profile, addresses: wanted, actual, tenant: exchange.tenant }, context.t),
    };
  };

  const engine: Engine = {
    'app.info': async (_, { t }) => {
      const { listScenarios } = await import('./practice/practice.ts');
      const scenarios = await listScenarios();
      return {
        version: VERSION,
        environments: worlds.all().map(infoOf),
        scenarios: scenarios.map(({ id, title, story }) => ({ id, title: t(title), story: t(story) })),
        brands: await loadBrands(),
        languages: LANGUAGES.map(({ tag, name }) => ({ tag, name })),
        pending: (await journal.pending()).map(({ id, text, kind, environment, startedAt }): PendingIntent => ({
          id,
          text,
          kind,
          environment,
          startedAt,
          state: 'not-looked-up',
        })),
        checks: await knownChecks(),
        startEnvironment: worlds.start,
      };
    },
    'practice.start': async ({ scenario, files }, { signal }) => {
      const { startPractice } = await import('./practice/practice.ts');
      const practice = await startPractice({ scenario, signal });
      const folder = files ? await mkdtemp(path.join(tmpdir(), 'relayready-practice-')) : null;
      const world = await worlds.add({
        environment: practice.environment,
        openBrowser: (url) => practice.signIn(url),
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
    'set-up.list': () => setUps.list(),
    'set-up.load': ({ id }) => setUps.load(id),
    'set-up.save': async ({ setUp }) => {
      await setUps.save(setUp);
      return { savedAt: setUp.savedAt };
    },
    'set-up.remove': async ({ id }) => {
      await setUps.remove(id);
      return {};
    },
    'check.run': ({ environment, profile, only }, context) => check(worlds.get(environment), profile, context, only),
    'spf.evaluate': (params, context) => evaluateSpfOf(worlds.get(params.environment), params, context),
    'spf.spread': (params, context) => spreadOfRecord(worlds.get(params.environment), params, context),
    'dns.host': ({ environment, domain }, context) => dnsHostOf(worlds.get(environment), domain, context),
    'sign-in.start': async ({ environment, profile, deviceCode }, context) => {
      const world = worlds.get(environment);
      const { http } = world.net();
      const own = { ...context, signal: insteadOfEarlier(world, context.signal) };
      await world.signedIn?.session.forget();
      world.signedIn = null;
      const session = await signIn({
        environment: world.environment,
        tenant: await tenantOf(world, profile, own),
        http,
        openBrowser: world.openBrowser ?? options.openBrowser,
        deviceCode,
        ...own,
      });
      const exchange = await connectExchange({ environment: world.environment, session, http });
      own.signal.throwIfAborted();
      world.signedIn = { session, exchange };
      return { username: session.username, tenant: exchange.tenant };
    },
    'sign-in.registration': async ({ environment }, { t }) => registration(environment, t),
    'sign-in.use-application': async ({ clientId }) => {
      await saveApplicationId(options.dataFolder, clientId);
      worlds.useApplication(clientId);
      return worlds.all().map(infoOf);
    },
    'sign-in.account': async ({ environment }) => {
      const { signedIn } = worlds.get(environment);
      return signedIn && { username: signedIn.session.username, tenant: signedIn.exchange.tenant };
    },
    'sign-in.forget': async ({ environment }) => {
      const world = worlds.get(environment);
      await world.signedIn?.session.forget();
      world.signedIn = null;
      return {};
    },
    'plan.make': async ({ environment, profile }, context) =>
      (await planFor(worlds.get(environment), profile, context)).plan,
    'plan.apply': async ({ environment, profile, plan }, context) => {
      const world = worlds.get(environment);
      const exchange = exchangeOf(world);
      const outcome = await applyPlan({
        plan,
        profile,
        addresses: await addresses(world, profile, context),
        exchange,
        journal,
        environmentName: environment,
        ...context,
      });
      // Finding everything in place must not make an earlier change impossible to take back.
      if (outcome.steps.length > 0)
        await saveOutcome(options.dataFolder, environment, exchange.tenant.id, profile.connector.name, outcome);
      return outcome;
    },
    'plan.undo': async ({ environment, profile }, context) => {
      const exchange = exchangeOf(worlds.get(environment));
      const saved = await loadOutcome(options.dataFolder, environment, exchange.tenant.id, profile.connector.name);
      if (!saved)
        throw new AppError(
          'nothing-saved',
          say('RelayReady has not changed anything here, so there is nothing to take back.'),
          {
            remedy: say('Changes are remembered on the computer that made them; undo them there.'),
          },
        );
      const outcome = await undoOutcome({
        outcome: saved,
        exchange,
        journal,
        environmentName: environment,
        ...context,
      });
      await saveOutcome(options.dataFolder, environment, exchange.tenant.id, profile.connector.name, outcome);
      return outcome;
    },
    'plan.outcome': async ({ environment, profile }) => {
      const { signedIn } = worlds.get(environment);
      if (!signedIn) return null;
      return loadOutcome(options.dataFolder, environment, signedIn.exchange.tenant.id, profile.connector.name);
    },
    'plan.by-hand': async ({ environment, profile }, context) => {
      const world = worlds.get(environment);
      const wanted = await addresses(world, profile, context);
      const input = { profile, addresses: wanted, environmentName: world.environment.name };
      return {
        script: powershellScript(input, context.t),
        fileName: 'relayready.ps1',
        clicks: clickPath(profile, wanted, context.t),
        letter: letterToAdministrator(input, context.t),
      };
    },
    'message.send': async ({ environment, profile, wait = 0, ...wanted }, context) => {
      const world = worlds.get(environment);
      if (profile.sender === null)
        throw new AppError('missing-input', say('The address the scanner sends from is not known yet.'), {
          field: '--sender',
          remedy: say('Enter an address in {domain}, for example scanner@{domain}.', { domain: profile.domain }),
        });
      return sendUntilTaken({
        environment: world.environment,
        net: world.net(),
        host: await relayHost(world, profile, context),
        profile,
        sender: profile.sender,
        ...wanted,
        waitMs: wait * 60_000,
        journal,
        ...context,
      });
    },
    'message.trace': ({ environment, messageId }, { signal, t }) =>
      traceMessage(exchangeOf(worlds.get(environment)), messageId, { signal, t }),
    'reply.explain': async ({ text }, { t }) => explain(text, t),
    'document.render': async ({ kind, setUp }, { t }) => {
      const brand = (await loadBrands()).find((card) => card.brand === setUp?.profile.devices[0]?.brand) ?? null;
      const missing = (what: string) =>
        new AppError('missing-input', say('There is no {what} yet to put on paper.', { what }), {
          field: '--profile',
          remedy: say('Run the checks first.'),
        });
      const name = setUp?.profile.domain === undefined || setUp.profile.domain === '' ? '' : `-${setUp.profile.domain}`;
      const fileName = `relayready-${kind}${name}.html`;
      if (kind === 'checklist') return { html: renderChecklist(setUp, t), fileName };
      if (!setUp) throw missing(kind);
      if (kind === 'handover') return { html: renderHandover(setUp, brand, t), fileName };
      if (!setUp.report) throw missing(kind);
      return { html: renderReport(setUp.report, t), fileName };
    },
    'device.discover': async ({ ownNetwork }, { signal }) => {
      const { networks, searched, devices } = await worlds
        .get(worlds.start ?? 'public')
        .net()
        .lan.search({ signal, ownNetwork });
      return { networks: [...networks], searched, devices: [...devices] };
    },
    'device.catch': ({ port, device, domain }, context) =>
      catchMail({ port, ...(device === undefined ? {} : { device }), domain: domain ?? null, ...context }),
  };

  return { engine, worlds, setUps, journal, dataFolder: options.dataFolder, relayHost, close: () => worlds.close() };
}
