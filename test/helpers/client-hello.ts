/** The first bytes of an encryption, as old and new devices write them. */

const u16 = (value: number): readonly number[] => [value >> 8, value & 255];
const withLength = (bytes: readonly number[]): readonly number[] => [...u16(bytes.length), ...bytes];

export type HelloParts = {
  readonly record?: number;
  readonly version: number;
  readonly suites: readonly number[];
  /** Versions of the extension that TLS 1.3 brought. */
  readonly versions?: readonly number[];
  readonly name?: string;
  /** Bytes per record; all in one by default. */
  readonly recordBytes?: number;
};

export function helloBytes({ record = 0x0301, version, suites, versions, name, recordBytes }: HelloParts): Buffer {
  const extensions: number[] = [];
  if (name !== undefined) {
    const list = withLength([0, ...withLength([...Buffer.from(name)])]);
    extensions.push(0, 0, ...withLength(list));
  }
  if (versions) {
    const list = versions.flatMap(u16);
    extensions.push(0, 43, ...withLength([list.length, ...list]));
  }
  const body = [
    ...u16(version),
    ...Array.from({ length: 32 }, (_, index) => index),
    0,
    ...withLength(suites.flatMap(u16)),
    1,
    0,
    ...(extensions.length > 0 ? withLength(extensions) : []),
  ];
  const handshake = [1, 0, ...withLength(body)];
  const records: number[] = [];
  const step = recordBytes ?? handshake.length;
  for (let at = 0; at < handshake.length; at += step)
    records.push(22, ...u16(record), ...withLength(handshake.slice(at, at + step)));
  return Buffer.from(records);
}

/** SSL 2.0's own form, which old devices wrapped newer offers in. */
export function sslv2Bytes(version: number, suites: readonly number[]): Buffer {
  const specs = suites.flatMap((suite) => [0, ...u16(suite)]);
  const body = [
    1,
    ...u16(version),
    ...u16(specs.length),
    0,
    0,
    ...u16(16),
    ...specs,
    ...Array.from({ length: 16 }, () => 7),
  ];
  return Buffer.from([0x80 | (body.length >> 8), body.length & 255, ...body]);
}
