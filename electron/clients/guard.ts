/** Wrong-client guard: nothing is planned, changed or read for one client while another one's organisation is signed in. */
import { AppError } from '../../core/errors.ts';
import type { Profile } from '../../core/profile.ts';
import { say } from '../../core/text.ts';
import type { CallContext } from '../dispatch.ts';
import type { Exchange } from '../microsoft/exchange.ts';
import { tenantOf } from '../office.ts';
import { exchangeOf, type World } from '../worlds.ts';

/**
 * The signed-in organisation, once it is sure to be the profile's own.
 * @param expected tenant id the client is known by; null: the one Microsoft names for the domain, which needs no sign-in.
 * Where neither can be told, the plan itself refuses a domain the organisation does not own.
 * @throws AppError `sign-in-refused` when nobody is signed in, `wrong-tenant` when it is another organisation
 */
export async function exchangeFor(
  world: World,
  profile: Profile,
  expected: string | null,
  context: CallContext,
): Promise<Exchange> {
  const exchange = exchangeOf(world);
  const { tenant } = exchange;
  const own = expected ?? (await tenantOf(world, profile, context));
  if (own === null || own.toLowerCase() === tenant.id.toLowerCase()) return exchange;
  throw new AppError(
    'wrong-tenant',
    say(
      'You are signed in to {tenant}, but {domain} belongs to another Microsoft 365 organisation. Nothing was done.',
      {
        tenant: tenant.name ?? tenant.initialDomain ?? tenant.id,
        domain: profile.domain,
      },
    ),
    { remedy: say('Sign in with an account of {domain}.', { domain: profile.domain }), who: 'you' },
  );
}
