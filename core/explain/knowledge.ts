/** All that is known of what servers say. On equal terms the earlier entry wins. */
import type { Entry } from './entry.ts';
import { EXCHANGE } from './entries/exchange.ts';
import { MESSAGE } from './entries/message.ts';
import { NETWORK } from './entries/network.ts';
import { PASSWORD } from './entries/password.ts';
import { RELAY } from './entries/relay.ts';
import { REPUTATION } from './entries/reputation.ts';
import { SIGN_IN } from './entries/sign-in.ts';

export const KNOWLEDGE: readonly Entry[] = [
  ...RELAY,
  ...PASSWORD,
  ...REPUTATION,
  ...MESSAGE,
  ...NETWORK,
  ...SIGN_IN,
  ...EXCHANGE,
];
