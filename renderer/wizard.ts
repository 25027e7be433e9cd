/** The wizard's store: the step on the screen, the set-up, what runs; every answer is saved as it is given. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Params } from '../core/contract.ts';
import { closestLanguage } from '../core/i18n/languages.ts';
import { knowsLanguage, learnLanguage, translateFor } from '../core/i18n/translate-for.ts';
import type { SetUp } from '../core/set-up.ts';
import type { Call } from './client.ts';
import { addressesFound, environmentOf, profileForDevice, profileOf, sendingAddress } from './facts.ts';
import { createAlterer } from './alter.ts';
import { alteredFields, isOpen, nextStep } from './locks.ts';
import { emptyReport, mergeResults } from './merge-report.ts';
import { createSaver } from './saver.ts';
import { createSetUpActions } from './set-up-actions.ts';
import { belongs, type Answer, type StepRules } from './steps/step.ts';
import { createTasks, without } from './tasks.ts';
import type { Wizard } from './wizard-state.ts';

export const checkTask = (step: string): string => `check:${step}`;

export type WizardOptions = {
  readonly call: Call;
  readonly steps: readonly StepRules[];
  /** BCP 47 tag wished for; English until its texts have come. */
  readonly language: string;
};

export function createWizard({ call, steps, language }: WizardOptions): StoreApi<Wizard> {
  return createStore<Wizard>()((set, get) => {
    const tasks = createTasks({ call, get, set });
    const saver = createSaver(
      (setUp, replaces) => call('set-up.save', { setUp, replaces: [...replaces] }, { language: get().language }),
      (saving) => set({ saving }),
      (id) => {
        const { setUp } = get();
        // What the other window saved stays; what was answered here goes on as a set-up of its own.
        if (setUp?.id !== id) return;
        const t = translateFor(get().language);
        const name = t('{name} (this window)', { name: setUp.profile.name || setUp.profile.domain || t('New set-up') });
        keep({ ...setUp, id: crypto.randomUUID(), profile: { ...setUp.profile, name: name.slice(0, 100) } });
        set({ parted: true });
        void saver.flush().then(() => get().refresh());
      },
    );

    /** The texts of a language are learnt before the first of them is shown. */
    const speak = async (tag: string): Promise<boolean> => {
      if (!knowsLanguage(tag)) {
        const learnt = await tasks.run('language', 'app.language', { tag });
        if (!learnt) return false;
        learnLanguage(learnt.tag, learnt.texts);
      }
      set({ language: closestLanguage(tag) });
      return true;
    };

    /** Every alteration of the set-up passes here, so none is forgotten on disk. */
    const keep = (setUp: SetUp): void => {
      set({ setUp });
      saver.later(setUp);
    };

    const alterer = createAlterer(steps);

    const alter = (setUp: SetUp, altered: readonly Answer[]): void => {
      for (const step of steps)
        if (step.hangsOn.some((answer) => altered.includes(answer))) tasks.cancel(checkTask(step.id));
      const { account } = get();
      // Another domain may be another company: whoever signed in for the first one must not be used for it.
      if (account && (altered.includes('domain') || altered.includes('environment'))) {
        const { environment } = get().setUp ?? setUp;
        set({ account: null });
        void tasks.run('forget', 'sign-in.forget', { environment });
      }
      set({ byHand: null, undone: null });
      const after = alterer.alter(get().setUp ?? setUp, setUp, altered);
      set({ tookBack: after.tookBack });
      keep(after.setUp);
    };

    const setUpActions = createSetUpActions({ get, set, steps, tasks, saver, keep });

    const goTo = (id: string): void => {
      const { setUp } = get();
      const step = steps.find((candidate) => candidate.id === id);
      if (!step || !isOpen(step, steps, setUp)) return;
      set({ step: id, tookBack: [], removed: null, over: null });
      if (!setUp) return;
      // The start page is a place to look around; a saved set-up goes on where its work was.
      if (step.needs.length === 0) {
        keep({ ...setUp, atStart: true });
        void saver.flush().then(() => get().refresh());
      } else if (setUp.step !== id || setUp.atStart === true) keep({ ...setUp, step: id, atStart: undefined });
    };

    const settle = (step: string, patch: Pick<SetUp, 'finished' | 'skipped'>, left: readonly string[] = []): void => {
      const { setUp } = get();
      if (!setUp) return;
      const { [step]: _, ...takenBack } = setUp.takenBack ?? {};
      const next = { ...setUp, ...patch, ...(setUp.takenBack ? { takenBack } : {}) };
      alterer.forget();
      keep(next);
      goTo(nextStep(step, steps, next, left));
    };

    return {
      language: 'en',
      info: null,
      known: [],
      unreadable: [],
      starting: true,
      step: steps[0]?.id ?? '',
      setUp: null,
      tookBack: [],
      removed: null,
      saving: 'nothing-yet',
      runs: {},
      errors: {},
      fresh: [],
      oldHidden: false,
      account: null,
      found: null,
      byHand: null,
      undone: null,
      traces: {},
      caught: null,
      gone: false,
      startedAfresh: false,
      parted: false,
      review: null,
      over: null,
      reporting: false,
      problem: null,

      ...setUpActions,

      begin: async () => {
        if (get().info === null) await speak(language);
        await setUpActions.begin();
      },

      setLanguage: async (tag) => {
        // The engine's titles are in the language that was asked for, too.
        if (await speak(tag)) await setUpActions.begin();
      },
      answer: (patch) => {
        const { setUp } = get();
        if (!setUp) return;
        const profile = { ...setUp.profile, ...patch };
        if (JSON.stringify(profile) !== JSON.stringify(setUp.profile))
          alter({ ...setUp, profile }, alteredFields(setUp.profile, profile));
      },
      draft: (field, text) => {
        const { setUp } = get();
        if (!setUp || (setUp.drafts?.[field] ?? null) === text) return;
        const { [field]: _, ...others } = setUp.drafts ?? {};
        keep({ ...setUp, drafts: text === null ? others : { ...others, [field]: text } });
      },
      chooseEnvironment: (environment) => {
        const { setUp } = get();
        if (setUp && setUp.environment !== environment) alter({ ...setUp, environment }, ['environment']);
      },
      goTo,
      finish: (step) => {
        const { setUp } = get();
        if (!setUp) return;
        const finished = [...new Set([...setUp.finished, step])];
        settle(step, { finished, skipped: setUp.skipped.filter((id) => id !== step) });
      },
      skip: (step, also = []) => {
        const { setUp } = get();
        if (!setUp) return;
        const left = [step, ...also];
        settle(
          step,
          {
            finished: setUp.finished.filter((id) => !left.includes(id)),
            skipped: [...new Set([...setUp.skipped, ...left])],
          },
          left,
        );
      },
      put: (patch) => {
        const { setUp } = get();
        if (!setUp) return;
        alterer.forget();
        keep({ ...setUp, ...patch });
      },
      note: (patch) => set(patch),
      run: (task, method, params) => tasks.run(task, method, params),
      cancel: tasks.cancel,
      dismiss: (task) => set({ errors: without(get().errors, task) }),
      flush: saver.flush,

      check: async (step) => {
        const asked = get().setUp;
        const rules = steps.find(({ id }) => id === step);
        if (!asked || !rules) return false;
        const only = (get().info?.checks ?? []).filter((known) => belongs(rules, known)).map(({ id }) => id);
        const profile = profileForDevice(asked);
        const merge = (results: Parameters<typeof mergeResults>[1], report = get().setUp?.report ?? null): void => {
          const { setUp, info, fresh } = get();
          if (setUp?.id !== asked.id || results.length === 0) return;
          const practice = (environmentOf({ info, setUp })?.practice ?? null) !== null;
          const base = report ?? emptyReport({ profile, environment: setUp.environment, practice });
          alterer.forget();
          keep({ ...setUp, report: mergeResults(base, results, new Date().toISOString()) });
          set({ fresh: [...new Set([...fresh, ...results.map(({ id }) => id)])] });
        };
        const { environment } = asked;
        const params = { environment, profile, only };
        const report = await tasks.run(checkTask(step), 'check.run', params, ({ result }) => {
          if (result && only.includes(result.id)) merge([result]);
        });
        if (!report) return false;
        const before = get().setUp?.report;
        merge(report.results, {
          ...report,
          profile: report.profile,
          durationMs: report.durationMs + (before?.durationMs ?? 0),
          results: before?.results ?? [],
        });
        return true;
      },
      lookAgain: async () => {
        const about = get().setUp?.id;
        for (const step of steps) {
          const { setUp } = get();
          if (!setUp || setUp.id !== about) return;
          if (setUp.report?.results.some((result) => belongs(step, result))) await get().check(step.id);
        }
        const { setUp } = get();
        const question = setUp?.spf && setUp.id === about ? spfQuestion(setUp) : null;
        const spf = question && (await tasks.run('spf', 'spf.evaluate', question));
        if (spf && get().setUp?.id === about) get().put({ spf });
      },
    };
  });
}

/** The addresses to go on with: as chosen, or the only one found; a choice between several is left to the person. */
export function settledAddresses(setUp: SetUp): readonly string[] | null {
  if (setUp.profile.publicIps.length > 0) return setUp.profile.publicIps;
  const found = addressesFound(setUp.report);
  return found.length === 1 ? found : null;
}

/** What to ask about the domain's record; null while no address is known that is to send. */
export function spfQuestion(setUp: SetUp): Params<'spf.evaluate'> | null {
  const ip = sendingAddress(setUp);
  if (ip === null) return null;
  const { environment, profile } = setUp;
  return { environment, ip, domain: profile.domain, ...(profile.sender === null ? {} : { sender: profile.sender }) };
}

/** Environment and profile, as most calls want them; null while the domain is missing. */
export function placeOf(setUp: SetUp | null) {
  const profile = setUp && profileOf(setUp);
  return profile && setUp ? { environment: setUp.environment, profile } : null;
}
