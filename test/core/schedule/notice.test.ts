/** The notice on the desktop: one for what is new, none for nothing, and a name is only ever a name. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noticeCommand, noticeOf } from '../../../core/schedule/notice.ts';
import { english } from '../../../core/text.ts';
import { parsePowershell } from '../../helpers/powershell.ts';
import { word } from './hostile.ts';

const named = (...names: readonly string[]) => names.map((name) => ({ name, texts: [`${name} changed.`] }));

describe('a notice', () => {
  it('is there only when something is new', () => {
    expect(noticeOf([], english)).toBeNull();
    expect(noticeOf(named('Contoso'), english)).toEqual({
      title: 'RelayReady: something is new at Contoso',
      body: 'Contoso changed.',
    });
    // A first look that finds something has no change to tell.
    expect(noticeOf([{ name: 'Contoso', texts: [] }], english)?.body).toBe(
      'Something needs doing. Open RelayReady to see what.',
    );
    expect(noticeOf(named('A', 'B', 'C', 'D', 'E', 'F', 'G'), english)).toEqual({
      title: 'RelayReady: something is new at 7 offices',
      body: 'A, B, C, D, E and 2 more. Open RelayReady to see what.',
    });
  });

  it('holds no secret and no sign that turns or hides what is read', () => {
    const notice = noticeOf(
      [
        {
          name: `Con\u202etoso\n\u0007 ${'x'.repeat(300)}`,
          texts: ['password=hunter2 scanner@contoso.com Bearer abcdef'],
        },
      ],
      english,
    );
    expect(notice?.title).toMatch(/^RelayReady: something is new at Con toso x+…$/);
    expect(notice?.title.length).toBeLessThan(110);
    expect(notice?.body).not.toMatch(/hunter2|scanner@|abcdef/);
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: word, texts: fc.array(word, { maxLength: 3 }) }), { minLength: 1 }),
        (news) => {
          const { title, body } = noticeOf(news, english) ?? { title: '', body: '' };
          for (const text of [title, body]) {
            expect(text).not.toMatch(/\p{C}/u);
            expect(text.trim()).not.toBe('');
            expect(text.length).toBeLessThan(2000);
          }
        },
      ),
    );
  });

  it('is data to every system, never part of a script', () => {
    const nasty = fc.string({
      unit: fc.constantFrom('a', "'", '"', '\\', '$', '&', '<', '>', ';', '|', '`', '%', '-', '(', ')', '@'),
    });
    const plain = { title: 'x', body: 'y' };
    fc.assert(
      fc.property(nasty, nasty, (title, body) => {
        const mac = noticeCommand({ title, body }, 'darwin');
        expect(mac.args.slice(0, -2)).toEqual(noticeCommand(plain, 'darwin').args.slice(0, -2));
        expect(mac.args.slice(-3)).toEqual(['--', title, body]);
        const windows = noticeCommand({ title, body }, 'win32');
        expect(windows.file).toBe(String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`);
        expect(windows.args).toEqual(noticeCommand(plain, 'win32').args);
        expect(windows.env).toEqual({ RELAYREADY_NOTICE_TITLE: title, RELAYREADY_NOTICE_BODY: body });
        const linux = noticeCommand({ title, body }, 'linux');
        expect(linux.args.slice(-3, -1)).toEqual(['--', title]);
        const shown = linux.args.at(-1) ?? '';
        expect(shown).not.toMatch(/[<>]/);
        // As notify-send and the desktop read it: escapes first, then markup.
        const read = shown
          .replaceAll(/\\(.)/g, '$1')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&');
        expect(read).toBe(body);
      }),
    );
  });

  it('is PowerShell where it is for Windows', async () => {
    const script = noticeCommand({ title: 'x', body: 'y' }, 'win32').args.at(-1) ?? '';
    // A type with its assembly is more than the parser knows; without the assembly it reads all of it.
    const [whole, type] = /\[([\w.]+), Windows\.UI\.Notifications, ContentType = WindowsRuntime\]/.exec(script) ?? [];
    const known = script.replace(whole ?? '', `[${type}]`);
    expect(known).not.toBe(script);
    await parsePowershell(known);
    // A double quote would have to survive two command lines.
    expect(script).not.toContain('"');
    await expect(parsePowershell(`${known} (`)).rejects.toThrow('no PowerShell');
  });
});
