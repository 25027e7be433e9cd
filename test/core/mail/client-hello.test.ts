/** What a device offers when it asks for encryption, read from bytes of every age. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offersModern, readClientHello } from '../../../core/mail/client-hello.ts';
import { helloBytes, sslv2Bytes } from '../../helpers/client-hello.ts';

const OLD = [0x00_05, 0x00_0a, 0x00_2f, 0x00_ff];

describe('the hello of a device', () => {
  it.each([
    ['SSL 3.0', helloBytes({ record: 0x0300, version: 0x0300, suites: OLD }), 'SSL 3.0', ['SSL 3.0'], false],
    ['TLS 1.0', helloBytes({ version: 0x0301, suites: OLD }), 'TLS 1.0', ['TLS 1.0'], false],
    ['TLS 1.1', helloBytes({ record: 0x0300, version: 0x0302, suites: OLD }), 'SSL 3.0', ['TLS 1.1'], false],
    ['TLS 1.2 with old ciphers', helloBytes({ version: 0x0303, suites: OLD }), 'TLS 1.0', ['TLS 1.2'], false],
    ['TLS 1.2', helloBytes({ version: 0x0303, suites: [0xc0_2f, 0x00_2f] }), 'TLS 1.0', ['TLS 1.2'], true],
    [
      'TLS 1.3',
      helloBytes({ version: 0x0303, suites: [0x1a_1a, 0x13_01, 0xc0_30], versions: [0x2a_2a, 0x0304, 0x0303] }),
      'TLS 1.0',
      ['TLS 1.3', 'TLS 1.2'],
      true,
    ],
    ['TLS 1.0 in the form of SSL 2.0', sslv2Bytes(0x0301, OLD), 'SSL 2.0', ['TLS 1.0'], false],
    ['SSL 2.0', sslv2Bytes(0x0002, []), 'SSL 2.0', ['SSL 2.0'], false],
  ] as const)('%s', (_, bytes, recordVersion, versions, suits) => {
    const hello = readClientHello(bytes);
    expect(hello).toMatchObject({ recordVersion, versions, suits, serverName: null });
    expect(typeof hello === 'object' && offersModern(hello)).toBe(/TLS 1\.[23]/.test(versions.join(' ')));
  });
  it('names the ciphers, leaves out signals, and tells the name that was asked for', () => {
    const bytes = helloBytes({ version: 0x0301, suites: [...OLD, 0x56_00, 0xab_cd], name: 'mail.contoso.com' });
    expect(readClientHello(bytes)).toMatchObject({
      ciphers: ['RC4-SHA', 'DES-CBC3-SHA', 'AES128-SHA', '0xABCD'],
      serverName: 'mail.contoso.com',
    });
  });
  it('may come in pieces: in many records, and byte by byte', () => {
    const whole = readClientHello(helloBytes({ version: 0x0303, suites: [0xc0_2f] }));
    const spread = helloBytes({ version: 0x0303, suites: [0xc0_2f], recordBytes: 7 });
    expect(readClientHello(spread)).toEqual(whole);
    for (let length = 0; length < spread.length; length += 1)
      expect(readClientHello(spread.subarray(0, length))).toBe('incomplete');
  });
  it.each([
    ['a command', Buffer.from('EHLO scanner\r\n')],
    ['an alert', Buffer.from('15030100020230', 'hex')],
    ['another handshake message', Buffer.from('160301000402000000', 'hex')],
    ['a hello that is too short inside', Buffer.from('16030100060100000203ff', 'hex')],
    ['a hello of 16 MB', Buffer.from('160301000401ffffff', 'hex')],
    ['an old form of no version', Buffer.from('80090199990000000000ff', 'hex')],
  ])('%s is none', (_, bytes) => {
    expect(readClientHello(bytes)).toBe('not-tls');
  });
  it('never throws and never waits for more than a hello can have', () => {
    const real = helloBytes({ version: 0x0303, suites: [0xc0_2f], versions: [0x0304], name: 'a.example' });
    const mutated = fc
      .array(fc.tuple(fc.nat(real.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 })
      .map((changes) => {
        const bytes = Buffer.from(real);
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), mutated), (bytes) => {
        const read = readClientHello(bytes);
        expect(typeof read === 'string' ? ['incomplete', 'not-tls'] : [read]).toContain(read);
        expect(readClientHello(Buffer.concat([bytes, Buffer.alloc(70_000)]))).not.toBe('incomplete');
      }),
      { numRuns: 2000 },
    );
  });
});
