/** What a page may do, rule by rule; that the program keeps to them is tried in test/packaged. */
import { describe, expect, it } from 'vitest';
import { pageHeaders, paperHeaders } from '../../electron/page-files.ts';
import { fromOurPage, mayGo, mayLoad, permitted, WEB_PREFERENCES } from '../../electron/window-rules.ts';
import { directivesOf, POLICY } from '../packaged/policy.ts';

it('preferences isolate the page', () => {
  expect(WEB_PREFERENCES).toEqual({
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
  });
});

it('the policy of page and paper is strict', () => {
  expect(directivesOf(pageHeaders("'none'")['content-security-policy'] ?? '')).toEqual(POLICY);
  const paper = directivesOf(paperHeaders()['content-security-policy'] ?? '');
  expect(paper['default-src']).toBe("'none'");
  expect(paper['script-src'] ?? paper['connect-src']).toBeUndefined();
});

describe('where a window may go', () => {
  it('is to a page of its own', () => {
    for (const url of ['app://wizard/', 'app://wizard/#x', 'app://wizard/index.html']) expect(mayGo(url)).toBe(true);
    for (const url of [
      undefined,
      '',
      'app://wizard.evil/',
      'app://wizard@evil/',
      'app://evil@wizard/',
      'app://paper/x',
      'file:///etc/passwd',
      'https://wizard/',
      'javascript:1',
      'about:blank',
      'APP://wizard',
    ])
      expect(mayGo(url), String(url)).toBe(url === 'APP://wizard');
  });
});

it('a page loads files of ours alone; the engine loads what it has to', () => {
  expect(mayLoad('https://example.com/', 1)).toBe(false);
  expect(mayLoad('file:///etc/passwd', 1)).toBe(false);
  expect(mayLoad('app://wizard/a.js', 1)).toBe(true);
  expect(mayLoad('https://example.com/', undefined)).toBe(true);
});

it('one permission, one sender', () => {
  expect(permitted('clipboard-sanitized-write')).toBe(true);
  expect(permitted('clipboard-read')).toBe(false);
  const main = { origin: 'app://wizard' };
  expect(fromOurPage(main, main)).toBe(true);
  expect(fromOurPage({ origin: 'app://wizard' }, main)).toBe(false);
  expect(fromOurPage(null, null)).toBe(false);
  const foreign = { origin: 'null' };
  expect(fromOurPage(foreign, foreign)).toBe(false);
});
