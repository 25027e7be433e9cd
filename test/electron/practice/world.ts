/** Practice worlds for tests, and what a program does with them. */
import nodemailer from 'nodemailer';
import { afterEach } from 'vitest';
import { makePlan } from '../../../core/plan/make-plan.ts';
import { english } from '../../../core/text.ts';
import { applyPlan } from '../../../electron/microsoft/apply-plan.ts';
import { connectExchange, type Exchange } from '../../../electron/microsoft/exchange.ts';
import { readTenant } from '../../../electron/microsoft/read-tenant.ts';
import { signIn } from '../../../electron/microsoft/sign-in.ts';
import { createNet } from '../../../electron/net/net.ts';
import { startPractice, type PracticeWorld } from '../../../electron/practice/practice.ts';
import { loadChecks, runChecks } from '../../../electron/run-checks.ts';
import { memoryJournal } from '../microsoft/memory-journal.ts';

export const context = { signal: AbortSignal.timeout(120_000), onProgress: () => undefined, t: english };
const worlds: PracticeWorld[] = [];
/** Stopped after the test. */
export const start = async (scenario: string): Promise<PracticeWorld> => {
  const world = await startPractice({ scenario, signal: context.signal });
  worlds.push(world);
  return world;
};
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.stop()));
});

export const signedIn = async (world: PracticeWorld, deviceCode = false): Promise<Exchange> => {
  const { http } = createNet(world.environment);
  const session = await signIn({
    environment: world.environment,
    tenant: world.tenant.id,
    http,
    openBrowser: world.signIn,
    deviceCode,
    ...context,
  });
  return connectExchange({ environment: world.environment, session, http });
};
export const check = async (world: PracticeWorld, exchange: Exchange | null = null) =>
  runChecks({
    checks: await loadChecks(),
    profile: world.profile,
    environment: world.environment,
    net: createNet(world.environment),
    exchange,
    ...context,
  });
export const apply = async (world: PracticeWorld, exchange: Exchange, addresses = ['203.0.113.7']) => {
  const actual = await readTenant(exchange, { signal: context.signal });
  const plan = makePlan({ profile: world.profile, addresses, actual, tenant: exchange.tenant }, english);
  const outcome = await applyPlan({
    plan,
    profile: world.profile,
    addresses,
    exchange,
    journal: memoryJournal(),
    environmentName: 'practice',
    ...context,
  });
  return { plan, outcome };
};
/** @returns the last reply of the relay host */
export const send = (world: PracticeWorld, to: string, from = 'scanner@contoso.com') =>
  nodemailer
    .createTransport({
      host: '127.0.0.1',
      port: world.environment.relay.smtpPort,
      tls: { ca: [...world.environment.ca], servername: 'localhost' },
    })
    .sendMail({ from, to, subject: 'Test', text: 'Hello' })
    .then(
      ({ response }) => response,
      (error: { response?: string; message: string }) => error.response ?? error.message,
    );
