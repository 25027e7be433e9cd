/** Runs pure SPF work against DNS answers held in memory. */
import type { SpfAnswer, SpfQuery, SpfSteps } from '../../core/spf/spf-question.ts';

export function run<T>(steps: SpfSteps<T>, answer: (query: SpfQuery) => SpfAnswer): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next(answer(step.value));
  return step.value;
}

/** Who is checked: the envelope sender, or the HELO name when that is empty (RFC 7208 §2.3, §2.4). */
export function identityOf({ host, helo, mailfrom }: { host: string; helo: string; mailfrom: string }) {
  const at = mailfrom.lastIndexOf('@');
  const domain = mailfrom === '' ? helo : mailfrom.slice(at + 1);
  const local = mailfrom.slice(0, Math.max(0, at)) || 'postmaster';
  return { ip: host, helo, domain, sender: `${local}@${domain}` };
}
