/** Gives components the store they live in, and the steps in their order. */
import { createContext, useContext } from 'react';
import { useStore, type StoreApi } from 'zustand';
import { useShallow } from 'zustand/shallow';
import type { Step } from './steps/step.ts';
import type { Wizard } from './wizard-state.ts';

type Surroundings = { readonly store: StoreApi<Wizard>; readonly steps: readonly Step[] };

export const WizardContext = createContext<Surroundings | null>(null);

function useSurroundings(): Surroundings {
  const surroundings = useContext(WizardContext);
  if (!surroundings) throw new Error('No wizard around this component.');
  return surroundings;
}

export const useSteps = (): readonly Step[] => useSurroundings().steps;

/** For event handlers that need what is so now, not when they were made. */
export const useWizardStore = (): StoreApi<Wizard> => useSurroundings().store;

export function useWizard<T>(select: (wizard: Wizard) => T): T {
  return useStore(useWizardStore(), useShallow(select));
}
