/** The set-ups saved on this computer. */

import type { setUpCalls } from '../../core/calls/set-ups.ts';
import type { EngineParts, PartOf } from './engine-parts.ts';

export const setUpPart = ({ setUps }: EngineParts): PartOf<typeof setUpCalls> => ({
  'set-up.list': () => setUps.list(),
  'set-up.load': ({ id }) => setUps.load(id),
  'set-up.save': async ({ setUp, replaces }) => {
    await setUps.save(setUp, replaces);
    return { savedAt: setUp.savedAt };
  },
  'set-up.unreadable': () => setUps.unreadable(),
  'set-up.take-note': async ({ file }) => {
    await setUps.takeNote(file);
    return {};
  },
  'set-up.remove': async ({ id }) => {
    await setUps.remove(id);
    return {};
  },
});
