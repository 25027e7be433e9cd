/** Something typed or ticked that is no answer of the profile; kept in the set-up like one, so that it outlives a crash. */
import { useWizard } from './use-wizard.ts';

/** @param id of the field, one of a kind in the wizard. @returns what is kept, and how to keep or (null) forget it */
export function useDraft(id: string): readonly [string | null, (text: string | null) => void] {
  const { text, draft } = useWizard((wizard) => ({ text: wizard.setUp?.drafts?.[id] ?? null, draft: wizard.draft }));
  return [text, (next) => draft(id, next)];
}
