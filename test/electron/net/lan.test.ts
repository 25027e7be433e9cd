/** The office network: which networks may be searched, what announcements are believed, which ports are never opened. */
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { maySearch, networkKind } from '../../../core/evidence/network-kind.ts';
import { browse, readAnnouncement } from '../../../electron/net/lan-browse.ts';
import { identifyDevice, portState } from '../../../electron/net/lan-device.ts';
import { readTxt } from '../../../electron/net/lan-mdns.ts';
import { isInside, readNmcli, readWindows } from '../../../electron/net/lan-networks.ts';
import { isScannerOrPrinter } from '../../../electron/net/lan-wsd.ts';

const office = { card: 'eth0', address: '192.168.1.10', netmask: '255.255.255.0', category: null, name: null };
const signal = new AbortController().signal;
const guard = { loopback: true, ownListeners: () => [] };

describe('a network', () => {
  it.each([
    ['that nobody knows', {}, 'unknown'],
    ['Windows calls private', { category: 'Private' }, 'own'],
    ['of a Windows domain', { category: 'DomainAuthenticated' }, 'own'],
    ['Windows calls public', { category: 'Public' }, 'guest'],
    ['called Contoso-Guest', { name: 'Contoso-Guest' }, 'guest'],
    ['called Gast_WLAN', { name: 'Gast_WLAN' }, 'guest'],
    ['called Hotel Public WiFi, and private to Windows', { name: 'Hotel Public WiFi', category: 'Private' }, 'guest'],
    ['called Contoso', { name: 'Contoso' }, 'unknown'],
    ['of a provider (CGNAT)', { address: '100.64.3.2' }, 'public'],
    ['of internet addresses', { address: '203.0.113.7' }, 'public'],
    ['behind a tunnel', { card: 'tun0' }, 'vpn'],
    ['of one address', { netmask: '255.255.255.255' }, 'vpn'],
    ['of containers', { card: 'docker0' }, null],
    ['without an address of its own', { address: '169.254.3.4' }, null],
  ])('%s', (_, signs, kind) => {
    expect(networkKind({ ...office, ...signs })).toBe(kind);
  });
  it('is searched only when it may be, and only when the person agrees', () => {
    expect((['own', 'unknown', 'guest', 'public', 'vpn'] as const).filter((kind) => maySearch(kind, true))).toEqual([
      'own',
      'unknown',
    ]);
    expect((['own', 'unknown', 'guest', 'public', 'vpn'] as const).filter((kind) => maySearch(kind, false))).toEqual(
      [],
    );
  });
  it('is told by Windows and by NetworkManager', () => {
    const one = '{"InterfaceAlias":"Wi-Fi","Name":"Contoso","Category":"Public"}';
    expect(readWindows(one).get('Wi-Fi')).toEqual({ category: 'Public', name: 'Contoso' });
    expect(readWindows(`[${one}]`).size).toBe(1);
    expect(readWindows('Get-NetConnectionProfile : not found').size).toBe(0);
    expect(readNmcli('wlan0:Contoso\\: Guest\nlo:lo\n\n').get('wlan0')).toEqual({
      category: null,
      name: 'Contoso: Guest',
    });
  });
  it('is never searched from a world on the loopback interface', async () => {
    expect(await browse({ signal, ownNetwork: true }, guard)).toEqual({ networks: [], searched: false, devices: [] });
  });
});

describe('an announcement', () => {
  const txt = { ty: 'Brother MFC-L3770CDW series', note: 'Second floor', usb_mfg: 'Brother', usb_mdl: 'MFC-L3770CDW' };
  it('names device, brand, model and the note of a person', () => {
    expect(readAnnouncement({ name: 'Brother', addresses: ['192.168.1.50'], txt })).toEqual({
      address: '192.168.1.50',
      name: 'Brother MFC-L3770CDW series',
      brand: 'Brother',
      model: 'MFC-L3770CDW',
      note: 'Second floor',
      source: 'mdns',
    });
  });
  it.each([
    ['a queue of a computer', { ...txt, 'printer-type': '0x1' }],
    ['another queue of a computer', { ...txt, rp: 'printers/Brother' }],
  ])('of %s is none', (_, queue) => {
    expect(readAnnouncement({ name: 'Brother', addresses: ['192.168.1.50'], txt: queue })).toBeNull();
  });
  it('is read without control characters, NULs and keys of odd case', () => {
    expect(
      readTxt([Buffer.from('TY=Sharp\u001b[2J'), Buffer.from('note=\0'), Buffer.from('=x'), Buffer.from('flag')]),
    ).toEqual({
      ty: 'Sharp�[2J',
      note: '',
    });
  });
  it.each([
    ['192.168.1.50', true],
    ['192.168.2.50', false],
    ['203.0.113.9', false],
    ['fe80::1', false],
    ['192.168.1.50.example.com', false],
  ])('of the address %s is believed: %s', (address, believed) => {
    expect(isInside(address, { ...office, network: '192.168.1.0/24', kind: 'unknown' })).toBe(believed);
  });
  it('by WS-Discovery counts when the device scans or prints', () => {
    const match = (types: string) => `<d:ProbeMatches><d:Types>${types}</d:Types></d:ProbeMatches>`;
    expect(isScannerOrPrinter(match('wsdp:Device wscn:ScanDeviceType'))).toBe(true);
    expect(isScannerOrPrinter(match('wsdp:Device wprt:PrintDeviceType'))).toBe(true);
    expect(isScannerOrPrinter(match('wsdp:Device pub:Computer'))).toBe(false);
    expect(isScannerOrPrinter('<d:Probe><d:Types>wscn:ScanDeviceType</d:Types></d:Probe>')).toBe(false);
  });
});

describe('a device', () => {
  it.each([515, 9100, 9101, 9102])(
    'is never connected to on port %i, where what arrives comes out as paper',
    async (port) => {
      let calls = 0;
      const server = net.createServer(() => (calls += 1)).on('error', () => undefined);
      server.listen(port, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve).once('error', resolve));
      expect(await portState('127.0.0.1', port, { signal }, guard)).toBe('silent');
      expect(calls).toBe(0);
      await new Promise((resolve) => server.close(resolve));
    },
  );
  it('that is silent, or this computer itself, gives nothing and holds nobody up', async () => {
    const nothing = { httpServer: null, httpTitle: null, snmpDescription: null, snmpObjectId: null };
    const started = performance.now();
    expect(await identifyDevice('127.0.0.1', { signal, deadlineMs: 500 }, { ...guard, loopback: false })).toEqual(
      nothing,
    );
    expect(await identifyDevice('127.99.99.99', { signal, deadlineMs: 500 }, guard)).toEqual(nothing);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
