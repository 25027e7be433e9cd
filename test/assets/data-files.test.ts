/** The reviewed data files: they parse strictly, are named after their ids, and hold nothing that could mislead. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BrandCard } from '../../core/calls/devices.ts';
import { identifyDevice } from '../../core/evidence/identify-device.ts';
import { DnsHost } from '../../core/dns-hosts/dns-host.ts';
import { english } from '../../core/text.ts';
import { loadBrands, loadDnsHosts } from '../../electron/storage/assets.ts';

const assets = fileURLToPath(new URL('../../assets/', import.meta.url));
const filesOf = (folder: string) =>
  readdirSync(`${assets}${folder}`).map((file) => ({
    file,
    data: JSON.parse(readFileSync(`${assets}${folder}/${file}`, 'utf8')) as unknown,
  }));
const textsOf = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : [];

const StrictBrandCard = z.strictObject({ ...BrandCard.shape, labels: z.strictObject(BrandCard.shape.labels.shape) });
const SETS = [
  { folder: 'brands', schema: StrictBrandCard, least: 20 },
  { folder: 'dns-hosts', schema: DnsHost, least: 25 },
] as const;

for (const { folder, schema, least } of SETS)
  describe(`assets/${folder}`, () => {
    const files = filesOf(folder);

    it('has enough of them, and one for all others', () => {
      expect(files.length).toBeGreaterThanOrEqual(least);
      expect(files.map(({ file }) => file)).toContain('generic.json');
    });

    for (const { file, data } of files)
      it(`${file} is sound`, () => {
        const entry: { readonly id: string } = schema.parse(data);
        expect(`${entry.id}.json`).toBe(file);
        for (const text of textsOf(data)) {
          expect(text.trim()).toBe(text);
          expect(text).not.toBe('');
          // eslint-disable-next-line no-control-regex
          expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
        }
      });
  });

describe('brand cards', () => {
  it('have a name of their own, a page on the device, and settings that work with Microsoft 365', async () => {
    const cards = await loadBrands(english);
    expect(new Set(cards.map(({ brand }) => brand.toLowerCase())).size).toBe(cards.length);
    for (const card of cards) {
      if (card.webPage !== null) expect(card.webPage).toMatch(/^https?:\/\/<address>(:\d+)?\/$/);
      expect(card.notes.length).toBeGreaterThanOrEqual(2);
      expect(card.menuPath.length).toBeGreaterThanOrEqual(2);
      expect(card.labels.encryptionValue).toMatch(/STARTTLS|Start TLS|Negotiate|If Supported|^on\b/i);
      expect(card.labels.authenticationValue).toMatch(/^(off|none|no|disable)\b/i);
    }
    // Only these makers' own texts were read field by field.
    const vendor = cards.filter(({ certainty }) => certainty === 'vendor');
    expect(vendor.map(({ id }) => id)).toEqual(['apc', 'epson', 'sharp']);
  });

  it('say where they are known from, and when that was read', async () => {
    const today = new Date().toISOString().slice(0, 10);
    for (const { id, evidence, verifiedOn, certainty } of await loadBrands(english)) {
      expect(evidence.length, id).toBeGreaterThan(0);
      for (const { url } of evidence.filter((source) => source.url !== null))
        expect(new URL(url as string).protocol, id).toMatch(/^https?:$/);
      // What the maker's own text was read for has its address.
      if (certainty === 'vendor') expect(evidence.map(({ url }) => url)).not.toContain(null);
      expect(verifiedOn, id).toMatch(/^20\d\d-\d\d-\d\d$/);
      expect(verifiedOn <= today, id).toBe(true);
    }
  });
  it('cover scanners and other senders: sixteen and more', async () => {
    const ids = (await loadBrands(english)).map(({ id }) => id).filter((id) => id !== 'generic');
    expect(ids.length).toBeGreaterThanOrEqual(16);
    for (const id of ['hp', 'canon', 'ricoh', 'synology', 'qnap', 'apc', 'veeam', 'postfix']) expect(ids).toContain(id);
  });
  it('are named as an identified device names its maker', async () => {
    /** Private enterprise numbers (IANA) of the makers. */
    const numbers = [11, 236, 253, 318, 367, 641, 1129, 1248, 1347, 1602, 2385, 2435, 6574, 18334, 24681];
    const brands = (await loadBrands(english)).map(({ brand }) => brand);
    const signs = { httpServer: null, httpTitle: null, snmpDescription: null };
    for (const number of numbers)
      expect(brands).toContain(identifyDevice({ ...signs, snmpObjectId: `1.3.6.1.4.1.${number}.9.1` })?.brand);
  });

  it('hold no factory password and no advice to weaken anything', () => {
    for (const text of filesOf('brands').flatMap(({ data }) => textsOf(data)))
      expect(text).not.toMatch(/default password|admin\s*\/\s*\w+|turn off (the )?(firewall|security defaults)/i);
  });
});

describe('DNS hosts', () => {
  it('link to https pages only, and share no name server', async () => {
    const hosts = await loadDnsHosts(english);
    expect(new Set(hosts.map(({ name }) => name.toLowerCase())).size).toBe(hosts.length);
    expect(hosts.filter(({ adminPage }) => adminPage === null).map(({ id }) => id)).toEqual(['generic']);
    for (const { adminPage } of hosts.filter((host) => host.adminPage !== null))
      expect(new URL(adminPage as string)).toMatchObject({ protocol: 'https:', username: '', password: '' });
    const marks = hosts.flatMap(({ nsSuffixes, nsLabelStarts }) => [...nsSuffixes, ...nsLabelStarts]);
    expect(new Set(marks).size).toBe(marks.length);
    const swallowed = marks.filter((mark) => marks.some((other) => mark.endsWith(`.${other}`)));
    expect(swallowed).toEqual([]);
  });

  it('can each be found, but for the generic one', async () => {
    for (const { id, nsSuffixes, nsLabelStarts } of await loadDnsHosts(english))
      expect(nsSuffixes.length + nsLabelStarts.length > 0).toBe(id !== 'generic');
  });
});
