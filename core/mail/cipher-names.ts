/** Names of the cipher suites that devices offer (IANA TLS parameters, in OpenSSL's short spelling). */

const NAMES: Readonly<Record<number, string>> = {
  0x00_01: 'NULL-MD5',
  0x00_02: 'NULL-SHA',
  0x00_03: 'EXP-RC4-MD5',
  0x00_04: 'RC4-MD5',
  0x00_05: 'RC4-SHA',
  0x00_06: 'EXP-RC2-CBC-MD5',
  0x00_07: 'IDEA-CBC-SHA',
  0x00_08: 'EXP-DES-CBC-SHA',
  0x00_09: 'DES-CBC-SHA',
  0x00_0a: 'DES-CBC3-SHA',
  0x00_15: 'DHE-RSA-DES-CBC-SHA',
  0x00_16: 'DHE-RSA-DES-CBC3-SHA',
  0x00_2f: 'AES128-SHA',
  0x00_33: 'DHE-RSA-AES128-SHA',
  0x00_35: 'AES256-SHA',
  0x00_39: 'DHE-RSA-AES256-SHA',
  0x00_3c: 'AES128-SHA256',
  0x00_3d: 'AES256-SHA256',
  0x00_41: 'CAMELLIA128-SHA',
  0x00_45: 'DHE-RSA-CAMELLIA128-SHA',
  0x00_67: 'DHE-RSA-AES128-SHA256',
  0x00_6b: 'DHE-RSA-AES256-SHA256',
  0x00_84: 'CAMELLIA256-SHA',
  0x00_88: 'DHE-RSA-CAMELLIA256-SHA',
  0x00_96: 'SEED-SHA',
  0x00_9c: 'AES128-GCM-SHA256',
  0x00_9d: 'AES256-GCM-SHA384',
  0x00_9e: 'DHE-RSA-AES128-GCM-SHA256',
  0x00_9f: 'DHE-RSA-AES256-GCM-SHA384',
  0x13_01: 'TLS_AES_128_GCM_SHA256',
  0x13_02: 'TLS_AES_256_GCM_SHA384',
  0x13_03: 'TLS_CHACHA20_POLY1305_SHA256',
  0xc0_07: 'ECDHE-ECDSA-RC4-SHA',
  0xc0_09: 'ECDHE-ECDSA-AES128-SHA',
  0xc0_0a: 'ECDHE-ECDSA-AES256-SHA',
  0xc0_11: 'ECDHE-RSA-RC4-SHA',
  0xc0_12: 'ECDHE-RSA-DES-CBC3-SHA',
  0xc0_13: 'ECDHE-RSA-AES128-SHA',
  0xc0_14: 'ECDHE-RSA-AES256-SHA',
  0xc0_23: 'ECDHE-ECDSA-AES128-SHA256',
  0xc0_24: 'ECDHE-ECDSA-AES256-SHA384',
  0xc0_27: 'ECDHE-RSA-AES128-SHA256',
  0xc0_28: 'ECDHE-RSA-AES256-SHA384',
  0xc0_2b: 'ECDHE-ECDSA-AES128-GCM-SHA256',
  0xc0_2c: 'ECDHE-ECDSA-AES256-GCM-SHA384',
  0xc0_2f: 'ECDHE-RSA-AES128-GCM-SHA256',
  0xc0_30: 'ECDHE-RSA-AES256-GCM-SHA384',
  0xcc_a8: 'ECDHE-RSA-CHACHA20-POLY1305',
  0xcc_a9: 'ECDHE-ECDSA-CHACHA20-POLY1305',
  0xcc_aa: 'DHE-RSA-CHACHA20-POLY1305',
};

/** The six suites Microsoft 365 documents for its servers: two of TLS 1.3, four of TLS 1.2. */
const MICROSOFT: ReadonlySet<number> = new Set([0x13_02, 0x13_01, 0xc0_30, 0xc0_2f, 0xc0_28, 0xc0_27]);

export const isMicrosoftSuite = (suite: number): boolean => MICROSOFT.has(suite);

export const cipherName = (suite: number): string =>
  NAMES[suite] ?? `0x${suite.toString(16).toUpperCase().padStart(4, '0')}`;
