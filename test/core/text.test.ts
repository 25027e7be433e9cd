import { describe, expect, it } from 'vitest';
import { createTranslate, english, say } from '../../core/text.ts';

describe('createTranslate', () => {
  it('fills places and plurals in English', () => {
    expect(english('{n, plural, one {# look-up} other {# look-ups}} of {limit}', { n: 1, limit: 10 })).toBe(
      '1 look-up of 10',
    );
    expect(english(say('Port {port} is open.', { port: 25 }))).toBe('Port 25 is open.');
  });
  it('uses the catalogue and falls back to English', () => {
    const t = createTranslate('de', { Stop: 'Anhalten' });
    expect(t('Stop')).toBe('Anhalten');
    expect(t('Go on')).toBe('Go on');
    expect(t.language).toBe('de');
  });
  it('leaves markup and apostrophes alone', () => {
    expect(english("Use <b>STARTTLS</b>, it’s safe; don't skip {what}.", { what: 'it' })).toBe(
      "Use <b>STARTTLS</b>, it’s safe; don't skip it.",
    );
  });
});
