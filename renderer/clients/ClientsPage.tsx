/** The clients of somebody who looks after several offices: their list, and what one opens from it. */
import { useRef, useState } from 'react';
import { useWizard } from '../use-wizard.ts';
import { AddClient } from './AddClient.tsx';
import { ClientPage } from './ClientPage.tsx';
import { ImportPage } from './ImportPage.tsx';
import { ClientList } from './ClientList.tsx';
import { useClientList } from './use-client-list.ts';
import { useLook } from './use-look.ts';

type View =
  { readonly kind: 'list' } | { readonly kind: 'add' | 'import' } | { readonly kind: 'one'; readonly id: string };

export function ClientsPage() {
  const note = useWizard((wizard) => wizard.note);
  const list = useClientList();
  const look = useLook();
  const [view, setView] = useState<View>({ kind: 'list' });
  /** Where one was in the list before something was opened from it. */
  const left = useRef<{ readonly id: string; readonly scrolled: number } | null>(null);
  const back = () => {
    list.reload();
    setView({ kind: 'list' });
  };
  if (view.kind === 'add') return <AddClient onBack={back} onAdded={(id) => setView({ kind: 'one', id })} />;
  if (view.kind === 'import') return <ImportPage onBack={back} />;
  if (view.kind === 'one') return <ClientPage id={view.id} look={look} onBack={back} />;
  return (
    <ClientList
      list={list}
      look={look}
      left={left}
      onOpen={(id) => setView({ kind: 'one', id })}
      onAdd={() => setView({ kind: 'add' })}
      onImport={() => setView({ kind: 'import' })}
      onBack={() => note({ over: null })}
    />
  );
}
