/** Beginning, opening, copying and removing set-ups; the part of the store that moves between offices. */
import type { Params, Result } from '../core/contract.ts';
import { translateFor } from '../core/i18n/translate-for.ts';
import type { SetUp } from '../core/set-up.ts';
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
  | 'begin'
  | 'startNew'
  | 'startFrom'
  | 'startPractice'
  | 'open'
  | 'copy'
  | 'rename'
  | 'remove'
  | 'restore'
  | 'refresh'
  | 'takeNote'
>;

/** What belongs to one office and must not be carried to the next. */
const NOTHING_KNOWN: Partial<WizardState> = {
  fresh: [],
  oldHidden: false,
  account: null,
  found: null,
  byHand: null,
  undone: null,
  traces: {},
  caught: null,
  errors: {},
  startedAfresh: false,
  parted: false,
  tookBack: [],
  removed: null,
  over: null,
};

const PUBLIC = 'public';

/** Draft under which the record published in a simulated DNS is kept. */
export const PUBLISHED = 'practice-record';

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
    // Reading the list is what finds damage.
    const unreadable = await tasks.run('unreadable', 'set-up.unreadable', {});
    if (unreadable) set({ unreadable });
  };

  const startWorld = async (
    scenario: string,
    resumed: Params<'practice.start'>['resumed'] = null,
  ): Promise<Result<'practice.start'> | null> => {
    const world = await tasks.run('practice', 'practice.start', { scenario, resumed });
    const { info } = get();
    if (world && info)
      set({
        info: { ...info, environments: [...info.environments.filter(({ name }) => name !== world.name), world] },
      });
    return world;
  };

  /** A simulated world ends with the program; its set-up goes on in a new one, in which the same was changed already. */
  const worldFor = async (setUp: SetUp): Promise<{ readonly setUp: SetUp; readonly startedAfresh: boolean } | null> => {
    const { info } = get();
    const world = info?.environments.find(({ name }) => name === setUp.environment);
    // Set-ups saved before the scenario was written down have it as their name.
    const scenario = info?.scenarios.find(({ id, title }) => id === setUp.scenario || title === setUp.profile.name);
    if (world && (world.practice === null || !scenario)) return { setUp, startedAfresh: false };
    if (world && worlds.get(world.name) === setUp.id) return { setUp, startedAfresh: false };
    const fresh = scenario && (await startWorld(scenario.id, doneIn(setUp)));
    if (fresh) {
      worlds.set(fresh.name, setUp.id);
      const profile = inNewWorld(setUp.profile, fresh.profile);
      return { setUp: { ...setUp, scenario: scenario.id, profile }, startedAfresh: true };
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

  /** Which set-up each simulated world was started for: another one must not find its changes there. */
  const worlds = new Map<string, string>();

  const load = (id: string) => tasks.run('open', 'set-up.load', { id });

  const open = async (id: string): Promise<void> => {
    const loaded = await load(id);
    const opened = loaded && (await worldFor(loaded));
    if (!opened) return;
    saver.opened(loaded);
    const { setUp } = opened;
    const step = steps.some((candidate) => candidate.id === setUp.step) ? setUp.step : firstStep;
    await show(setUp, step);
    set({ saving: 'saved', startedAfresh: opened.startedAfresh });
    // The one opened last is the one to go on with.
    keep({ ...setUp, atStart: undefined });
    void saver.flush();
    const account = await tasks.run('account', 'sign-in.account', { environment: setUp.environment });
    if (account && get().setUp?.id === id) set({ account });
  };

  return {
    begin: async () => {
      const info = await tasks.run('begin', 'app.info', {});
      if (!info) return;
      set({ info });
      await refreshList();
      if (!get().starting) return;
      const [last] = get().known;
      const wanted = info.startEnvironment === null || info.startEnvironment === last?.environment;
      if (last && last.atStart !== true && wanted) await open(last.id);
      set({ starting: false, ...(info.pending.length > 0 ? { over: 'pending' } : {}) });
    },
    startNew: () => {
      const environment = get().info?.startEnvironment ?? PUBLIC;
      const { setUp } = get();
      // One that nobody has given an answer yet is as good as a new one.
      const untouched =
        setUp?.environment === environment && JSON.stringify(setUp.profile) === JSON.stringify(emptyProfile());
      const next = untouched ? { ...setUp, atStart: undefined } : begun(environment, emptyProfile());
      void show(next, firstStep).then(() => keep({ ...next, step: firstStep }));
    },
    startFrom: (environment, profile, report) => {
      const setUp = { ...begun(environment, profile), report };
      void show(setUp, firstStep).then(() => keep(setUp));
    },
    startPractice: async (scenario, title) => {
      const world = await startWorld(scenario);
      if (!world) return;
      const setUp = { ...begun(world.name, { ...world.profile, name: title }), scenario };
      worlds.set(world.name, setUp.id);
      await show(setUp, firstStep);
      keep(setUp);
    },
    open,
    refresh: refreshList,
    copy: async (id, name) => {
      await saver.flush();
      const loaded = await load(id);
      if (!loaded) return;
      const copy = { ...loaded, id: crypto.randomUUID(), profile: { ...loaded.profile, name: name.slice(0, 100) } };
      // It is not the one being worked at.
      await tasks.run('copy', 'set-up.save', { setUp: { ...copy, atStart: true, savedAt: new Date().toISOString() } });
      await refreshList();
    },
    rename: async (id, name) => {
      if (get().setUp?.id === id) {
        get().answer({ name });
        await saver.flush();
      } else {
        const loaded = await load(id);
        if (!loaded) return;
        await tasks.run('rename', 'set-up.save', { setUp: { ...loaded, profile: { ...loaded.profile, name } } });
      }
      await refreshList();
    },
    remove: async (id) => {
      await saver.flush();
      const removed = await load(id);
      if (!removed) return;
      const inHand = get().setUp?.id === id;
      if (inHand) tasks.cancelAll();
      await saver.drop(id);
      if (await tasks.run('remove', 'set-up.remove', { id }))
        set({
          ...(inHand ? { ...NOTHING_KNOWN, setUp: null, step: steps[0]?.id ?? '', saving: 'nothing-yet' } : {}),
          removed,
        });
      await refreshList();
    },
    restore: async () => {
      const { removed } = get();
      if (!removed) return;
      if (await tasks.run('remove', 'set-up.save', { setUp: removed })) set({ removed: null });
      await refreshList();
    },
    takeNote: async (file) => {
      if (await tasks.run('take-note', 'set-up.take-note', { file }))
        set({ unreadable: get().unreadable.filter((entry) => entry.file !== file) });
    },
  };
}

/** What a simulated world has to hold so that a saved set-up is true in it. */
const doneIn = ({ plan, outcome, drafts }: SetUp): Params<'practice.start'>['resumed'] => {
  const tenantId = outcome?.tenant.id ?? plan?.tenant.id;
  const inPlace = outcome?.status === 'done' || outcome?.status === 'nothing-to-do' ? outcome.connector : null;
  const record = drafts?.[PUBLISHED] ?? null;
  if (tenantId === undefined && record === null) return null;
  return { tenantId: tenantId ?? crypto.randomUUID(), connectors: inPlace ? [inPlace] : [], record };
};

/** The simulated scanner has another address in each world; one that was typed in stays. */
const inNewWorld = (profile: SetUp['profile'], fresh: SetUp['profile']): SetUp['profile'] => {
  const [ours] = profile.devices;
  const [theirs] = fresh.devices;
  if (!ours || !theirs || ours.brand !== theirs.brand || !ours.address.startsWith('127.')) return profile;
  return { ...profile, devices: [{ ...ours, address: theirs.address }] };
};
