/** A client as a form and back: nothing that is not on the page is lost, and what cannot be meant is named. */
import { describe, expect, it } from 'vitest';
import { Client } from '../../../core/clients/client.ts';
import { clientFrom, draftOf, newDevice, newSite, wrongFields } from '../../../renderer/clients/client-draft.ts';

const client = Client.parse({
  id: '11111111-2222-4333-8444-555555555555',
  name: 'Contoso',
  tenantId: 'aaaa',
  sites: [
    {
      id: 'main',
      here: true,
      profile: {
        name: 'Head office',
        domain: 'contoso.com',
        sender: 'scanner@contoso.com',
        publicIps: ['203.0.113.7', '203.0.113.8'],
        relayHost: 'contoso-com.mail.protection.outlook.com',
        devices: [{ name: 'Hallway', address: '192.168.1.50', brand: 'canon', model: 'C3520' }],
        testRecipients: { internal: 'office@contoso.com', external: null },
        connector: {
          name: 'Scanners',
          authentication: 'certificate',
          certificateName: 'scan.contoso.com',
          requireTls: true,
        },
        notes: 'Second floor',
      },
    },
  ],
  senders: ['billing@contoso.com'],
  reminders: [{ kind: 'firmware', what: 'Hallway', dueOn: '2027-03-31' }],
  addedAt: '2026-01-01T00:00:00Z',
  seenAt: '2026-02-01T00:00:00Z',
});

describe('a client as a form', () => {
  it('is the same again when nothing was typed', () => {
    const draft = draftOf(client);
    expect(wrongFields(draft)).toEqual([]);
    expect(clientFrom(draft, client)).toEqual(client);
  });

  it('takes another office and another device, with an id that is free', () => {
    const draft = draftOf(client);
    const site = { ...newSite('contoso.com'), name: 'Main', addresses: '198.51.100.9 198.51.100.9' };
    const device = { ...newDevice(), address: 'scanner.office' };
    const next = clientFrom({ ...draft, sites: [...draft.sites, { ...site, devices: [device, newDevice()] }] }, client);
    expect(next.sites[1]).toMatchObject({
      id: 'main-2',
      here: false,
      profile: {
        publicIps: ['198.51.100.9'],
        sender: null,
        devices: [{ name: '', address: 'scanner.office', brand: null }],
      },
    });
    expect(Client.safeParse(next).success).toBe(true);
  });

  it('keeps brand and model with their device when the one before it is taken out', () => {
    const two = {
      ...client.sites[0]!.profile,
      devices: [
        { name: 'A', address: '', brand: 'a', model: null },
        { name: 'B', address: '', brand: 'b', model: null },
      ],
    };
    const before = { ...client, sites: [{ ...client.sites[0]!, profile: two }] };
    const draft = draftOf(before);
    const [site] = draft.sites;
    const next = clientFrom({ ...draft, sites: [{ ...site!, devices: site!.devices.slice(1) }] }, before);
    expect(next.sites[0]?.profile.devices).toEqual([{ name: 'B', address: '', brand: 'b', model: null }]);
  });

  it('names what cannot be meant, in the order of the page', () => {
    const draft = draftOf(client);
    const [site] = draft.sites;
    const wrong = {
      ...draft,
      name: ' ',
      senders: 'nobody',
      sites: [{ ...site!, domain: 'contoso', sender: 'scanner', addresses: '203.0.113', connector: '' }],
      reminders: [{ key: 'r', kind: 'other' as const, what: '', dueOn: '' }],
    };
    expect(wrongFields(wrong)).toEqual([
      'client-name',
      'client-senders',
      'main-domain',
      'main-sender',
      'main-addresses',
      'main-connector',
      'r-what',
      'r-day',
    ]);
  });
});
