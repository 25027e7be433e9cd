/** A home router on the loopback address: tells its outside address by NAT-PMP and UPnP, honestly or not. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export type RouterOptions = {
  /** Outside address; null: says that it has none. */
  readonly outside?: string | null;
  readonly natPmp?: 'right' | 'silent' | 'error' | 'short' | 'wrong-version';
  readonly upnp?:
    | 'right'
    | 'silent'
    | 'elsewhere'
    | 'control-elsewhere'
    | 'not-xml'
    | 'flood'
    | 'stalls'
    | 'redirect'
    | 'nonsense-address';
};

export type FakeRouter = {
  readonly environment: { readonly gateways: string[]; readonly ssdp: string };
  readonly asked: () => readonly string[];
  readonly close: () => Promise<void>;
};

const DESCRIPTION = (control: string) => `<?xml version="1.0"?><root><device><deviceList><device><serviceList>
<service><serviceType>urn:schemas-upnp-org:service:Layer3Forwarding:1</serviceType><controlURL>/l3f</controlURL></service>
<service><serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType><controlURL>${control}</controlURL></service>
</serviceList></device></deviceList></device></root>`;

export async function startRouter(options: RouterOptions = {}): Promise<FakeRouter> {
  const { outside = '203.0.113.7', natPmp = 'right', upnp = 'right' } = options;
  const asked: string[] = [];
  const web = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (upnp === 'stalls') return;
    if (upnp === 'flood') return void response.end('<service>'.repeat(100_000));
    if (upnp === 'redirect') return void response.writeHead(302, { location: 'http://198.51.100.1/' }).end();
    if (request.method === 'GET')
      return void response.end(
        upnp === 'not-xml'
          ? '<html>Welcome</html>'
          : DESCRIPTION(upnp === 'control-elsewhere' ? 'http://198.51.100.1/control' : '/control'),
      );
    const said = upnp === 'nonsense-address' ? '<b>999.1.1.1</b>' : (outside ?? '');
    response.end(
      `<s:Envelope><s:Body><u:GetExternalIPAddressResponse><NewExternalIPAddress>${said}</NewExternalIPAddress></u:GetExternalIPAddressResponse></s:Body></s:Envelope>`,
    );
  });
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
  const { port } = web.address() as AddressInfo;

  const ssdp = dgram.createSocket('udp4');
  ssdp.on('message', (message, from) => {
    asked.push(message.toString().split('\r\n')[0] ?? '');
    if (upnp === 'silent') return;
    const host = upnp === 'elsewhere' ? '198.51.100.1' : '127.0.0.1';
    const answer = `HTTP/1.1 200 OK\r\nLOCATION: http://${host}:${port}/rootDesc.xml\r\nST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\n\r\n`;
    ssdp.send(answer, from.port, from.address);
  });
  ssdp.bind(0, '127.0.0.1');
  await once(ssdp, 'listening');

  const pmp = dgram.createSocket('udp4');
  pmp.on('message', (message, from) => {
    asked.push(`nat-pmp ${message.toString('hex')}`);
    if (natPmp === 'silent') return;
    const answer = Buffer.from([0, 128, 0, natPmp === 'error' ? 3 : 0, 0, 0, 0, 9, 0, 0, 0, 0]);
    if (natPmp === 'wrong-version') answer[0] = 2;
    for (const [at, part] of (outside ?? '0.0.0.0').split('.').entries()) answer[8 + at] = Number(part);
    pmp.send(natPmp === 'short' ? answer.subarray(0, 9) : answer, from.port, from.address);
  });
  pmp.bind(0, '127.0.0.1');
  await once(pmp, 'listening');

  return {
    environment: { gateways: [`127.0.0.1:${pmp.address().port}`], ssdp: `127.0.0.1:${ssdp.address().port}` },
    asked: () => asked,
    close: async () => {
      web.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => web.close(resolve)),
        new Promise<void>((resolve) => ssdp.close(resolve)),
        new Promise<void>((resolve) => pmp.close(resolve)),
      ]);
    },
  };
}
