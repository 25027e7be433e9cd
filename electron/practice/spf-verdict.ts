/** What a receiver finds when it compares a sending address with the practice domain's SPF record. */
import { domainOf } from '../../core/address.ts';
import { evaluateSpf } from '../../core/spf/evaluate.ts';
import type { SpfResult } from '../../core/spf/spf-document.ts';
import type { SpfAnswer, SpfQuery } from '../../core/spf/spf-question.ts';
import { lookUp, type Zone } from './zone.ts';

export type SpfVerdict = (ip: string, sender: string) => SpfResult;

function answer(zone: Zone, { name, type }: SpfQuery): SpfAnswer {
  const { status, records } = lookUp(zone, name, type);
  if (status === 'alias-loop') return { status: 'failed', trouble: 'alias-loop' };
  if (status !== 'found') return { status: 'none', noSuchName: status === 'no-such-name' };
  const values = records.filter((record) => record.type === type).map(({ value }) => value);
  return { status: 'found', records: type === 'MX' ? values.map((value) => value.split(' ')[1] ?? '') : values };
}

export const spfVerdict =
  (zone: Zone): SpfVerdict =>
  (ip, sender) => {
    if (sender === '') return 'none';
    const domain = domainOf(sender);
    const steps = evaluateSpf({ ip, domain, sender, helo: domain });
    let step = steps.next();
    while (step.done !== true) step = steps.next(answer(zone, step.value));
    return step.value.result;
  };
