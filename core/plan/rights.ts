/** Says before anything is sent which right is missing, the smallest one that would do, and who gives it. */
import { say, type Text, type Translate } from '../text.ts';
import type { Finding, Step } from './plan.ts';

/** Exchange's own role that holds the connector cmdlets; much smaller than Organization Management (Microsoft, find-exchange-cmdlet-permissions). */
export const SMALLEST_ROLE = 'Remote and Accepted Domains';

/** Names of roles stay English: that is how both admin centers list them. */
export const rightsRemedies: readonly Text[] = [
  say(
    'The smallest right that usually does is Exchange’s role “{role}”. Somebody in the role group “Organization Management” gives it: Exchange admin center, Roles, Admin roles.',
    { role: SMALLEST_ROLE },
  ),
  say(
    'The role “Exchange Administrator” does as well. A Global Administrator gives it: Microsoft 365 admin center, Roles.',
  ),
  say('A role given just now can take some minutes to count; then sign in again.'),
  say('Or let somebody who has the role sign in here, or give the script to that person.'),
];

/** @param permitted cmdlets this account may run; null when that could not be told, which is no reason to stop */
export function rightsFinding(
  step: Step | null,
  permitted: readonly string[] | null | undefined,
  t: Translate,
): readonly Finding[] {
  if (step === null || permitted === null || permitted === undefined) return [];
  if (permitted.some((name) => name.toLowerCase() === step.cmdlet.toLowerCase())) return [];
  return [
    {
      severity: 'blocker',
      text: t('This account may look at the connectors, but very likely not change them ({cmdlet}).', {
        cmdlet: step.cmdlet,
      }),
      fix: rightsRemedies.map((remedy) => t(remedy)),
      who: 'microsoft-admin',
    },
  ];
}
