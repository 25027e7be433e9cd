/** What a TLS connection shows of itself: protocol, cipher and the certificate, judged against the environment's trust. */

export type TlsFacts = {
  /** e.g. TLSv1.3 */
  readonly protocol: string | null;
  readonly cipher: string | null;
  readonly certificate: {
    readonly subject: string;
    readonly issuer: string;
    readonly altNames: readonly string[];
    /** ISO 8601. */
    readonly validFrom: string;
    readonly validTo: string;
    readonly trusted: boolean;
    /** Why it is not trusted (OpenSSL's short code), or null. */
    readonly trustError: string | null;
    readonly nameMatches: boolean;
  } | null;
};
