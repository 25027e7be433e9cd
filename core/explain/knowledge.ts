/** All that is known of what servers say. On equal terms the earlier entry wins. */
import type { Entry } from './entry.ts';
import { CONTENT } from './entries/content.ts';
import { DEVICES } from './entries/devices.ts';
import { ENCRYPTION } from './entries/encryption.ts';
import { EXCHANGE } from './entries/exchange.ts';
import { LIMITS } from './entries/limits.ts';
import { MESSAGE } from './entries/message.ts';
import { NETWORK } from './entries/network.ts';
import { OFFICE_NETWORK } from './entries/office-network.ts';
import { PASSWORD } from './entries/password.ts';
import { PROTOCOL } from './entries/protocol.ts';
import { RECIPIENTS } from './entries/recipients.ts';
import { RELAY } from './entries/relay.ts';
import { REPUTATION } from './entries/reputation.ts';
import { SENDER_PROOF } from './entries/sender-proof.ts';
import { SIGN_IN } from './entries/sign-in.ts';
import { SIGN_IN_MORE } from './entries/sign-in-more.ts';

export const KNOWLEDGE: readonly Entry[] = [
  ...RELAY,
  ...PASSWORD,
  ...REPUTATION,
  ...SENDER_PROOF,
  ...MESSAGE,
  ...RECIPIENTS,
  ...LIMITS,
  ...CONTENT,
  ...PROTOCOL,
  ...NETWORK,
  ...ENCRYPTION,
  ...OFFICE_NETWORK,
  ...SIGN_IN,
  ...SIGN_IN_MORE,
  ...EXCHANGE,
  ...DEVICES,
];
