/** What the packaged window program lets itself be started with: switches and variables that loosen it are not for a program an administrator signs in with. */

/** Switches with a use for people: practice, displays, languages, accessibility. Everything else starting with a dash is refused. */
const ALLOWED: ReadonlySet<string> = new Set([
  'practice',
  'lang',
  'disable-gpu',
  'disable-gpu-compositing',
  'disable-dev-shm-usage',
  'force-device-scale-factor',
  'force-renderer-accessibility',
  'force-high-contrast',
  'force-dark-mode',
  'ozone-platform',
  'ozone-platform-hint',
  'enable-wayland-ime',
  // Written by installers when they start the program after an update.
  'updated',
  'force-run',
]);

/** What a build made for testing takes besides; see docs/decisions/0027. */
const INSPECTION: ReadonlySet<string> = new Set(['remote-debugging-port']);

/**
 * Names of the switches this program does not start with, as typed, without their values.
 * @param argv what follows the program's own name
 * @param noSandbox whether Chromium runs without its sandbox, by switch or by `ELECTRON_DISABLE_SANDBOX`
 */
export function refusedSwitches(
  argv: readonly string[],
  {
    platform,
    noSandbox,
    inspectable,
  }: { readonly platform: string; readonly noSandbox: boolean; readonly inspectable: boolean },
): readonly string[] {
  const refused = argv.flatMap((word) => {
    // Chromium on Windows reads `/name` as a switch, and switches there in any case.
    const windows = platform === 'win32';
    const match = (windows ? /^(?:--?|\/)([^=]*)/ : /^--?([^=]*)/).exec(word);
    if (match === null) return [];
    const name = windows ? (match[1] as string).toLowerCase() : (match[1] as string);
    if (ALLOWED.has(name) || (inspectable && INSPECTION.has(name))) return [];
    // The Finder's name for the process, and a person's own settings (`-AppleLanguages (de)`).
    if (platform === 'darwin' && /^-(psn_\d|Apple[A-Z]|NS[A-Z])/.test(word)) return [];
    return [word.replace(/=.*$/s, '').slice(0, 60)];
  });
  return noSandbox && !refused.includes('--no-sandbox') ? [...refused, '--no-sandbox'] : refused;
}

/** Variables that write the keys of encrypted connections to a file, or take away the check of certificates. */
const LOOSENING = ['NODE_TLS_REJECT_UNAUTHORIZED', 'SSLKEYLOGFILE', 'ELECTRON_LOG_FILE', 'ELECTRON_ENABLE_LOGGING'];

/** Takes them out, before the network is first used. */
export function dropLooseningVariables(env: NodeJS.ProcessEnv): void {
  for (const name of LOOSENING) delete env[name];
}
