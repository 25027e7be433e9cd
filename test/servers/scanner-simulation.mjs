/** A scanner in a network of its own for discovery.test.ts: announces itself by mDNS, answers SNMP and one web page, and logs what it hears. */
import dgram from 'node:dgram';
import http from 'node:http';
import packet from 'dns-packet';
import snmp from 'net-snmp';

const [address, wsdAddress] = process.argv.slice(2);
const log = (what) => process.stdout.write(`${what}\n`);
const INSTANCE = 'RICOH IM C3000 [0A1B2C]._uscan._tcp.local';
const HOST = 'RNP0A1B2C.local';

const mdns = dgram.createSocket({ type: 'udp4', reuseAddr: true });
mdns.on('message', (bytes) => {
  const message = packet.decode(bytes);
  if (message.type !== 'query') return;
  log(`mdns ${message.questions.map(({ type, name }) => `${type} ${name}`).join(', ')}`);
  if (!message.questions.some(({ name }) => name === '_uscan._tcp.local')) return;
  const txt = ['txtvers=1', 'ty=RICOH IM C3000', 'note=Second floor', 'rs=eSCL', 'uuid=1'];
  const reply = packet.encode({
    type: 'response',
    flags: packet.AUTHORITATIVE_ANSWER,
    answers: [{ type: 'PTR', name: '_uscan._tcp.local', ttl: 120, data: INSTANCE }],
    additionals: [
      { type: 'SRV', name: INSTANCE, ttl: 120, data: { target: HOST, port: 80 } },
      { type: 'TXT', name: INSTANCE, ttl: 120, data: txt },
      { type: 'A', name: HOST, ttl: 120, data: address },
    ],
  });
  mdns.send(reply, 5353, '224.0.0.251');
  // A liar: it announces a host outside this network, which must never be asked anything.
  const liar = packet.encode({
    type: 'response',
    answers: [{ type: 'PTR', name: '_ipp._tcp.local', ttl: 120, data: 'Liar._ipp._tcp.local' }],
    additionals: [
      { type: 'SRV', name: 'Liar._ipp._tcp.local', ttl: 120, data: { target: 'liar.local', port: 631 } },
      { type: 'TXT', name: 'Liar._ipp._tcp.local', ttl: 120, data: ['ty=Liar'] },
      { type: 'A', name: 'liar.local', ttl: 120, data: '203.0.113.9' },
    ],
  });
  mdns.send(liar, 5353, '224.0.0.251');
});
mdns.bind(5353, () => {
  mdns.setMulticastInterface(address);
  mdns.addMembership('224.0.0.251', address);
});

/** Another device, which answers WS-Discovery only. */
const wsd = dgram.createSocket({ type: 'udp4', reuseAddr: true });
wsd.on('message', (bytes, { address: from, port }) => {
  if (!/Probe/.test(bytes.toString())) return;
  log('wsd Probe');
  const reply = dgram.createSocket('udp4');
  reply.bind(0, wsdAddress, () => {
    const match = `<s:Envelope><s:Body><d:ProbeMatches><d:ProbeMatch><d:Types>wsdp:Device wscn:ScanDeviceType</d:Types><d:XAddrs>http://203.0.113.9/</d:XAddrs></d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>`;
    reply.send(match, port, from, () => reply.close());
  });
});
wsd.bind(3702, () => wsd.addMembership('239.255.255.250', address));

function answerSnmp(host, values) {
  const agent = snmp.createAgent(
    { port: 161, address: host, disableAuthorization: true, accessControlModelType: snmp.AccessControlModelType.None },
    () => undefined,
  );
  const mib = agent.getMib();
  for (const [oid, value] of Object.entries(values)) {
    const name = `value${oid.replaceAll('.', '_')}`;
    mib.registerProvider({
      name,
      type: snmp.MibProviderType.Scalar,
      oid,
      scalarType: snmp.ObjectType.OctetString,
      maxAccess: snmp.MaxAccess['read-only'],
    });
    mib.setScalarValue(name, value);
  }
}
answerSnmp(address, { '1.3.6.1.2.1.1.1': 'RICOH IM C3000 1.09 / RICOH Network Printer C model' });
answerSnmp(wsdAddress, { '1.3.6.1.2.1.1.1': 'Brother MFC-L3770CDW series' });

for (const host of [address, wsdAddress])
  http
    .createServer((request, response) => {
      log(`http ${host} ${request.method} ${request.url}`);
      response.writeHead(200, { server: 'Web-Server/3.0', 'content-type': 'text/html' });
      response.end('<html><head><title>Web Image Monitor</title></head></html>');
    })
    .listen(80, host);
setTimeout(() => log('ready'), 300);
