/** Finding scanners on the office network, and catching their mail. */
import { catchMail } from '../mail/catcher.ts';
import type { deviceCalls } from '../../core/calls/devices.ts';
import type { EngineParts, PartOf } from './engine-parts.ts';

export const devicePart = ({ worlds }: EngineParts): PartOf<typeof deviceCalls> => ({
  'device.discover': async ({ ownNetwork }, { signal }) => {
    const { networks, searched, devices } = await worlds
      .get(worlds.start ?? 'public')
      .net()
      .lan.search({ signal, ownNetwork });
    return { networks: [...networks], searched, devices: [...devices] };
  },
  'device.catch': ({ port, device, domain }, context) =>
    catchMail({ port, ...(device === undefined ? {} : { device }), domain: domain ?? null, ...context }),
});
