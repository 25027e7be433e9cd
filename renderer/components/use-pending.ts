/** What can be done about one thing that was never answered; the list is read anew after each. */
import type { PendingIntent } from '../../core/calls/program.ts';
import type { Method, Params, Result } from '../../core/contract.ts';
import { useWizard, useWizardStore } from '../use-wizard.ts';

type About = Extract<Method, 'pending.look' | 'pending.adopt' | 'pending.undo' | 'pending.close'>;

export function usePending(intent: PendingIntent) {
  const task = `pending:${intent.id}`;
  const store = useWizardStore();
  const { running, run } = useWizard((wizard) => ({ running: task in wizard.runs, run: wizard.run }));
  const put = (change: (pending: readonly PendingIntent[]) => PendingIntent[]): void => {
    const { info, note } = store.getState();
    if (info) note({ info: { ...info, pending: change(info.pending) } });
  };
  const ask = <M extends About>(method: M): Promise<Result<M> | null> =>
    run(task, method, { id: intent.id } as Params<M>);
  return {
    task,
    running,
    look: async () => {
      const found = await ask('pending.look');
      if (found) put((pending) => pending.map((one) => (one.id === found.id ? found : one)));
    },
    /** Null when it could not be done. */
    settle: async <M extends Exclude<About, 'pending.look'>>(method: M) => {
      const done = await ask(method);
      if (done === null && task in store.getState().errors) return null;
      put((pending) => pending.filter(({ id }) => id !== intent.id));
      return { done };
    },
    /** Somebody has signed in: who can look now? */
    refresh: async () => {
      const list = await run('pending', 'pending.list', {});
      if (list) put(() => list);
    },
  };
}
