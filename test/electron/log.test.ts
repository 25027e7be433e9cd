import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { logBug, redact } from '../../electron/log.ts';

const SECRETS = [
  'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  'code=0.AXkA-secret-code',
  '"refresh_token": "1.AT-secret-refresh"',
  'Authorization: Bearer abc.def-secret',
  'client_info=eyJ1aWQiOiJ4In0',
  'AUTH PLAIN AGEAc2VjcmV0',
  'password=hunter2-secret',
];

describe('redact', () => {
  it.each(SECRETS)('takes the secret out of %s', (text) => {
    const left = redact(`before ${text} after`);
    expect(left).not.toMatch(/secret|eyJ|AGEAc2/);
    expect(left).toContain('before');
  });
  it('shortens people’s addresses and the home folder', () => {
    expect(redact(`someone@contoso.com ${homedir()}/x`)).toBe('…@contoso.com ~/x');
  });
});

describe('logBug', () => {
  it('writes a private file without secrets', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'relayready-log-'));
    const file = await logBug(folder, new Error(`broken with ${SECRETS.join(' ')}`));
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('broken with');
    expect(text).not.toMatch(/secret/);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
  });
  it('does not fail where nothing can be written', async () => {
    await expect(logBug('/dev/null/nowhere', new Error('x'))).resolves.toContain('relayready.log');
  });
});
