/** The checks, SPF, and who holds the DNS records. */
import { check, dnsHostOf, evaluateSpfOf, spreadOfRecord } from '../office.ts';
import type { checkCalls } from '../../core/calls/checks.ts';
import type { EngineParts, PartOf } from './engine-parts.ts';

export const checkPart = ({ worlds }: EngineParts): PartOf<typeof checkCalls> => ({
  'check.run': ({ environment, profile, only }, context) =>
    check(worlds.get(environment), profile, context, only ? { only } : {}),
  'spf.evaluate': (params, context) => evaluateSpfOf(worlds.get(params.environment), params, context),
  'spf.spread': (params, context) => spreadOfRecord(worlds.get(params.environment), params, context),
  'dns.host': ({ environment, domain }, context) => dnsHostOf(worlds.get(environment), domain, context),
});
