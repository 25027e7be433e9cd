/** The environments this run knows, each with its network and, once signed in, its tenant. */
import { CLOUDS, type Environment } from '../core/environment.ts';
import { AppError } from '../core/errors.ts';
import { say } from '../core/text.ts';
import type { Exchange } from './microsoft/exchange.ts';
import type { Session } from './microsoft/sign-in.ts';
import type { HttpTransport } from './net/http.ts';
import { createNet, type Net, type NetShared } from './net/net.ts';
import type { Sightings } from './storage/sightings.ts';

export type OpenBrowser = (url: string) => Promise<void>;

/** An environment added to the built-in clouds: from a file, or a simulated one that brings its own browser. */
export type ExtraWorld = {
  readonly environment: Environment;
  readonly openBrowser?: OpenBrowser;
  readonly stop?: () => Promise<void>;
  /** A simulated one can change its own DNS. */
  readonly publish?: (record: string) => void;
};

export type World = ExtraWorld & {
  /** A network with an empty memory, but for what it shares with others; one per look. */
  readonly net: (shared?: NetShared) => Net;
  /** Which public addresses its offices were seen from before. */
  readonly sightings: Sightings;
  signedIn: { readonly session: Session; readonly exchange: Exchange } | null;
};

export type Worlds = {
  /** @throws AppError `bad-environment` */
  readonly get: (name: string) => World;
  readonly add: (extra: ExtraWorld) => Promise<World>;
  readonly all: () => readonly World[];
  /** Gives the built-in clouds the id to sign in with. */
  readonly useApplication: (clientId: string | null) => void;
  /** Name of the environment a wizard starts in; null means the public cloud. */
  start: string | null;
  readonly close: () => Promise<void>;
};

export type WorldsOptions = {
  /** The window's own network stack; used where no extra trust is asked for. */
  readonly transport?: HttpTransport;
  /** Application id of this build, given to every cloud that has none of its own. */
  readonly clientId: string | null;
};

export function createWorlds(options: WorldsOptions, sightings: Sightings): Worlds {
  const worlds = new Map<string, World>();
  const put = (extra: ExtraWorld): World => {
    const { environment } = extra;
    const netOptions = options.transport && environment.ca.length === 0 ? { transport: options.transport } : {};
    const world: World = {
      ...extra,
      net: (shared) => createNet(environment, { ...netOptions, ...(shared ? { shared } : {}) }),
      sightings,
      signedIn: null,
    };
    worlds.set(environment.name, world);
    return world;
  };
  const useApplication = (clientId: string | null): void => {
    for (const cloud of CLOUDS) put({ environment: { ...cloud, login: { ...cloud.login, clientId } } });
  };
  useApplication(options.clientId);
  return {
    useApplication,
    get: (name) => {
      const world = worlds.get(name);
      if (world) return world;
      throw new AppError('bad-environment', say('There is no environment called “{name}”.', { name }), {
        field: 'environment',
        remedy: say('Known ones are: {names}.', { names: [...worlds.keys()].join(', ') }),
      });
    },
    add: async (extra) => {
      const before = worlds.get(extra.environment.name);
      await before?.signedIn?.session.forget();
      await before?.stop?.();
      return put(extra);
    },
    all: () => [...worlds.values()],
    start: null,
    close: async () => {
      for (const world of worlds.values()) {
        await world.signedIn?.session.forget();
        await world.stop?.();
      }
    },
  };
}

/** @throws AppError `sign-in-refused` while nobody is signed in */
export const exchangeOf = (world: World): Exchange => {
  if (world.signedIn) return world.signedIn.exchange;
  throw new AppError('sign-in-refused', say('Nobody is signed in to Microsoft 365.'), {
    remedy: say('Sign in first, or use the script.'),
    who: 'microsoft-admin',
  });
};
