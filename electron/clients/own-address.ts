/** The public address of this computer, asked once in a run however many offices are looked at. */
import { Profile } from '../../core/profile.ts';
import type { CallContext } from '../dispatch.ts';
import { check } from '../office.ts';
import type { Net } from '../net/net.ts';
import type { World } from '../worlds.ts';

/** @returns null when nobody could tell */
export function ownAddressOf(world: World, net: Net, context: CallContext): () => Promise<string | null> {
  let asked: Promise<string | null> | null = null;
  return () => {
    asked ??= (async () => {
      // Which domain is looked at makes no difference to this one.
      const nobody = Profile.parse({ domain: 'example.com' });
      const quiet = { ...context, onProgress: () => undefined };
      const report = await check(world, nobody, quiet, { net, only: ['public-ip'], exchange: null });
      const address: unknown = report.results[0]?.evidence['address'];
      return typeof address === 'string' ? address : null;
    })();
    return asked;
  };
}
