import { describe, expect, it } from 'vitest';
import { linkToOpen } from '../../electron/open-link.ts';
import { randomOf } from '../helpers/random.ts';

describe('a link that leaves the program', () => {
  it.each([
    ['https://learn.microsoft.com/exchange', 'https://learn.microsoft.com/exchange'],
    ['http://192.168.1.20/', 'http://192.168.1.20/'],
    ['http://169.254.7.7:8080/mail', 'http://169.254.7.7:8080/mail'],
  ])('%s is opened', (text, link) => {
    expect(linkToOpen(text)).toBe(link);
  });
  it.each([
    'http://example.com/',
    'http://203.0.113.7/',
    'http://127.0.0.1:4100/',
    'https://user@example.com/',
    'https://user:word@example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ms-msdt:/id PCWDiagnostic',
    'https:\\\\host\\share',
    '\\\\host\\share',
    'https://exa\nmple.com/',
    'https://example.com/\u0000.exe',
    'app://wizard/',
    'data:text/html,x',
    'mailto:a@example.com',
    '',
    `https://example.com/${'a'.repeat(2048)}`,
  ])('%#: %.40s is not', (text) => {
    expect(linkToOpen(text)).toBeNull();
  });

  it('is https or a device of the office, whatever 100,000 hostile texts say', () => {
    const random = randomOf(Number(process.env['SEED'] ?? 1));
    const parts =
      'https: http: HTTPS: file: javascript: ms-msdt: vbscript: search-ms: app: data: // / \\\\ \\ /// @ : ? # %2f %00 \u0000 \t \r\n \u202e example.com 192.168.0.4 127.0.0.1 localhost [::1] 0x7f.1 10.0.0.1 ２５５.1 user .. C:'.split(
        ' ',
      );
    let opened = 0;
    for (let round = 0; round < 100_000; round++) {
      const text = Array.from({ length: 1 + random.below(8) }, () => random.pick(parts)).join('');
      const link = linkToOpen(text);
      if (link === null) continue;
      opened++;
      expect(link).toMatch(/^(https:|http:\/\/(192\.168|10|169\.254|172)\.)/);
      expect(new URL(link)).toMatchObject({ username: '', password: '' });
      expect(link).not.toMatch(/[\s\\]/);
    }
    expect(opened).toBeGreaterThan(100);
  });
});
