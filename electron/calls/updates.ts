/** Newer versions: what is known, and what a person asks for. */
import type { updateCalls, UpdateState } from '../../core/calls/updates.ts';
import { say, type Translate } from '../../core/text.ts';
import type { Known, Updates } from '../updates/updates.ts';
import type { EngineParts, PartOf } from './engine-parts.ts';

const NO_WINDOW: Updates = {
  known: () => ({
    state: 'off',
    why: say('RelayReady updates itself in its own window only; here, a newer version comes the way this one came.'),
  }),
  look: async () => NO_WINDOW.known(),
  download: async () => NO_WINDOW.known(),
  install: async () => undefined,
};

const told = (known: Known, t: Translate): UpdateState => ({
  state: known.state,
  version: 'version' in known ? known.version : null,
  why: 'why' in known ? t(known.why) : null,
});

export const updatePart = ({ updates = NO_WINDOW }: EngineParts): PartOf<typeof updateCalls> => ({
  'app.update': async (_, { t }) => told(updates.known(), t),
  'app.update-look': async (_, { signal, t }) => told(await updates.look(signal), t),
  'app.update-download': async (_, { signal, onProgress, t }) => {
    let shown = -1;
    const known = await updates.download(signal, (percent) => {
      const whole = Math.floor(percent);
      if (whole === shown) return;
      shown = whole;
      onProgress({
        topic: 'update',
        state: 'running',
        message: t('{percent} % of the newer version is here', { percent: whole }),
      });
    });
    return told(known, t);
  },
  'app.update-install': async () => {
    await updates.install();
    return {};
  },
});
