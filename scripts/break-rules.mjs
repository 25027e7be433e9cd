/** `node scripts/break-rules.mjs`: breaks one security rule at a time in a copy of the project, and shows which test goes red. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root, setUp } from './set-up.mjs';

/** What is broken, where, the words before and after, and the tests that have to notice; `packaged` needs Electron and a build. */
const BROKEN = [
  [
    'the page’s sandbox is off',
    'electron/window-rules.ts',
    'sandbox: true',
    'sandbox: false',
    'test/electron/window-rules',
  ],
  [
    'context isolation is off',
    'electron/window-rules.ts',
    'contextIsolation: true',
    'contextIsolation: false',
    'test/electron/window-rules',
  ],
  [
    'the policy allows inline scripts',
    'electron/page-files.ts',
    `"script-src 'self'"`,
    `"script-src 'self' 'unsafe-inline'"`,
    'test/electron/window-rules',
  ],
  [
    'any origin may call the door',
    'electron/window-rules.ts',
    'sender === main && sender.origin === ORIGIN',
    'sender === main',
    'test/electron/window-rules',
  ],
  [
    'every permission is granted',
    'electron/window-rules.ts',
    "permission === 'clipboard-sanitized-write'",
    "permission !== ''",
    'test/electron/window-rules',
  ],
  [
    'any link is opened',
    'electron/open-link.ts',
    "if (url.protocol === 'https:') return url.href;",
    'return url.href;',
    'test/electron/open-link',
  ],
  [
    'a route answers before the guard',
    'electron/serve.ts',
    'const status = refusal(request, authorityOf(request));',
    "if (request.url === '/cancel') return json(response, {});\n    const status = refusal(request, authorityOf(request));",
    'test/electron/serve-attacks',
  ],
  [
    'the token is not asked for',
    'electron/serve.ts',
    'if (!known) return refuse(response, 403);',
    '',
    'test/electron/serve-attacks',
  ],
  [
    'Host is not compared',
    'electron/serve-guard.ts',
    "|| times('host') !== 1 || host !== own",
    "|| times('host') !== 1",
    'test/electron/serve-attacks',
  ],
  [
    'a file is not flushed before it is renamed',
    'electron/storage/write-file.ts',
    '      await handle.sync();\n    } finally',
    '    } finally',
    'test/electron/storage/torture',
  ],
  [
    'keys that reach into objects are let in',
    'core/read-json.ts',
    "new Set(['__proto__', 'constructor', 'prototype'])",
    'new Set([])',
    'test/core/read-json',
  ],
  [
    'formulas go into tables as they are',
    'core/clients/export.ts',
    `.replace(/^(?='*[=+\\-@])/, "'")`,
    '',
    'test/security',
  ],
  [
    'certificates are not checked',
    'electron/net/tls.ts',
    'rejectUnauthorized: true',
    'rejectUnauthorized: false',
    'test/electron/net/http',
  ],
  [
    'the packaged program takes any switch',
    'electron/start-guard.ts',
    'return [word.replace(/=.*$/s',
    'return []; [word.replace(/=.*$/s',
    'test/packaged/start',
  ],
  [
    'the page may go anywhere',
    'electron/main.ts',
    'if (!mayGo(event.url)) event.preventDefault();',
    'if (!mayGo(event.url)) void 0;',
    'test/packaged/checklist',
    'packaged',
  ],
  [
    'the door does not look who calls',
    'electron/main.ts',
    "if (!ours(event)) throw new Error('refused');",
    'if (!ours(event)) void 0;',
    'test/packaged/checklist',
    'packaged',
  ],
];

const wanted = process.argv.slice(2).join(' ');
setUp();
const copy = mkdtempSync(path.join(tmpdir(), 'relayready-broken-'));
const run = (command, args, env = process.env) =>
  spawnSync(command, args, { cwd: copy, encoding: 'utf8', env, maxBuffer: 64 * 1024 * 1024 });
let red = 0;
let green = 0;
let skipped = 0;
try {
  const files = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of files.stdout.split('\n').filter(Boolean)) {
    mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    cpSync(path.join(root, file), path.join(copy, file));
  }
  // The packager does not follow a link, so it gets the same files under a second name.
  if (process.platform === 'linux') run('cp', ['-al', path.join(root, 'node_modules'), 'node_modules']);
  // What is written there would be written to both.
  rmSync(path.join(copy, 'node_modules', '.cache'), { recursive: true, force: true });
  if (!existsSync(path.join(copy, 'node_modules', 'vitest')))
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  for (const [what, file, before, after, tests, packaged] of BROKEN) {
    if (!what.includes(wanted)) continue;
    if (packaged && !process.env.ELECTRON_OVERRIDE_DIST_PATH) {
      skipped += 1;
      console.log(`not tried  ${what}: needs ELECTRON_OVERRIDE_DIST_PATH`);
      continue;
    }
    const place = path.join(copy, file);
    const whole = readFileSync(place, 'utf8');
    if (whole.split(before).length !== 2) throw new Error(`${file} does not hold exactly once: ${before}`);
    writeFileSync(
      place,
      whole.replace(before, () => after),
    );
    const env = { ...process.env };
    if (!packaged) delete env.ELECTRON_OVERRIDE_DIST_PATH;
    if (packaged && run(process.execPath, ['scripts/build.mjs'], env).status !== 0)
      throw new Error(`does not build any more: ${what}`);
    const result = run(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', '--project', tests.includes('packaged') ? 'packaged' : 'unit', tests],
      env,
    );
    writeFileSync(place, whole);
    // eslint-disable-next-line no-control-regex
    const lines = `${result.stdout}${result.stderr}`.replaceAll(/\u001b\[[\d;]*m/g, '').split('\n');
    const failures = lines
      .filter((line) => (packaged ? /^\s*FAIL\s.*> \d+\. / : /^\s*FAIL\s/).test(line))
      .map((line) => line.replace(/^\s*FAIL\s+(\S+\s+)?/, '').trim());
    if (result.status !== 0 && failures.length > 0) {
      red += 1;
      console.log(
        `red        ${what}\n           ${failures[0]}${failures.length > 1 ? ` (and ${failures.length - 1} more)` : ''}`,
      );
    } else {
      green += 1;
      console.log(`NOT FOUND  ${what}: ${tests} ended with ${result.status}\n${lines.slice(-12).join('\n')}`);
    }
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`broken rules found: ${red}/${red + green}${skipped > 0 ? `, ${skipped} not tried` : ''}`);
process.exit(green > 0 ? 1 : 0);
