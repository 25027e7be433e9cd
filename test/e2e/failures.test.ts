/** Worlds in which something is wrong, walked through all steps: where the picture stops, what is said beside the cause, who has to act, and the way on. */
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { violations } from './eye.ts';
import { newDataFolder, openInBrowser, openInWindow, removeDataFolder, type OpenWizard } from './hosts.ts';
import { ENDS, travel, type Stop } from './travel.ts';
import { keyboard, mouse, picture, type Hands } from './walk.ts';

const [READY, LEFT, HERE] = ENDS;

type World = {
  readonly title: string;
  readonly hands: Hands;
  readonly by: 'mouse' | 'keyboard' | `${'mouse' | 'keyboard'}, in the window`;
  /** Step at which it is told. */
  readonly at: string;
  /** What the picture says at the end; null: it stops nowhere. */
  readonly stop: RegExp | null;
  /** Beside the cause. */
  readonly words: RegExp;
  readonly who: string;
  /** What a person does about it there; done once. */
  readonly wayOn?: (page: Page, hands: Hands) => Promise<void>;
  readonly end: string | undefined;
  /** Something else that must have been seen on the way. */
  readonly also?: (visits: readonly Stop[]) => void;
};

const textAt = (visits: readonly Stop[], heading: string): string =>
  visits.find((visit) => visit.heading === heading)?.text ?? '';

/** Opens "another way" and finds what is to be handed over. */
const handOver = async (page: Page, hands: Hands): Promise<void> => {
  await hands.press(page, 'I’ll do it another way');
  await page.getByRole('tab', { name: 'Letter to the administrator' }).waitFor();
  await page.getByText('Exchange', { exact: false }).first().waitFor();
};

const WORLDS: readonly World[] = [
  {
    title: 'Port 25 is blocked',
    hands: mouse,
    by: 'mouse',
    at: 'Your internet line',
    stop: /It stops between Internet line and Port 25\. Port \d+ is blocked/,
    words: /Send the text below to your internet provider/,
    who: 'Who: Your internet provider',
    end: HERE,
    also: (visits) => {
      // It is the one fact that speaks against the usual way.
      expect(textAt(visits, 'The right way')).toMatch(/speaks against the usual way/);
      expect(textAt(visits, 'Test')).toMatch(/The message was not sent/);
    },
  },
  {
    title: 'The SPF record is wrong',
    hands: keyboard,
    by: 'keyboard',
    at: 'DNS record',
    stop: null,
    words: /does not let 203\.0\.113\.7 send/,
    who: 'Who: Whoever looks after your DNS records',
    // In practice the DNS host is a button; afterwards the record is live and the job is done.
    wayOn: async (page, hands) => {
      await hands.press(page, 'Publish it in the simulated DNS');
      await page.getByRole('heading', { name: 'The record is live and right' }).waitFor();
    },
    end: READY,
  },
  {
    title: 'A new organisation, refused',
    hands: mouse,
    by: 'mouse',
    at: 'Let it send',
    stop: /It stops at: Microsoft 365\. No connector lets 203\.0\.113\.7 send yet/,
    words: /Microsoft refused the change/,
    who: 'Who: Microsoft’s support',
    end: HERE,
    also: (visits) => expect(textAt(visits, 'Test')).toMatch(/Relay Access Denied/),
  },
  {
    title: 'The account lacks the right',
    hands: keyboard,
    by: 'keyboard',
    at: 'Let it send',
    stop: /It stops between Microsoft 365 and Recipient/,
    words: /Something stands in the way|may not/,
    who: 'Who: Your Microsoft 365 administrator',
    wayOn: handOver,
    end: HERE,
  },
  {
    title: 'Microsoft does not know the domain',
    hands: mouse,
    by: 'mouse',
    at: 'Your address',
    stop: /It stops at: Microsoft 365\. Microsoft does not know contoso\.com/,
    words: /Microsoft does not know contoso\.com/,
    who: 'Who: Your Microsoft 365 administrator',
    end: LEFT,
  },
  {
    title: 'A VPN is switched on',
    hands: keyboard,
    by: 'keyboard',
    at: 'Your internet line',
    stop: null,
    words: /saw different addresses/,
    who: 'Who: You can do this yourself',
    wayOn: (page, hands) => hands.choose(page, '203.0.113.7'),
    end: READY,
  },
  {
    title: 'The firewall strips encryption',
    hands: mouse,
    by: 'mouse',
    at: 'Your internet line',
    stop: /It stops at: Port 25\. Encryption is not offered/,
    words: /Encryption is not offered/,
    who: 'Who: You can do this yourself',
    end: LEFT,
    also: (visits) => expect(textAt(visits, 'Test')).toMatch(/It went without encryption/),
  },
  {
    title: 'Somebody else answers',
    hands: mouse,
    by: 'mouse, in the window',
    at: 'Your internet line',
    stop: /It stops at: Port 25\. Something answers in place of/,
    words: /relay\.provider\.example/,
    who: 'Who: Your internet provider',
    end: LEFT,
  },
  {
    title: 'The account may only look',
    hands: keyboard,
    by: 'keyboard, in the window',
    at: 'Let it send',
    stop: /It stops between Microsoft 365 and Recipient/,
    words: /may not|cannot|right/,
    who: 'Who: Your Microsoft 365 administrator',
    wayOn: handOver,
    end: HERE,
  },
];

