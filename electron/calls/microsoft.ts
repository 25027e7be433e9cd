/** Signing in to Microsoft 365, and the plan with what becomes of it. */
import type { Profile } from '../../core/profile.ts';
import { AppError } from '../../core/errors.ts';
import { makePlan } from '../../core/plan/make-plan.ts';
import { clickPath } from '../../core/script/click-path.ts';
import { letterToAdministrator } from '../../core/script/letter.ts';
import { powershellScript } from '../../core/script/powershell.ts';
import { registration } from '../../core/script/registration.ts';
import { say } from '../../core/text.ts';
import { exchangeFor } from '../clients/guard.ts';
import type { CallContext } from '../dispatch.ts';
import { applyPlan, undoOutcome } from '../microsoft/apply-plan.ts';
import { connectExchange } from '../microsoft/exchange.ts';
import { insteadOfEarlier } from '../microsoft/latest-sign-in.ts';
import { readTenant } from '../microsoft/read-tenant.ts';
import { signIn } from '../microsoft/sign-in.ts';
import { addresses, tenantOf } from '../office.ts';
import { saveApplicationId } from '../storage/application-id.ts';
import { loadOutcome, saveOutcome } from '../storage/outcomes.ts';
import type { World } from '../worlds.ts';
import { infoOf } from './program.ts';
import type { microsoftCalls } from '../../core/calls/microsoft.ts';
import type { EngineParts, PartOf } from './engine-parts.ts';

/** Said while Microsoft lets us wait, with the seconds. */
const waits =
  ({ onProgress, t }: CallContext) =>
  (seconds: number): void =>
    onProgress({ topic: 'plan', state: 'waiting', message: t('Microsoft is busy and asked us to wait.'), seconds });

const planFor = async (world: World, profile: Profile, context: CallContext) => {
  const exchange = await exchangeFor(world, profile, null, context);
  const [wanted, actual] = await Promise.all([
    addresses(world, profile, context),
    readTenant(exchange, { signal: context.signal, onWait: waits(context) }),
  ]);
  return {
    exchange,
    wanted,
    plan: makePlan({ profile, addresses: wanted, actual, tenant: exchange.tenant }, context.t),
  };
};

export const microsoftPart = ({
  worlds,
  journal,
  dataFolder,
  openBrowser,
}: EngineParts): PartOf<typeof microsoftCalls> => ({
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
      openBrowser: world.openBrowser ?? openBrowser,
      deviceCode,
      ...own,
    });
    const exchange = await connectExchange({
      environment: world.environment,
      session,
      http,
      signal: own.signal,
      onWait: waits(context),
    });
    own.signal.throwIfAborted();
    world.signedIn = { session, exchange };
    return { username: session.username, tenant: exchange.tenant };
  },
  'sign-in.registration': async ({ environment }, { t }) => registration(environment, t),
  'sign-in.use-application': async ({ clientId }) => {
    await saveApplicationId(dataFolder, clientId);
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
    const exchange = await exchangeFor(world, profile, null, context);
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
      await saveOutcome(dataFolder, environment, exchange.tenant.id, profile.connector.name, outcome);
    return outcome;
  },
  'plan.undo': async ({ environment, profile }, context) => {
    const exchange = await exchangeFor(worlds.get(environment), profile, null, context);
    const saved = await loadOutcome(dataFolder, environment, exchange.tenant.id, profile.connector.name);
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
    await saveOutcome(dataFolder, environment, exchange.tenant.id, profile.connector.name, outcome);
    return outcome;
  },
  'plan.outcome': async ({ environment, profile }) => {
    const { signedIn } = worlds.get(environment);
    if (!signedIn) return null;
    return loadOutcome(dataFolder, environment, signedIn.exchange.tenant.id, profile.connector.name);
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
});
