/** Electron's own list of twenty rules (docs/tutorial/security.md), each tried in the packaged trial.program. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { FUSES, readWire } from './fuse-wire.ts';
import { hostileLinks } from './hostile-links.ts';
import { PERMISSION_ASKS } from './permission-asks.ts';
import { directivesOf, POLICY } from './policy.ts';
import { packaged, processesOf } from './program.ts';
import { beginTrial, type Trial } from './trial.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const missing = inject('packagedMissing');
const held = new Set<string>();

describe.skipIf(missing !== '')(`in the packaged program${missing === '' ? '' : `: ${missing}`}`, () => {
  let trial: Trial;
  beforeAll(async () => {
    trial = await beginTrial();
  });
  afterAll(async () => {
    console.log(`checklist: ${held.size}/20`);
    await trial?.end();
  });

  afterEach(({ task }) => {
    if ((task.result?.errors ?? []).length === 0) held.add(task.name);
  });
  const inPage = <T>(code: string) => trial.inPage<T>(code);
  const inVain = (code: string) => trial.inVain(code);

  it('1. only secure content: a page loads from the archive and nowhere else', async () => {
    trial.requests.length = 0;
    await trial.program.page.reload();
    await inVain(`
      for (const url of ['${trial.trap}/a', '${trial.trap.replace('127.0.0.1', 'localhost')}/b', 'ws${trial.trap.slice(4)}/c']) {
        new Image().src = url;
        document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url }));
        await fetch(url, { mode: 'no-cors' }).catch(() => 0);
        try { new WebSocket(url.replace('http', 'ws')); new EventSource(url); navigator.sendBeacon(url); } catch {}
      }`);
    const loaded = trial.requests.filter((url) => !url.startsWith(trial.trap) && !/^(ws|http):/.test(url));
    expect(loaded.length).toBeGreaterThan(3);
    expect(loaded.filter((url) => !url.startsWith('app://wizard/') && !url.startsWith('data:'))).toEqual([]);
  });

  it('2. no Node in page, frame or worker', async () => {
    const found = await inPage<string[]>(`
      const frame = document.body.appendChild(document.createElement('iframe'));
      const names = ['require', 'process', 'module', 'Buffer', 'global', '__dirname'];
      const all = [window, frame.contentWindow].flatMap((where) => names.filter((name) => name in where));
      let worker = 'none';
      try { worker = await new Promise((done) => { const w = new Worker(URL.createObjectURL(new Blob(['postMessage(typeof process)']))); w.onmessage = (e) => done(e.data); w.onerror = () => done('none'); }); } catch {}
      frame.remove();
      return [...all, ...(worker === 'none' ? [] : [worker])];`);
    expect(found).toEqual([]);
  });

  it('3. the preload lives in a world of its own', async () => {
    expect(trial.worlds).toContain('Electron Isolated Context');
    const door = await inPage(`return { ...Object.getOwnPropertyDescriptor(window, 'relayready'), value: 0 }`);
    expect(door).toMatchObject({ writable: false, configurable: false });
  });

  it('4. the page’s process is in the kernel’s sandbox', () => {
    const pids = processesOf(path.join(packaged().inspectable, 'relayready'), '--type=renderer');
    expect(pids.length).toBeGreaterThan(0);
    for (const pid of pids) expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\t2$/m);
    expect(trial.renderer()).not.toContain('--no-sandbox');
  });

  it('5. no permission but writing to the clipboard', async () => {
    const types = readFileSync(path.join(root, 'node_modules/electron/electron.d.ts'), 'utf8');
    const names = new Set(
      [...types.matchAll(/permission: ((?:'[\w-]+'(?: \| )?)+)/g)].flatMap(([, all = '']) => all.split(' | ')),
    );
    expect(names.size).toBeGreaterThan(15);
    for (const name of names)
      expect(trial.rules.permitted(name.replaceAll("'", '')), name).toBe(name === "'clipboard-sanitized-write'");
    const granted = await inPage<string[]>(PERMISSION_ASKS);
    expect(granted).toEqual([]);
  });

  it('6. the same-origin rule stands where no policy would', async () => {
    const read = await trial.withoutPolicy<string[]>(`
      const read = [];
      for (const url of ['file:///etc/hostname', 'http://localhost/', '${trial.trap}/six'])
        await fetch(url).then(() => read.push(url), () => 0);
      return read;`);
    expect(read).toEqual([]);
    expect(trial.hits).toEqual([]);
    expect(trial.rules.WEB_PREFERENCES.webSecurity).toBe(true);
  });

  it('7. a policy that holds: nothing inline, nothing evaluated, nothing from elsewhere', async () => {
    const response = await trial.program.page.reload();
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(directivesOf(policy)).toEqual(POLICY);
    const ran = await inPage<string[]>(`
      const ran = [];
      window.ranInline = (how) => ran.push(how);
      const script = document.createElement('script');
      try { script.textContent = "ranInline('inline')"; document.body.append(script); } catch {}
      const handler = document.createElement('b');
      try { handler.setAttribute('onclick', "ranInline('handler')"); handler.click(); } catch {}
      try { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="ranInline(1)">'); ran.push('html'); } catch {}
      try { (0, eval)("ranInline('eval')"); } catch {}
      try { new Function("ranInline('function')")(); } catch {}
      try { setTimeout("ranInline('timer')"); } catch {}
      const link = Object.assign(document.createElement('a'));
      try { link.href = "javascript:ranInline('link')"; document.body.append(link); link.click(); } catch {}
      try { trustedTypes.createPolicy('default', { createHTML: (x) => x, createScript: (x) => x }); ran.push('policy'); } catch {}
      try { await import('data:text/javascript,1'); ran.push('import'); } catch {}
      await new Promise((done) => setTimeout(done, 200));
      return ran;`);
    expect(ran).toEqual([]);
  });

  it('8. no insecure content in a secure page', async () => {
    expect(trial.rules.WEB_PREFERENCES.allowRunningInsecureContent).toBe(false);
    await trial.withoutPolicy(
      `new Image().src = '${trial.trap}/eight'; const s = document.createElement('script'); s.src = '${trial.trap}/eight.js'; document.body.append(s); await new Promise((done) => setTimeout(done, 300));`,
    );
    expect(trial.hits).toEqual([]);
  });

  it('9. no experimental features', () => {
    expect(trial.rules.WEB_PREFERENCES.experimentalFeatures).toBe(false);
    expect(trial.renderer()).toContain('--type=renderer');
    expect(trial.renderer()).not.toMatch(/--enable-experimental/);
  });

  it('10. no Blink features switched on; one is switched off', () => {
    expect(trial.renderer()).not.toContain('--enable-blink-features');
    expect(trial.rules.WEB_PREFERENCES.disableBlinkFeatures).toBe('Auxclick');
    const main = readFileSync(path.join(trial.inside, 'dist/electron/main.js'), 'utf8');
    expect(main.match(/webPreferences: \{\s*\.\.\.WEB_PREFERENCES/g)?.length).toBe(
      main.match(/webPreferences:/g)?.length,
    );
  });

  it('11. no pop-ups from a webview: there is none', async () => {
    await inVain(
      `const view = document.createElement('webview'); view.setAttribute('allowpopups', ''); view.setAttribute('src', '${trial.trap}/eleven'); document.body.append(view);`,
    );
    expect(trial.rules.WEB_PREFERENCES.webviewTag).toBe(false);
  });

  it('12. a webview is no more than an unknown word, whatever it asks for', async () => {
    const kind = await inPage<string>(`
      const view = document.createElement('webview');
      for (const [name, value] of [['nodeintegration', ''], ['disablewebsecurity', ''], ['preload', 'file:///tmp/x.js'], ['webpreferences', 'contextIsolation=no'], ['src', '${trial.trap}/twelve']]) view.setAttribute(name, value);
      document.body.append(view);
      await new Promise((done) => setTimeout(done, 300));
      return String('getWebContentsId' in view) + ('executeJavaScript' in view);`);
    expect(kind).toBe('falsefalse');
    expect(trial.hits).toEqual([]);
  });

  it('13. no way to another page: script, link, refresh, form, frame, dropped file', async () => {
    for (const url of [
      `${trial.trap}/thirteen`,
      'file:///etc/hostname',
      'data:text/html,x',
      'app://paper/x',
      'app://wizard.evil/',
      'blob:app://wizard/x',
      'javascript:document.write(1)',
    ])
      await inVain(`const url = ${JSON.stringify(url)};
        try { location.href = url; } catch {} try { location.assign(url); } catch {} try { location.replace(url); } catch {}
        for (const target of ['', '_top', '_self', '_blank']) { const a = document.createElement('a'); try { a.href = url; a.target = target; document.body.append(a); a.click(); } catch {} a.remove(); }
        const meta = Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: '0;url=' + url }); document.head.append(meta);
        const form = document.createElement('form'); try { form.action = url; form.method = 'post'; document.body.append(form); form.submit(); } catch {} form.remove();
        const frame = document.createElement('iframe'); frame.src = url; document.body.append(frame); setTimeout(() => frame.remove(), 200);`);
    const dropped = path.join(trial.home.folder, 'dropped.html');
    writeFileSync(dropped, '<script>document.title = 1</script>');
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await trial.session.send('Input.dispatchDragEvent', {
        type,
        x: 300,
        y: 300,
        data: { items: [], files: [dropped], dragOperationsMask: 1 },
      });
    await inVain('');
    expect(trial.program.page.url()).toMatch(/^app:/);
  });

  it('14. no further windows', async () => {
    await inVain(`for (const url of ['${trial.trap}/fourteen', 'about:blank', '', 'file:///etc/hostname', 'app://wizard/', 'data:text/html,x'])
      for (const target of ['_blank', 'name', '']) for (const features of ['', 'popup', 'nodeIntegration=yes,contextIsolation=no', 'noopener'])
        if (window.open(url, target, features)) throw new Error('opened ' + url);`);
    expect(trial.home.opened()).toEqual([]);
  });

  it('15. only good addresses reach the system', async () => {
    const cases = hostileLinks(Number(process.env['HOSTILE_LINKS'] ?? 10_000), 15);
    for (const text of cases) {
      const link = trial.links.linkToOpen(text);
      if (link !== null)
        expect(link, text).toMatch(/^(https:\/\/[^/@\s\\]+(\/|$)|http:\/\/(192\.168|10|169\.254|172)\.)/);
    }
    const refused = cases.filter((text) => trial.links.linkToOpen(text) === null).slice(0, 300);
    await inVain(`for (const url of ${JSON.stringify(refused)}) try { window.open(url); } catch {}`);
    expect(trial.home.opened()).toEqual([]);
    await inVain(`window.open('https://learn.microsoft.com/exchange');`);
    await expect.poll(() => trial.home.opened(), { timeout: 10_000 }).toEqual(['https://learn.microsoft.com/exchange']);
  });

  it('16. a current Electron, pinned', () => {
    const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    const ours = devDependencies['electron'] ?? '';
    expect(ours).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Number(ours.split('.')[0])).toBeGreaterThanOrEqual(45);
    const { electronVersion } = packaged();
    if (electronVersion !== ours)
      console.log(
        `The runtime at hand is Electron ${electronVersion}; ${ours} ships. The program’s own rules are tried.`,
      );
    // Supported are the newest three majors, one every eight weeks.
    const weeks = (Date.now() - Date.parse('2026-11-23')) / (7 * 24 * 3600_000);
    if (weeks > 20)
      console.log(`Electron ${ours} was the newest on 23 November 2026. Look whether it is still supported.`);
  });

  it('17. the door answers our page in the window’s own frame, and nobody else', async () => {
    const main = { origin: 'app://wizard' };
    expect(trial.rules.fromOurPage(main, main)).toBe(true);
    for (const sender of [null, undefined, { origin: 'app://wizard' }, { origin: 'null' }])
      expect(trial.rules.fromOurPage(sender, main)).toBe(false);
    for (const origin of ['null', 'app://paper', 'https://wizard', 'app://wizard.evil', 'file://', '']) {
      const elsewhere = { origin };
      expect(trial.rules.fromOurPage(elsewhere, elsewhere)).toBe(false);
    }
    const doors = await inPage<number>(`
      const frames = [{}, { srcdoc: '<p>x' }, { src: 'about:blank' }, { src: 'app://wizard/' }].map((given) => { const frame = document.createElement('iframe'); try { Object.assign(frame, given); } catch {} document.body.append(frame); return frame; });
      await new Promise((done) => setTimeout(done, 400));
      const count = frames.filter((frame) => { try { return 'relayready' in frame.contentWindow; } catch { return false; } }).length;
      frames.forEach((frame) => frame.remove());
      return count;`);
    expect(doors).toBe(0);
    // A page may blank itself; its door is then one of another origin.
    await inPage(`location.href = 'about:blank'`);
    await trial.program.page.waitForURL('about:blank');
    const blank = await inPage<string>(
      `return await relayready.call('x', 'set-up.list', {}, 'en').then(JSON.stringify, String)`,
    );
    expect(blank).toContain('refused');
    await trial.program.page.goto('app://wizard/');
    const answer = await inPage<{ ok: boolean }>(`return relayready.call('x', '__proto__', { toString: null }, 'en')`);
    expect(answer).toMatchObject({ ok: false });
  });

  it('18. no file addresses, and no way out of the archive’s page', async () => {
    const tricks = [
      '../package.json',
      '..%2fpackage.json',
      '%2e%2e/%2e%2e/package.json',
      '..%5c..%5cpackage.json',
      'index.html%00.js',
      'INDEX.HTML',
      './/index.html',
      'assets/../../electron/main.js',
      '/etc/passwd',
      'C:/Windows/win.ini',
      'index.html::$DATA',
      '~',
      'a'.repeat(9000),
    ];
    const answers = await trial.withoutPolicy<number[]>(`
      const status = (url, more) => fetch(url, more).then(({ status }) => status, () => 0);
      const good = await status('app://wizard/index.html');
      const tried = await Promise.all(${JSON.stringify(tricks)}.map((path) => status('app://wizard/' + path)));
      return [good, ...tried, await status('app://wizard/', { method: 'POST', body: 'x' }), await status('file:///etc/passwd')];`);
    expect(answers[0]).toBe(200);
    expect(answers.slice(1).filter((status) => status !== 404 && status !== 0)).toEqual([]);
  });

  it('19. fuses', () => {
    const { fuses } = readWire(path.join(packaged().inspectable, 'relayready'));
    expect(fuses.split('').map((fuse) => fuse === '1')).toEqual(FUSES.slice(0, fuses.length).map(([, on]) => on));
  });

  it('20. nothing of Electron in the page but the door’s four words', async () => {
    // Those that begin with a capital are the web's own interfaces.
    const names = await inPage<string[]>(
      `return Object.getOwnPropertyNames(window).filter((name) => /^[a-z_$]/.test(name) && /electron|ipc|require|process|node|bridge|relayready/i.test(name))`,
    );
    expect(names).toEqual(['relayready']);
    expect(await inPage(`return Object.keys(relayready).sort()`)).toEqual(['call', 'cancel', 'host', 'onProgress']);
    const seen = await inPage<number>(
      `return await new Promise((done) => { const stop = relayready.onProgress((...given) => { stop(); done(given.length); }); relayready.call('p', 'check.run', { profile: { domain: 'contoso.com' } }, 'en').then(() => done(2)); })`,
    );
    expect(seen).toBe(2);
    expect(existsSync(path.join(trial.home.folder, 'data'))).toBe(true);
  });
});
