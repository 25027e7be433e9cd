/** Certificates for tests: an authority of our own and leaves signed by it, as PEM, good or with a named flaw. */

/** The certificate library wants a reflection polyfill at load; it uses it only to look for decorators that are not there. */
const reflection = Reflect as unknown as Record<string, unknown>;
for (const name of ['getMetadata', 'getOwnMetadata', 'defineMetadata']) reflection[name] ??= () => undefined;
const x509 = await import('@peculiar/x509');

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;
let serial = 1;

export type IssueOptions = {
  /** Host names and IP addresses; the first also becomes the subject. Default `localhost` and 127.0.0.1. */
  readonly names?: readonly string[];
  readonly validFrom?: Date;
  readonly validTo?: Date;
  /** Signed by its own key instead of the authority’s. */
  readonly selfSigned?: boolean;
};

/** PEM texts. */
export type TestCertificate = { readonly cert: string; readonly key: string };

export type TestCa = {
  /** PEM of the authority itself. */
  readonly cert: string;
  /** Subject's common name. */
  readonly name: string;
  readonly issue: (options?: IssueOptions) => Promise<TestCertificate>;
};

const newKeys = async (): Promise<CryptoKeyPair> =>
  await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

async function keyPem(keys: CryptoKeyPair): Promise<string> {
  const bytes = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${bytes.match(/.{1,64}/g)?.join('\n')}\n-----END PRIVATE KEY-----\n`;
}

const altNames = (names: readonly string[]) =>
  new x509.SubjectAlternativeNameExtension(
    names.map((value) => ({ type: /^[\d.]+$|:/.test(value) ? ('ip' as const) : ('dns' as const), value })),
  );
const nextSerial = (): string => (serial++).toString(16).padStart(4, '0');
const lifetime = (options: IssueOptions) => ({
  notBefore: options.validFrom ?? new Date(Date.now() - DAY_MS),
  notAfter: options.validTo ?? new Date(Date.now() + 30 * DAY_MS),
});

export async function createTestCa(name = 'Contoso Test Authority'): Promise<TestCa> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    serialNumber: nextSerial(),
    ...lifetime({}),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  return {
    cert: certificate.toString('pem'),
    name,
    issue: async (options = {}) => {
      const names = options.names ?? ['localhost', '127.0.0.1'];
      const leafKeys = await newKeys();
      const leaf = await x509.X509CertificateGenerator.create({
        subject: `CN=${names[0]}`,
        issuer: options.selfSigned ? `CN=${names[0]}` : certificate.subject,
        serialNumber: nextSerial(),
        ...lifetime(options),
        publicKey: leafKeys.publicKey,
        signingKey: (options.selfSigned ? leafKeys : keys).privateKey,
        signingAlgorithm: algorithm,
        extensions: [
          altNames(names),
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        ],
      });
      return { cert: leaf.toString('pem'), key: await keyPem(leafKeys) };
    },
  };
}