let folder = '';
let wizard: OpenWizard | null = null;
beforeEach(() => {
  folder = newDataFolder();
});
afterEach(async () => {
  await wizard?.close();
  wizard = null;
  removeDataFolder(folder);
});

const begin = async (title: string, hands: Hands, window = false): Promise<Page> => {
  wizard = await (window ? openInWindow : openInBrowser)({ dataFolder: folder, args: ['--practice'] });
  const { page } = wizard;
  await page.getByRole('heading', { level: 1 }).waitFor();
  if (title !== 'All is well') await hands.choose(page, title);
  await hands.press(page, 'Start practising');
  await page.getByRole('heading', { level: 1, name: 'Your scanner' }).waitFor();
  return page;
};

const fileName = (title: string): string => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

describe('a world in which something is wrong', () => {
  it.each(WORLDS)('$title, by $by', async ({ title, hands, by, at, stop, words, who, wayOn, end, also }) => {
    if (by.endsWith('window') && inject('electron') === null) {
      console.log(`Skipped, no window: ${inject('electronMissing')}`);
      return;
    }
    const page = await begin(title, hands, by.endsWith('window'));
    let first: Stop | null = null;
    const visits = await travel(page, hands, async (seen) => {
      if (seen.heading !== at || first || !words.test(seen.text)) return;
      first = seen;
      await picture(page, 'failures', fileName(title));
      expect(await violations(page), title).toEqual([]);
      await wayOn?.(page, hands);
    });
    const cause = first as Stop | null;
    expect(cause, visits.map(({ heading, text }) => `${heading}: ${text}`).join('\n\n')).not.toBeNull();
    expect(cause?.who.join('\n')).toContain(who);
    const last = visits.at(-1);
    expect(last?.heading).toBe(end);
    if (stop === null) expect(last?.stop).toBeNull();
    else expect(last?.stop?.replaceAll('\n', ' ')).toMatch(stop);
    // Practice says at the cause, and at the end, how a real case looks.
    expect(last?.text).toContain('What this practice run showed');
    also?.(visits);
    expect(wizard?.complaints).toEqual([]);
  });

  it('moves the focus to what went wrong', async () => {
    const page = await begin('Microsoft does not know the domain', mouse);
    await mouse.press(page, 'Go on without a scanner');
    await page.getByRole('heading', { level: 1, name: 'Your address' }).waitFor();
    await mouse.press(page, 'Check');
    const focused = page.locator('.state-fail > summary:focus');
    await focused.waitFor();
    expect(await focused.textContent()).toContain('Microsoft does not know contoso.com');
  });

  it('Direct Send is switched off: without the change nobody is reached, with it everybody is', async () => {
    const page = await begin('Direct Send is switched off', mouse);
    const around = await travel(page, {
      ...mouse,
      press: (where, name) =>
        mouse.press(where, name === 'Sign in with Microsoft' ? 'Somebody else does this part' : name),
    });
    expect(around.at(-1)?.heading).toBe(HERE);
    expect(textAt(around, 'Test')).toMatch(/Direct Send not allowed/);
    // The way on: back to the step that was left out, by the list of steps.
    await page
      .getByRole('navigation', { name: 'Steps' })
      .getByRole('button', { name: /^Sign in/ })
      .click();
    await mouse.press(page, 'Sign in with Microsoft');
    await page.getByRole('heading', { level: 1, name: 'Let it send' }).waitFor();
    await mouse.press(page, 'Let 203.0.113.7 send as contoso.com');
    await mouse.press(page, 'Change it now');
    await page.getByText('It is done, and was read back').waitFor();
    await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: /^Test/ }).click();
    await mouse.press(page, 'Send new test messages');
    await page.getByText('Microsoft took the message').first().waitFor();
    expect(await page.getByText('Direct Send not allowed').count()).toBe(0);
  });

  it('Microsoft is busy: says that it waits and for what, and can be stopped', async () => {
    const page = await begin('Microsoft is busy', mouse);
    let waited = false;
    await page.exposeFunction('waitedFor', (text: string) => {
      waited ||= /busy|asked us to wait/i.test(text);
    });
    await page.evaluate(() => {
      const told = (globalThis as unknown as { waitedFor: (text: string) => void }).waitedFor;
      new MutationObserver(() => {
        for (const note of document.querySelectorAll<HTMLElement>('.note-progress')) told(note.innerText);
      }).observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    const visits = await travel(page, mouse);
    expect(waited).toBe(true);
    expect(visits.at(-1)?.heading).toBe(READY);
  });
});
