/** Desired minus actual: which steps make the tenant relay for these addresses, and what speaks for or against it. */
import { addressKind, parseIpv4 } from '../address.ts';
import type { Profile } from '../profile.ts';
import type { Translate } from '../text.ts';
import {
  coversAddress,
  relaysForAddress,
  relaysForCertificate,
  sameName,
  type InboundConnector,
} from './inbound-connector.ts';
import type { Finding, Plan, Step, Tenant } from './plan.ts';
import { planFindings } from './plan-findings.ts';
import { initialDomainOf, type TenantFacts } from './tenant-facts.ts';
import {
  changesTo,
  COMMENT_MARKER,
  creationParameters,
  wantedConnector,
  type WantedConnector,
} from './wanted-connector.ts';

export type PlanInput = {
  readonly profile: Profile;
  /** The office's public IPv4 addresses; not needed when a certificate decides. */
  readonly addresses: readonly string[];
  /** Addresses our own connector is to let in no more; ranges and other connectors stay as they are. */
  readonly takeAway?: readonly string[];
  readonly actual: TenantFacts;
  readonly tenant: Tenant;
};

/** RelayReady's own: made by it, or of its name and set up in the same way by hand. */
export function isOurs(connector: InboundConnector, wanted: WantedConnector): boolean {
  if (!sameName(connector.name, wanted.name)) return false;
  if (connector.comment.startsWith(COMMENT_MARKER)) return true;
  return Object.keys(changesTo(connector, wanted, []).set).length === 0;
}

/** Addresses that no connector but our own lets in yet; the certificate's name stands for itself. */
function missingFor(wanted: WantedConnector, others: readonly InboundConnector[]): readonly string[] {
  if (wanted.certificateName !== null) {
    const name = wanted.certificateName;
    return others.some((connector) => relaysForCertificate(connector, name, wanted.domain)) ? [] : [name];
  }
  return wanted.ips.filter(
    (address) => !others.some((connector) => relaysForAddress(connector, address, wanted.domain)),
  );
}

/** What is wrong with the wish itself, before the tenant is looked at. */
function wishFindings(profile: Profile, wanted: WantedConnector, t: Translate): readonly Finding[] {
  const blocker = (text: string, fix: string): Finding => ({ severity: 'blocker', text, fix: [fix], who: 'you' });
  if (profile.connector.authentication === 'certificate')
    return wanted.certificateName === null
      ? [
          blocker(
            t('The scanner is to be recognised by its certificate, but the certificate’s name is missing.'),
            t('Enter the name in the certificate, for example scanner.{domain}.', { domain: profile.domain }),
          ),
        ]
      : [];
  if (wanted.ips.length === 0)
    return [
      blocker(
        t('The public address of this office is not known, so Microsoft cannot be told whom to let in.'),
        t('Find out the address in the step “Your internet line”, or enter it.'),
      ),
    ];
  const unusable = wanted.ips.filter((address) => {
    if (parseIpv4(address) === null) return true;
    const kind = addressKind(address);
    return kind !== 'public' && kind !== 'documentation';
  });
  return unusable.map((address) =>
    blocker(
      t('{address} is not a public IPv4 address. Microsoft sees only the address of your internet line.', { address }),
      t('Enter the public address of the office; your internet provider knows it.'),
    ),
  );
}

function stepFor(
  wanted: WantedConnector,
  ours: InboundConnector | undefined,
  { missing, takeAway }: { readonly missing: readonly string[]; readonly takeAway: readonly string[] },
  t: Translate,
): Step | null {
  const what = missing.join(', ');
  if (!ours)
    return {
      cmdlet: 'New-InboundConnector',
      parameters: creationParameters(wanted.certificateName === null ? { ...wanted, ips: missing } : wanted),
      why: t('Lets {what} send mail as {domain}, to anybody, through Microsoft 365.', { what, domain: wanted.domain }),
      undo: { cmdlet: 'Remove-InboundConnector', parameters: { Identity: wanted.name, Confirm: false } },
    };
  const { set, before } = changesTo(ours, wanted, missing, takeAway);
  const names = Object.keys(set);
  if (names.length === 0) return null;
  return {
    cmdlet: 'Set-InboundConnector',
    parameters: { Identity: ours.name, ...set },
    why: whyChanged(names, ours, { missing, takeAway }, wanted.domain, t),
    undo: { cmdlet: 'Set-InboundConnector', parameters: { Identity: ours.name, ...before } },
  };
}

/** A connector without an address would let nobody in, which is not what was asked. */
function removable(
  takeAway: readonly string[],
  wanted: WantedConnector,
  ours: InboundConnector | undefined,
  missing: readonly string[],
): readonly string[] {
  const away = takeAway.filter((address) => ours?.ips.includes(address) && !wanted.ips.includes(address));
  return missing.length > 0 || ours?.ips.some((stored) => !away.includes(stored)) === true ? away : [];
}

function whyChanged(
  names: readonly string[],
  ours: InboundConnector,
  { missing, takeAway }: { readonly missing: readonly string[]; readonly takeAway: readonly string[] },
  domain: string,
  t: Translate,
): string {
  const { name } = ours;
  const what = missing.join(', ');
  const gone = takeAway.join(', ');
  const fresh = missing.filter((address) => !ours.ips.some((stored) => coversAddress(stored, address))).join(', ');
  if (gone !== '' && fresh === '')
    return t('Takes {gone} away from the connector “{name}”; the other addresses stay.', { gone, name });
  if (gone !== '')
    return t('Adds {what} to the connector “{name}” and takes {gone} away; the others stay.', {
      what: fresh,
      gone,
      name,
    });
  if (names.length === 1 && names[0] === 'SenderIPAddresses')
    return t('Adds {what} to the connector “{name}”; the addresses already in it stay.', {
      what: fresh || what,
      name,
    });
  return t('Sets the connector “{name}” so that {what} may send as {domain}.', { what, name, domain });
}

/** Pure: the same facts give the same plan. A blocker among the findings means that there are no steps. */
export function makePlan({ profile, addresses, takeAway = [], actual, tenant }: PlanInput, t: Translate): Plan {
  const wanted = wantedConnector(profile, addresses);
  const connectors = actual.connectors ?? [];
  const ours = connectors.find((connector) => isOurs(connector, wanted));
  const others = connectors.filter((connector) => connector !== ours);
  const wish = wishFindings(profile, wanted, t);
  const missing = wish.length > 0 ? [] : missingFor(wanted, others);
  const away = wish.length > 0 ? [] : removable(takeAway, wanted, ours, missing);
  const step = missing.length + away.length === 0 ? null : stepFor(wanted, ours, { missing, takeAway: away }, t);
  const findings = [...wish, ...planFindings({ profile, wanted, actual, ours, others, step, tenant }, t)];
  const blocked = findings.some((finding) => finding.severity === 'blocker');
  const domains = actual.acceptedDomains ?? [];
  return {
    schema: 'relayready/plan@1',
    tenant: {
      id: tenant.id,
      name: tenant.name ?? actual.organization?.name ?? null,
      initialDomain: tenant.initialDomain ?? initialDomainOf(domains),
    },
    steps: step === null || blocked ? [] : [step],
    findings,
  };
}
