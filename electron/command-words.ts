/** What of the window program's command line is meant for the terminal host. */
const FLAGS: ReadonlySet<string> = new Set(['--help', '-h', '--version', '-v', '--licences']);
/** What stands before a command; it also keeps the window's runtime from reading the rest as its own options. */
const MARK = '--';

/**
 * The command with its options, or null when the window is meant. Without a mark a command is one plain word, known or not; files have
 * a dot or a folder.
 * @param words without the program's own name
 * @param packaged from the sources the first word is the program's folder, and only a mark counts
 */
export function commandWords(words: readonly string[], packaged: boolean): readonly string[] | null {
  // What an AppImage puts in front where the system gives no sandbox; the window then refuses to open.
  const own = words[0] === '--no-sandbox' ? words.slice(1) : words;
  const first = own[0] ?? '';
  if (packaged && (FLAGS.has(first) || /^[a-z][a-z-]{1,30}$/.test(first))) return own;
  const mark = words.indexOf(MARK);
  const before = words.slice(0, Math.max(mark, 0)).filter((word) => !word.startsWith('-'));
  return mark >= 0 && before.length === (packaged ? 0 : 1) ? words.slice(mark + 1) : null;
}
