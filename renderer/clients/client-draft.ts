/** A client as it is being typed, and back; pure. */
import { siteIdFor, type Client, type Reminder, type Site } from '../../core/clients/client.ts';
import { emptyProfile } from '../set-up-actions.ts';
import { readAddresses, readDomain, readHost, readMailAddress } from '../read-typed.ts';

export type DeviceDraft = {
  readonly key: string;
  readonly name: string;
  readonly address: string;
  readonly of: number;
};
export type SiteDraft = {
  readonly key: string;
  readonly name: string;
  readonly domain: string;
  readonly sender: string;
  readonly addresses: string;
  readonly connector: string;
  readonly notes: string;
  readonly devices: readonly DeviceDraft[];
  /** Null: a new office. */
  readonly of: Site | null;
};
export type ReminderDraft = Reminder & { readonly key: string };
export type ClientDraft = {
  readonly name: string;
  readonly environment: string;
  readonly senders: string;
  readonly sites: readonly SiteDraft[];
  readonly reminders: readonly ReminderDraft[];
};

let keys = 0;
/** One of a kind on this page, for what has no name yet. */
export const newKey = (): string => `k${(keys += 1)}`;

export const newDevice = (): DeviceDraft => ({ key: newKey(), name: '', address: '', of: -1 });

export const newSite = (domain = ''): SiteDraft => ({
  key: newKey(),
  name: '',
  domain,
  sender: '',
  addresses: '',
  connector: emptyProfile().connector.name,
  notes: '',
  devices: [],
  of: null,
});

export const draftOf = (client: Client): ClientDraft => ({
  name: client.name,
  environment: client.environment,
  senders: client.senders.join(', '),
  reminders: client.reminders.map((reminder) => ({ ...reminder, key: newKey() })),
  sites: client.sites.map((site) => ({
    key: site.id,
    name: site.profile.name,
    domain: site.profile.domain,
    sender: site.profile.sender ?? '',
    addresses: site.profile.publicIps.join(', '),
    connector: site.profile.connector.name,
    notes: site.profile.notes,
    devices: site.profile.devices.map(({ name, address }, of) => ({ key: newKey(), name, address, of })),
    of: site,
  })),
});

const parts = (typed: string): readonly string[] => typed.split(/[\s,;]+/).filter((part) => part !== '');

export const readSenders = (typed: string): readonly string[] | null => {
  const found = parts(typed).map(readMailAddress);
  return found.every((one) => one !== null) ? found : null;
};

/** Ids of the fields that cannot be meant, in the order of the page. */
export function wrongFields({ name, senders, sites, reminders }: ClientDraft): readonly string[] {
  const wrong = (id: string, bad: boolean) => (bad ? [id] : []);
  return [
    ...wrong('client-name', name.trim() === ''),
    ...wrong('client-senders', readSenders(senders) === null),
    ...sites.flatMap((site) => [
      ...wrong(`${site.key}-domain`, readDomain(site.domain) === null),
      ...wrong(`${site.key}-sender`, site.sender.trim() !== '' && readMailAddress(site.sender) === null),
      ...wrong(`${site.key}-addresses`, site.addresses.trim() !== '' && readAddresses(site.addresses) === null),
      ...wrong(`${site.key}-connector`, site.connector.trim() === ''),
      ...site.devices.flatMap(({ key, address }) =>
        wrong(`${key}-address`, address.trim() !== '' && readHost(address) === null),
      ),
    ]),
    ...reminders.flatMap(({ key, what, dueOn }) => [
      ...wrong(`${key}-what`, what.trim() === ''),
      ...wrong(`${key}-day`, dueOn === ''),
    ]),
  ];
}

/** @param draft without wrong fields. @param client what it was before; what is not on the page stays as it is */
export function clientFrom(draft: ClientDraft, client: Client): Client {
  const taken = draft.sites.flatMap(({ of }) => of?.id ?? []);
  return {
    ...client,
    name: draft.name.trim(),
    environment: draft.environment,
    senders: [...(readSenders(draft.senders) ?? [])],
    reminders: draft.reminders.map(({ kind, what, dueOn }) => ({ kind, what: what.trim(), dueOn })),
    sites: draft.sites.map((site) => {
      const id = site.of?.id ?? siteIdFor(site.name || site.domain, taken);
      taken.push(id);
      const before = site.of?.profile ?? emptyProfile();
      return {
        id,
        here: site.of?.here ?? false,
        profile: {
          ...before,
          name: site.name.trim(),
          domain: readDomain(site.domain) ?? '',
          sender: readMailAddress(site.sender),
          publicIps: [...new Set(parts(readAddresses(site.addresses) ?? ''))],
          connector: { ...before.connector, name: site.connector.trim() },
          notes: site.notes,
          devices: site.devices
            .filter(({ name, address }) => name.trim() !== '' || address.trim() !== '')
            .map(({ name, address, of }) => ({
              ...(before.devices[of] ?? { brand: null, model: null }),
              name: name.trim(),
              address: readHost(address) ?? '',
            })),
        },
      };
    }),
  };
}
