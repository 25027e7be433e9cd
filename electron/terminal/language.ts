/** Which language the command line speaks; read from the line before anything else, so that refusals are in it too. */

export type Place = {
  /** Standard output is a terminal. */
  readonly terminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
};

/** The words before `--`: what stands behind it is text, not options. */
const optionsOf = (argv: readonly string[]): readonly string[] =>
  argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;

export const wantsJson = (argv: readonly string[]): boolean => optionsOf(argv).includes('--json');

/**
 * `--language`; else, for a person on a terminal, what the system speaks (LC_ALL, LC_MESSAGES, LANG: the order of POSIX).
 * Programs that read the output, and whoever reads `--json`, get English unless they ask for something else.
 * @returns BCP 47, or as Unix systems write it
 */
export function languageWanted(argv: readonly string[], { terminal, env, platform }: Place): string {
  const options = optionsOf(argv);
  const joined = options.find((word) => word.startsWith('--language='))?.slice('--language='.length);
  const at = options.indexOf('--language');
  const given = joined ?? (at >= 0 ? options[at + 1] : undefined);
  if (given) return given;
  if (!terminal || wantsJson(argv)) return 'en';
  const named = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(Boolean);
  // Windows sets none of them.
  return named ?? (platform === 'win32' ? Intl.DateTimeFormat().resolvedOptions().locale : 'en');
}
