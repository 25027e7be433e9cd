/** What a page in our windows may do: nothing but show itself and use the door. Pure, so that tests ask the very rules the program uses. */

export const ORIGIN = 'app://wizard';

/** Preferences of every window; a window adds what it needs, and never takes one of these back. */
export const WEB_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  webviewTag: false,
  disableBlinkFeatures: 'Auxclick',
  spellcheck: false,
} as const;

/** The page may write to the clipboard after a click; nothing else, whatever its name. */
export const permitted = (permission: string): boolean => permission === 'clipboard-sanitized-write';

/** Where a window may go by itself: to a page of its own origin. */
export function mayGo(url: string | undefined): boolean {
  try {
    const { protocol, host, username, password } = new URL(url ?? '');
    return `${protocol}//${host}` === ORIGIN && username === '' && password === '';
  } catch {
    return false;
  }
}

/** What a page may load: files of our scheme and pictures in the page itself. The engine's own requests carry no contents. */
export const mayLoad = (url: string, contents: number | undefined): boolean =>
  contents === undefined || /^(app|data|devtools|chrome-devtools):/.test(url);

type Frame = { readonly origin: string };

/**
 * Is it our page, in the window's own frame, that calls? The origin counts, not the address: an about:blank child has
 * an empty address and its parent's origin, and is not the main frame.
 * @param sender null when the frame is gone
 */
export const fromOurPage = (sender: Frame | null | undefined, main: Frame | null): boolean =>
  sender !== null && sender !== undefined && sender === main && sender.origin === ORIGIN;
