/** The steps of the wizard in their order. */
import { address } from './address.tsx';
import { deviceSettings } from './device-settings.tsx';
import { dns } from './dns.tsx';
import { done } from './done.tsx';
import { letItSend } from './let-it-send.tsx';
import { line } from './line.tsx';
import { scanner } from './scanner.tsx';
import { signIn } from './sign-in.tsx';
import { start } from './start.tsx';
import type { Step } from './step.ts';
import { test } from './test.tsx';
import { way } from './way.tsx';

export const steps: readonly Step[] = [
  start,
  scanner,
  address,
  line,
  way,
  signIn,
  letItSend,
  dns,
  test,
  deviceSettings,
  done,
];
