/** Real-looking texts of the message itself, the network, the sign-in and Exchange. */
import type { Reply } from './replies.ts';

export const MORE_REPLIES: readonly Reply[] = [
  // Message and language
  ['552 5.3.4 Message size exceeds fixed limit', 'too-large', 'you', 'after-fix'],
  ['550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient', 'too-large', 'you', 'after-fix'],
  ['550 5.6.11 Invalid characters', 'bare-linefeed', 'device-supplier', 'after-fix'],
  ['550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant', 'from-missing', 'you', 'after-fix'],
  ['501 5.5.4 Invalid domain name', 'greeting-name-invalid', 'you', 'after-fix'],
  [
    '504 5.5.2 <SCANNER>: Helo command rejected: need fully-qualified hostname',
    'greeting-name-invalid',
    'you',
    'after-fix',
  ],
  ['503 5.5.2 Need rcpt command', 'command-order', 'device-supplier', 'after-fix'],
  ['502 5.5.1 Command not implemented', 'command-unknown', 'device-supplier', 'after-fix'],
  ['501 Syntax error in parameters or arguments', 'argument-invalid', 'you', 'after-fix'],
  [
    '504 5.5.2 <scanner>: Sender address rejected: need fully-qualified address',
    'sender-not-qualified',
    'you',
    'after-fix',
  ],
  ['421 4.4.2 Connection dropped due to SocketError', 'connection-dropped', 'you', 'later'],
  ['421 4.3.2 Service not available', 'service-unavailable', 'nobody', 'later'],
  ['451 4.4.3 Temporary server error. Please try again later ATTR55.1', 'microsoft-lookup', 'nobody', 'later'],
  ['550 5.7.1 Message rejected', 'refused-by-rule', 'microsoft-admin', 'after-fix'],
  [
    '550-5.7.1 [203.0.113.7] Our system has detected that this message is likely\n550-5.7.1 unsolicited mail. To reduce the amount of spam',
    'content-as-spam',
    'you',
    'after-fix',
  ],
  // Network and encryption
  ['Error: connect ETIMEDOUT 52.101.68.10:25', 'connection-timeout', 'internet-provider', 'after-fix'],
  [
    'A connection attempt failed because the connected party did not properly respond after a period of time (10060)',
    'connection-timeout',
    'internet-provider',
    'after-fix',
  ],
  [
    'No connection could be made because the target machine actively refused it',
    'connection-refused',
    'internet-provider',
    'after-fix',
  ],
  ['No such host is known. (contoso-com.mail.protection.outlook.com:25)', 'name-not-found', 'you', 'after-fix'],
  ['An existing connection was forcibly closed by the remote host', 'connection-lost', 'you', 'later'],
  ['ERROR: unable to verify the first certificate', 'certificate-untrusted', 'you', 'after-fix'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT: self-signed certificate', 'certificate-untrusted', 'you', 'after-fix'],
  [
    "ERR_TLS_CERT_ALTNAME_INVALID: Hostname/IP does not match certificate's altnames",
    'certificate-name',
    'you',
    'after-fix',
  ],
  ['CERT_HAS_EXPIRED: certificate has expired', 'certificate-expired', 'you', 'after-fix'],
  ['ssl3_read_bytes:tlsv1 alert protocol version', 'tls-version', 'device-supplier', 'after-fix'],
  [
    'write EPROTO 1416:error:1408F10B:SSL routines:ssl3_get_record:wrong version number',
    'tls-on-wrong-port',
    'you',
    'after-fix',
  ],
  ['421 4.7.66 TLS 1.0 and 1.1 are not supported.', 'encryption-too-weak', 'device-supplier', 'after-fix'],
  ['250-XXXXXXXA', 'mail-rewritten', 'you', 'after-fix'],
  // Sign-in
  [
    'AADSTS50076: Due to a configuration change made by your administrator, you must use multi-factor authentication',
    'two-step-needed',
    'you',
    'later',
  ],
  ['AADSTS65001: The user or administrator has not consented', 'consent-needed', 'microsoft-admin', 'after-fix'],
  [
    'invalid_client: AADSTS7000218: The request body must contain client_assertion',
    'program-misconfigured',
    'microsoft-admin',
    'after-fix',
  ],
  [
    'AADSTS53003: Access has been blocked by Conditional Access policies.',
    'conditional-access',
    'microsoft-admin',
    'after-fix',
  ],
  ['{"error":"invalid_grant","error_description":"x","error_codes":[50126]}', 'wrong-password', 'you', 'later'],
  ['Sign-in error code: 50053', 'account-locked', 'you', 'later'],
  ['access_denied: the user cancelled', 'declined', 'you', 'later'],
  // Exchange
  [
    'The operation failed: OrganizationInboundConnectorProhibitedException',
    'connector-prohibited',
    'microsoft',
    'after-fix',
  ],
  ['Enable-OrganizationCustomization must be run first', 'organization-customization', 'microsoft-admin', 'after-fix'],
  ['Request failed with status code 403', 'role-missing', 'microsoft-admin', 'after-fix'],
  [
    '|Microsoft.Exchange.Management.Tasks.ManagementObjectAlreadyExistsException|x',
    'object-exists',
    'you',
    'after-fix',
  ],
  [
    '|Microsoft.Exchange.Management.Tasks.InvalidSenderIPAddressException|10.0.0.1',
    'address-not-allowed',
    'you',
    'after-fix',
  ],
  ['429 Too Many Requests', 'exchange-busy', 'nobody', 'later'],
];

/** Sign-in numbers a person may meet, each to be explained by number alone. */
export const SIGN_IN_NUMBERS: readonly number[] = [
  50125, 50128, 50131, 50135, 50180, 53004, 53010, 53011, 70000, 80012, 80001, 90014, 90019, 130500, 500014, 700003,
  7000215, 16000, 50011, 50020, 50034, 50053, 50055, 50057, 50058, 50059, 50072, 50074, 50076, 50078, 50079, 50097,
  50105, 50126, 50129, 50144, 50158, 50173, 50177, 50194, 51004, 53000, 53001, 53002, 53003, 54005, 65001, 65002, 65004,
  65005, 70008, 70011, 70016, 70018, 70019, 70043, 90002, 90006, 90008, 90012, 90024, 90033, 90072, 90094, 90095, 90099,
  165000, 500011, 500021, 500113, 500208, 530032, 530034, 530035, 650052, 650056, 650057, 700011, 700016, 700082,
  900971, 7000112, 7000218,
];
