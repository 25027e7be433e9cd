/** Where an administrator's token may go when an answer leads elsewhere. */
import { describe, expect, it } from 'vitest';
import { followable } from '../../../electron/microsoft/exchange-page.ts';

const FROM = 'https://outlook.office365.com/adminapi/beta/1/InvokeCommand';

describe('a link in an answer', () => {
  it.each([
    [
      '/adminapi/beta/1/InvokeCommand?$skiptoken=2',
      'https://outlook.office365.com/adminapi/beta/1/InvokeCommand?$skiptoken=2',
    ],
    [
      'https://nam02b.ps.compliance.protection.outlook.com/adminapi/x',
      'https://nam02b.ps.compliance.protection.outlook.com/adminapi/x',
    ],
    ['https://eur01b.outlook.office365.com/adminapi/x', 'https://eur01b.outlook.office365.com/adminapi/x'],
  ])('%s is followed', (link, to) => {
    expect(followable(link, FROM)).toBe(to);
  });
  it.each([
    'https://elsewhere.example/adminapi',
    'https://outlook.com.elsewhere.example/adminapi',
    'https://notoutlook.com/adminapi',
    'https://outlook.office365.us/adminapi',
    'https://partner.outlook.cn/adminapi',
    'http://outlook.office365.com/adminapi',
    'https://outlook.office365.com:8443/adminapi',
    'https://name:word@outlook.office365.com/adminapi',
    'javascript:alert(1)',
    'https://',
  ])('%s is not', (link) => {
    expect(followable(link, FROM)).toBeNull();
  });
  it('stays on its own server anywhere else', () => {
    expect(followable('/next', 'https://localhost:4100/adminapi')).toBe('https://localhost:4100/next');
    expect(followable('https://localhost:4101/next', 'https://localhost:4100/adminapi')).toBeNull();
    expect(followable('https://outlook.com/next', 'https://localhost:4100/adminapi')).toBeNull();
  });
});
