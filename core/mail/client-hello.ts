/** What a device offers when it asks for encryption, read from its first bytes, also when it is too old to be served. */
import { cipherName, isMicrosoftSuite } from './cipher-names.ts';

export type ClientHello = {
  /** Version written on the outside; many write an older one there than they know (RFC 8446 §5.1). */
  readonly recordVersion: string;
  /** Offered, newest first. */
  readonly versions: readonly string[];
  /** Offered, in the device's order, without the signals that are no suites. */
  readonly ciphers: readonly string[];
  /** The name it asks for (SNI), or null. */
  readonly serverName: string | null;
  /** One of its suites is one of those Microsoft documents. */
  readonly suits: boolean;
};

/** `incomplete`: more bytes may make it one. */
export type ReadHello = ClientHello | 'incomplete' | 'not-tls';

const VERSIONS: Readonly<Record<number, string>> = {
  0x00_02: 'SSL 2.0',
  0x03_00: 'SSL 3.0',
  0x03_01: 'TLS 1.0',
  0x03_02: 'TLS 1.1',
  0x03_03: 'TLS 1.2',
  0x03_04: 'TLS 1.3',
};
const MODERN = new Set(['TLS 1.2', 'TLS 1.3']);
const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
const SUPPORTED_VERSIONS = 43;
/** TLS_EMPTY_RENEGOTIATION_INFO_SCSV and TLS_FALLBACK_SCSV: signals, not suites. */
const SIGNALS = new Set([0x00_ff, 0x56_00]);
/** More is no hello of a device. */
const MOST_BYTES = 16_384;
const MOST_SHOWN = 100;

/** Reserved by RFC 8701 so that servers learn to ignore what they do not know. */
const isGrease = (value: number): boolean => (value & 0x0f_0f) === 0x0a_0a && value >> 8 === (value & 0xff);
const known = (version: number): string => VERSIONS[version] ?? `0x${version.toString(16).padStart(4, '0')}`;
const newest = (versions: readonly number[]): readonly string[] =>
  [...new Set(versions)].toSorted((one, other) => other - one).map(known);

export const offersModern = ({ versions }: ClientHello): boolean => versions.some((version) => MODERN.has(version));

/** Cuts fields off the front; null once something does not fit. */
class Reader {
  private at = 0;
  private readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  get left(): number {
    return this.bytes.length - this.at;
  }
  number(size: number): number {
    return this.take(size).reduce((total, byte) => total * 256 + byte, 0);
  }
  take(size: number): Uint8Array {
    if (size > this.left) throw new RangeError('too short');
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }
  /** A field that says its own length first. */
  vector(sizeOfLength: number): Reader {
    return new Reader(this.take(this.number(sizeOfLength)));
  }
}

const pairs = (reader: Reader): readonly number[] => {
  const found: number[] = [];
  while (reader.left >= 2 && found.length < MOST_SHOWN) found.push(reader.number(2));
  return found;
};

export function readClientHello(bytes: Uint8Array): ReadHello {
  try {
    const [first = HANDSHAKE, second = 3, third = CLIENT_HELLO] = bytes;
    if ((first & 0x80) !== 0) return third === CLIENT_HELLO ? readOld(bytes) : 'not-tls';
    if (first !== HANDSHAKE || second !== 3) return 'not-tls';
    return readRecords(bytes);
  } catch (error) {
    if (error instanceof RangeError) return bytes.length > MOST_BYTES ? 'not-tls' : 'incomplete';
    throw error;
  }
}

/** A hello may be spread over several records (RFC 8446 §5.1). */
function readRecords(bytes: Uint8Array): ReadHello {
  const records = new Reader(bytes);
  const parts: number[] = [];
  let recordVersion = 0;
  for (;;) {
    if (parts.length >= 4) {
      const length = ((parts[1] ?? 0) << 16) | ((parts[2] ?? 0) << 8) | (parts[3] ?? 0);
      if (parts[0] !== CLIENT_HELLO || length > MOST_BYTES) return 'not-tls';
      if (parts.length >= 4 + length)
        return readBody(Uint8Array.from(parts.slice(4, 4 + length)), known(recordVersion));
    }
    if (records.number(1) !== HANDSHAKE) return 'not-tls';
    recordVersion = records.number(2);
    parts.push(...records.take(records.number(2)));
  }
}

function readBody(bytes: Uint8Array, recordVersion: string): ReadHello {
  try {
    const body = new Reader(bytes);
    const version = body.number(2);
    body.take(32);
    body.vector(1);
    const suites = pairs(body.vector(2));
    body.vector(1);
    let versions: readonly number[] = [version];
    let serverName: string | null = null;
    const extensions = body.left > 0 ? body.vector(2) : null;
    while (extensions && extensions.left > 0) {
      const type = extensions.number(2);
      const value = extensions.vector(2);
      if (type === SUPPORTED_VERSIONS) versions = pairs(value.vector(1)).filter((offered) => !isGrease(offered));
      if (type === SERVER_NAME && value.left > 0) {
        const names = value.vector(2);
        names.number(1);
        const name = names.vector(2);
        serverName = String.fromCharCode(...name.take(Math.min(name.left, 253))).replaceAll(/[^\w.-]/g, '?');
      }
    }
    return hello(recordVersion, versions, suites, serverName);
  } catch (error) {
    // The whole is there, so what does not fit in it is wrong.
    if (error instanceof RangeError) return 'not-tls';
    throw error;
  }
}

/** The hello of SSL 2.0, which old devices also wrap newer offers in (RFC 5246 §E.2). */
function readOld(bytes: Uint8Array): ReadHello {
  const record = new Reader(bytes);
  const body = new Reader(record.take(record.number(2) & 0x7f_ff));
  body.number(1);
  const version = body.number(2);
  if (VERSIONS[version] === undefined) return 'not-tls';
  const length = body.number(2);
  body.number(4);
  const specs = new Reader(body.take(length));
  const suites: number[] = [];
  while (specs.left >= 3 && suites.length < MOST_SHOWN) {
    const kind = specs.number(1);
    const suite = specs.number(2);
    // Anything but 0 in front is a suite of SSL 2.0 itself.
    if (kind === 0) suites.push(suite);
  }
  return hello('SSL 2.0', [version], suites, null);
}

function hello(
  recordVersion: string,
  versions: readonly number[],
  suites: readonly number[],
  serverName: string | null,
): ClientHello {
  const real = suites.filter((suite) => !isGrease(suite) && !SIGNALS.has(suite));
  return {
    recordVersion,
    versions: newest(versions),
    ciphers: real.map(cipherName),
    serverName,
    suits: real.some(isMicrosoftSuite),
  };
}
