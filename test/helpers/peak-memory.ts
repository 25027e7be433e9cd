/** The most memory a process ever had, as Linux counts it (VmHWM). */
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Looks every 10 ms until the process is gone. @returns a function that tells the peak, in MB; 0 where it cannot be told */
export function watchMemory({ pid }: ChildProcess): () => number {
  let peak = 0;
  const look = setInterval(() => {
    try {
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0));
    } catch {
      clearInterval(look);
    }
  }, 10);
  return () => peak / 1024;
}
