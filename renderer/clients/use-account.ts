/** Who is signed in to a client's organisation; signed in here, it ends with the page, so that nobody is taken along to the next client. */
import { useEffect, useRef, useState } from 'react';
import type { Account } from '../../core/calls/microsoft.ts';
import type { Profile } from '../../core/profile.ts';
import { useWizard, useWizardStore } from '../use-wizard.ts';

export type AccountState = {
  readonly account: Account | null;
  readonly canSignIn: boolean;
  readonly signIn: (deviceCode: boolean) => Promise<void>;
  readonly signOut: () => Promise<void>;
};

/** @param onChange called when somebody has signed in or out */
export function useAccount(environment: string, profile: Profile | null, onChange: () => void): AccountState {
  const store = useWizardStore();
  const { canSignIn, run } = useWizard(({ info, run }) => ({
    canSignIn: info?.environments.find(({ name }) => name === environment)?.canSignIn ?? false,
    run,
  }));
  const [account, setAccount] = useState<Account | null>(null);
  const here = useRef(false);
  /** The set-up in hand may have been signed in where somebody else is now. */
  const tellWizard = () => {
    const { setUp, note } = store.getState();
    if (setUp?.environment === environment) note({ account: null });
  };
  const forget = async () => {
    here.current = false;
    await run('client-forget', 'sign-in.forget', { environment });
    tellWizard();
  };
  useEffect(() => {
    void run('client-account', 'sign-in.account', { environment }).then((found) => setAccount(found));
    return () => {
      if (here.current) void forget();
    };
    // oxlint-disable-next-line react/exhaustive-deps -- on arrival and on leaving
  }, [environment]);
  return {
    account,
    canSignIn,
    signIn: async (deviceCode) => {
      if (!profile) return;
      const found = await run('client-sign-in', 'sign-in.start', { environment, profile, deviceCode });
      if (!found) return;
      here.current = true;
      setAccount(found);
      tellWizard();
      onChange();
    },
    signOut: async () => {
      await forget();
      setAccount(null);
      onChange();
    },
  };
}
