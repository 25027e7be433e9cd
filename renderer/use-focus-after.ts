/** Moves the focus to what came of a piece of work when it did not go well; arriving on a page later moves nothing. */
import { useEffect, useRef, type RefObject } from 'react';

/** @param bad what came of it needs somebody. @returns for an element that can take the focus (`tabIndex={-1}`) */
export function useFocusAfter<T extends HTMLElement>(running: boolean, bad: boolean): RefObject<T | null> {
  const place = useRef<T>(null);
  const ran = useRef(false);
  useEffect(() => {
    if (running) ran.current = true;
    // What came of it is known a moment after the work has ended.
    if (running || !ran.current || !bad) return;
    ran.current = false;
    if (!document.activeElement?.matches('input, textarea, [role="alert"]')) place.current?.focus();
  }, [running, bad]);
  return place;
}
