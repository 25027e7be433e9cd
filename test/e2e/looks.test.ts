/** How every step looks: in each language, in light, dark and forced colours, in every window; nothing cut off, no barrier. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PSEUDO_TAG } from '../../core/i18n/pseudo.ts';
import { clipped, LIGHTS, tooSmall, turn, unseenFocus, violations } from './eye.ts';
import { pictures } from './hosts.ts';
import { begin, eachAlone, goOn, settled, TAGS, walk } from './looker.ts';

eachAlone();

describe.each(TAGS)('in %s', (tag) => {
  it('every step is whole and without barriers', async () => {
    rmSync(path.join(pictures, tag), { recursive: true, force: true });
    const looker = await begin(tag);
    const { page, t, look, glance, found } = looker;
    await look('start');
    const explained = new Set<string>();
    await walk(looker, async (step) => {
      await look(step);
      for (const what of await page.locator('.what:visible').all()) {
        const name = (await what.getAttribute('aria-label')) ?? '';
        if (explained.has(name)) continue;
        explained.add(name);
        await what.click();
        await page.locator('.bubble').waitFor();
        await glance(`${step}-explained`, '.bubble');
        await page.keyboard.press('Escape');
        await page.locator('.bubble').waitFor({ state: 'detached' });
      }
      return step === 'done';
    });
    await page.locator('.side-report').click();
    await page.locator('.dialog .code-block').waitFor();
    await look('report-a-problem');
    await page.keyboard.press('Escape');
    await page.reload();
    // It opens where it stopped.
    await page.locator('.path').waitFor();
    await page.locator('.step').first().click();
    await page.locator('.tile', { hasText: t('Open a saved set-up') }).click();
    await look('saved');
    expect(found).toEqual([]);
  });
});

/** The longest words, and the plainest. */
describe.each(['en', 'de', PSEUDO_TAG])('in %s', (tag) => {
  it('where it stops, and the other ways, are whole and without barriers', async () => {
    const looker = await begin(tag, 30);
    const { page, t, look, found } = looker;
    await page.locator('.choice-card', { hasText: t('Port 25 is blocked') }).click();
    await walk(looker, async (step) => {
      if (step !== 'line') return false;
      await look('blocked-line');
      return true;
    });
    expect(await page.locator('.path-stop').count()).toBe(1);
    await goOn(page);
    await settled(page);
    await look('blocked-way');
    expect(found).toEqual([]);
  });
});

it('the keyboard’s place is seen wherever it is', async () => {
  const looker = await begin('en');
  const { page } = looker;
  const found: string[] = [];
  await walk(looker, async (step) => {
    for (const light of LIGHTS) {
      await turn(page, light);
      found.push(...(await unseenFocus(page)).map((one) => `${step}, ${light}: ${one}`));
    }
    await turn(page, 'light');
    return step === 'done';
  });
  expect(found).toEqual([]);
});

it('the eye of these tests sees what is cut off, runs out, is too small, or hides the focus', async () => {
  const { page: wizardPage } = await begin('en');
  const page = await wizardPage.context().newPage();
  await page.setContent(`<!doctype html><html lang="en"><title>x</title><style>button:focus{outline:none}</style><main>
    <p style="width:60px;overflow:hidden;white-space:nowrap">One two three four five</p>
    <p style="height:20px;overflow:hidden">One<br>two<br>three</p>
    <p style="width:60px">Donaudampfschifffahrtsgesellschaft</p>
    <button style="width:20px;height:20px;padding:0">x</button>
    <p style="color:#bbb;background:#fff">Too pale to read</p></main>`);
  expect((await clipped(page)).map((one) => one.split(/[ :]/)[0])).toEqual(['cut', 'runs', 'cut', 'holds', 'runs']);
  expect(await tooSmall(page)).toHaveLength(1);
  expect(await unseenFocus(page)).toHaveLength(1);
  expect((await violations(page)).join()).toContain('color-contrast');
});
