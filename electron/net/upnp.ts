/** Asks an internet gateway device for its outside address (UPnP IGD: SSDP, description, GetExternalIPAddress). */
import dgram from 'node:dgram';
import http from 'node:http';
import { parseIpv4 } from '../../core/address.ts';
import type { RouterAnswer } from './router.ts';

const MAX_BYTES = 64 * 1024;
const RESEND_MS = 700;
const SEARCH = 'urn:schemas-upnp-org:device:InternetGatewayDevice:1';
const SERVICE = /urn:schemas-upnp-org:service:WAN(?:IP|PPP)Connection:[12]/;

type Allowed = (address: string) => boolean;

/** @param ssdp `host:port` the search goes to. @param allowed may this address be asked. */
export async function askUpnp(ssdp: string, allowed: Allowed, limit: AbortSignal): Promise<RouterAnswer | null> {
  const found = await search(ssdp, allowed, limit);
  if (found === null) return null;
  const { router, location } = found;
  const description = await ask(location, { method: 'GET' }, limit);
  const control = controlOf(description);
  if (control === null) return null;
  const target = new URL(control.path, location);
  // The description may name another host; only the router that answered is asked.
  if (target.hostname !== location.hostname) return null;
  const body = `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body><u:GetExternalIPAddress xmlns:u="${control.service}"/></s:Body></s:Envelope>`;
  const headers = {
    'content-type': 'text/xml; charset="utf-8"',
    soapaction: `"${control.service}#GetExternalIPAddress"`,
    'content-length': String(Buffer.byteLength(body)),
  };
  const said = await ask(target, { method: 'POST', headers }, limit, body);
  const outside = parseIpv4(/<NewExternalIPAddress[^>]*>([^<]{0,40})</.exec(said)?.[1] ?? '');
  return outside === null ? null : { way: 'upnp', router, outside };
}

/** The first gateway device that answers, with its description at its own address. */
function search(
  ssdp: string,
  allowed: Allowed,
  limit: AbortSignal,
): Promise<{ readonly router: string; readonly location: URL } | null> {
  const at = ssdp.lastIndexOf(':');
  const [host, port] = [ssdp.slice(0, at), Number(ssdp.slice(at + 1))];
  const question = Buffer.from(
    ['M-SEARCH * HTTP/1.1', `HOST: ${ssdp}`, 'MAN: "ssdp:discover"', 'MX: 1', `ST: ${SEARCH}`, '', ''].join('\r\n'),
  );
  return new Promise((resolve) => {
    if (limit.aborted) {
      resolve(null);
      return;
    }
    const socket = dgram.createSocket('udp4');
    const send = () => socket.send(question, port, host);
    const again = setInterval(send, RESEND_MS);
    const end = (answer: { readonly router: string; readonly location: URL } | null) => {
      clearInterval(again);
      limit.removeEventListener('abort', cut);
      socket.close();
      resolve(answer);
    };
    const cut = () => end(null);
    limit.addEventListener('abort', cut, { once: true });
    socket.once('error', cut);
    socket.on('message', (message, from) => {
      const location = locationOf(message.toString('latin1'));
      if (location !== null && location.hostname === from.address && allowed(from.address))
        end({ router: from.address, location });
    });
    send();
  });
}

function locationOf(answer: string): URL | null {
  const text = answer.startsWith('HTTP/1.1 200') ? /^location:\s*(\S{1,300})\s*$/im.exec(answer)?.[1] : undefined;
  if (text === undefined || !URL.canParse(text)) return null;
  const location = new URL(text);
  return location.protocol === 'http:' ? location : null;
}

/** Control path of the first WAN connection service in a device description. */
function controlOf(description: string): { readonly service: string; readonly path: string } | null {
  for (const block of description.split('<service>').slice(1, 50)) {
    const service = SERVICE.exec(block)?.[0];
    const path = /<controlURL>([^<>]{1,300})<\/controlURL>/.exec(block)?.[1]?.trim();
    if (service !== undefined && path !== undefined) return { service, path };
  }
  return null;
}

function ask(url: URL, options: http.RequestOptions, limit: AbortSignal, body?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { ...options, agent: false, signal: limit }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_BYTES) request.destroy(new Error('too large'));
        else chunks.push(chunk);
      });
      response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}
