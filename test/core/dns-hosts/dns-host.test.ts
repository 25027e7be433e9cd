/** Name servers lead to the right DNS host, and to none when they are unknown or mixed. */
import { describe, expect, it } from 'vitest';
import { findDnsHost } from '../../../core/dns-hosts/dns-host.ts';
import { english } from '../../../core/text.ts';
import { loadDnsHosts } from '../../../electron/storage/assets.ts';

const hosts = await loadDnsHosts(english);
const found = (...nameServers: readonly string[]) => findDnsHost(hosts, nameServers)?.id ?? null;

describe('findDnsHost', () => {
  it.each([
    ['godaddy', ['ns51.domaincontrol.com', 'ns52.domaincontrol.com']],
    ['cloudflare', ['amy.ns.cloudflare.com.', 'BOB.NS.CLOUDFLARE.COM.']],
    ['route-53', ['ns-1536.awsdns-00.co.uk', 'ns-512.awsdns-00.net', 'ns-1.awsdns-07.org']],
    ['azure-dns', ['ns1-01.azure-dns.com', 'ns2-01.azure-dns.net']],
    ['ionos', ['ns1045.ui-dns.com', 'ns1045.ui-dns.org', 'ns1045.ui-dns.de', 'ns1045.ui-dns.biz']],
    ['hetzner', ['ns1.first-ns.de', 'robotns2.second-ns.de', 'robotns3.second-ns.com']],
    ['google', ['ns-cloud-a1.googledomains.com', 'ns-cloud-a2.googledomains.com']],
    ['microsoft-365', ['ns1.bdm.microsoftonline.com', 'ns2.bdm.microsoftonline.com']],
    ['strato', ['docks01.rzone.de', 'shades18.rzone.de']],
  ])('%s', (id, nameServers) => {
    expect(found(...nameServers)).toBe(id);
  });

  it.each([
    ['unknown names', ['ns1.contoso.com']],
    ['a name that only ends alike', ['ns1.notdomaincontrol.com']],
    ['a suffix in the middle', ['domaincontrol.com.contoso.com']],
    ['two hosts at once', ['ns51.domaincontrol.com', 'amy.ns.cloudflare.com']],
    ['one known and one unknown', ['ns51.domaincontrol.com', 'ns1.contoso.com']],
    ['none at all', []],
  ])('nobody for %s', (_, nameServers) => {
    expect(found(...nameServers)).toBeNull();
  });
});
