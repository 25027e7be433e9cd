/** Beginning, opening, copying and removing set-ups; the part of the store that moves between offices. */
import type { Result } from '../core/contract.ts';
import { translateFor } from '../core/i18n/translate-for.ts';
import type { SetUp } from '../core/set-up.ts';
import { reopen } from './locks.ts';
import type { Saver } from './saver.ts';
import type { StepRules } from './steps/step.ts';
import type { Tasks } from './tasks.ts';
import type { Wizard, WizardActions, WizardState } from './wizard-state.ts';

type Access = {
  readonly get: () => Wizard;
  readonly set: (patch: Partial<Wizard>) => void;
  readonly steps: readonly StepRules[];
  readonly tasks: Tasks;
  readonly saver: Saver;
  readonly keep: (setUp: SetUp) => void;
};

type SetUpActions = Pick<
  WizardActions,
  'begin' | 'startNew' | 'startPractice' | 'open' | 'copy' | 'remove' | 'restore'
>;

/** What belongs to one office and must not be carried to the next. */
const NOTHING_KNOWN: Partial<WizardState> = {
  fresh: [],
  account: null,
  found: null,
  byHand: null,
  undone: null,
  traces: {},
  caught: null,
  errors: {},
  startedAfresh: false,
};

const PUBLIC = 'public';

export const emptyProfile = (): SetUp['profile'] => ({
  schema: 'relayready/profile@1',
  name: '',
  domain: '',
  sender: null,
  devices: [],
  publicIps: [],
  relayHost: null,
  testRecipients: { internal: null, external: null },
  connector: { name: 'RelayReady', authentication: 'ip', certificateName: null, requireTls: false },
  notes: '',
});

export function createSetUpActions({ get, set, steps, tasks, saver, keep }: Access): SetUpActions {
  /** First step that needs a set-up. */
  const firstStep = steps.find((step) => step.needs.length > 0)?.id ?? '';

  const begun = (environment: string, profile: SetUp['profile']): SetUp => ({
    schema: 'relayready/set-up@1',
    id: crypto.randomUUID(),
    profile,
    environment,
    step: firstStep,
    skipped: [],
    finished: ['start'],
    report: null,
    spf: null,
    plan: null,
    outcome: null,
    test: null,
    savedAt: new Date().toISOString(),
  });

  const show = async (setUp: SetUp, step: string): Promise<void> => {
    tasks.cancelAll();
    await saver.flush();
    set({ ...NOTHING_KNOWN, setUp, step, saving: 'nothing-yet' });
  };

  const refreshList = async (): Promise<void> => {
    const known = await tasks.run('list', 'set-up.list', {});
    if (known) set({ known: [...known].sort((a, b) => b.savedAt.localeCompare(a.savedAt)) });
  };

  const startWorld = async (scenario: string): Promise<Result<'practice.start'> | null> => {
    const world = await tasks.run('practice', 'practice.start', { scenario });
    const { info } = get();
    if (world && info)
      set({
        info: { ...info, environments: [...info.environments.filter(({ name }) => name !== world.name), world] },
      });
    return world;
  };

  /** A simulated world ends with the program; its set-up goes on in a new one, in which nothing has been changed yet. */
  const worldFor = async (setUp: SetUp): Promise<{ readonly setUp: SetUp; readonly startedAfresh: boolean } | null> => {
    const { info } = get();
    const world = info?.environments.find(({ name }) => name === setUp.environment);
    const scenario = info?.scenarios.find(({ title }) => title === setUp.profile.name);
    if (world && (world.practice === null || !scenario || world.practice === scenario.id))
      return { setUp, startedAfresh: false };
    if (scenario && (await startWorld(scenario.id))) {
      const changing = steps.filter((step) => step.findings.some((finding) => finding !== 'spf'));
      return { setUp: changing.reduce(reopen, setUp), startedAfresh: true };
    }
    const t = translateFor(get().language);
    if (!get().errors['practice'])
      set({
        errors: {
          ...get().errors,
          open: {
            schema: 'relayready/error@1',
            code: 'bad-environment',
            message: t('This set-up belongs to “{name}”, which is not running now.', { name: setUp.environment }),
            remedy: t('Start RelayReady with that environment, or begin a new set-up.'),
            field: null,
            who: 'you',
            detail: null,
          },
        },
      });
    return null;
  };

  const load = (id: string) => tasks.run('open', 'set-up.load', { id });

  return {
    begin: async () => {
      const info = await tasks.run('begin', 'app.info', {});
      if (!info) return;
      set({ info });
      await refreshList();
    },
    startNew: () => {
      const environment = get().info?.startEnvironment ?? PUBLIC;
      void show(begun(environment, emptyProfile()), firstStep);
    },
    startPractice: async (scenario, title) => {
      const world = await startWorld(scenario);
      if (!world) return;
      await show(begun(world.name, { ...world.profile, name: title }), firstStep);
      const { setUp } = get();
      if (setUp) keep(setUp);
    },
    open: async (id) => {
      const loaded = await load(id);
      const opened = loaded && (await worldFor(loaded));
      if (!opened) return;
      const { setUp } = opened;
      const step = steps.some((candidate) => candidate.id === setUp.step) ? setUp.step : firstStep;
      await show(setUp, step);
      set({ saving: 'saved', startedAfresh: opened.startedAfresh });
      const account = await tasks.run('account', 'sign-in.account', { environment: setUp.environment });
      if (account && get().setUp?.id === id) set({ account });
    },
    copy: async (id, name) => {
      const loaded = await load(id);
      if (!loaded) return;
      const copy = { ...loaded, id: crypto.randomUUID(), profile: { ...loaded.profile, name: name.slice(0, 100) } };
      await tasks.run('copy', 'set-up.save', { setUp: { ...copy, savedAt: new Date().toISOString() } });
      await refreshList();
    },
    remove: async (id) => {
      const removed = await load(id);
      if (!removed) return null;
      if (get().setUp?.id === id) {
        saver.drop();
        set({ ...NOTHING_KNOWN, setUp: null, step: steps[0]?.id ?? '', saving: 'nothing-yet' });
      }
      await tasks.run('remove', 'set-up.remove', { id });
      await refreshList();
      return removed;
    },
    restore: async (setUp) => {
      await tasks.run('remove', 'set-up.save', { setUp });
      await refreshList();
    },
  };
}
