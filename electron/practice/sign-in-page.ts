/** The sign-in page of a practice world, for a person who opens it in a real browser. */

export type SignInPage = {
  readonly account: string;
  readonly redirectUri: string;
  /** `post` for `response_mode=form_post`, else the answer goes into the address. */
  readonly method: 'post' | 'get';
  /** What the program is told when the person signs in, and when not. */
  readonly answer: Readonly<Record<string, string>>;
  readonly denial: Readonly<Record<string, string>>;
};

const STYLE = 'body{font:16px system-ui;margin:3rem auto;max-width:30rem}form{margin:1rem 0}button{font:inherit}';

const escape = (value: string): string =>
  value.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);

export function signInPage({ account, redirectUri, method, answer, denial }: SignInPage): string {
  const form = (id: string, fields: Readonly<Record<string, string>>, label: string): string =>
    `<form id="${id}" method="${method}" action="${escape(redirectUri)}">${Object.entries(fields)
      .map(([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">`)
      .join('')}<button>${escape(label)}</button></form>`;
  return (
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Practice sign-in</title><style>${STYLE}</style>` +
    '<h1>Practice sign-in</h1><p>This is a simulated Microsoft 365. No account is needed.</p>' +
    `${form('sign-in', answer, `Sign in as ${account}`)}${form('cancel', denial, 'Cancel')}</html>`
  );
}
