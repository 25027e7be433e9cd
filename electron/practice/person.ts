/** The person at the browser: opens the sign-in address, presses the button, and the browser answers the program. */
import http from 'node:http';
import https from 'node:https';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';

const DEADLINE_MS = 10_000;

type Answer = { readonly status: number; readonly text: string };

function request(url: string, options: https.RequestOptions, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const client = url.startsWith('https:') ? https : http;
    const sent = client.request(
      url,
      { ...options, agent: false, signal: AbortSignal.timeout(DEADLINE_MS) },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const unescape = (value: string): string =>
  value.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

/** @param ca PEM of the practice authority */
export async function signInAsPerson(url: string, ca: string): Promise<void> {
  const page = await request(url, { ca });
  const form = /<form id="sign-in" method="(post|get)" action="([^"]*)">(.*?)<\/form>/s.exec(page.text);
  if (page.status !== 200 || !form)
    throw new AppError('network', say('The practice sign-in page said: {text}', { text: page.text.slice(0, 200) }));
  const [, method, action = '', inside = ''] = form;
  const fields = new URLSearchParams(
    [...inside.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map((field): [string, string] => [
      field[1] ?? '',
      unescape(field[2] ?? ''),
    ]),
  );
  const target = new URL(unescape(action));
  if (method === 'get') {
    target.search = fields.toString();
    await request(target.href, {});
    return;
  }
  await request(
    target.href,
    { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    fields.toString(),
  );
}
