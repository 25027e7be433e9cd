/** What lies beside the steps looks as they do: the other ways, what is asked before taking back, saved set-ups, the checklist, what was left unanswered. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { begin, eachAlone, settled, TAGS, walk } from './looker.ts';

eachAlone();

/** A message that was sent when the program ended, and never answered. */
const unanswered = (folder: string): void => {
  const id = '00000000-0000-4000-8000-000000000001';
  const intent = {
    event: 'intent',
    id,
    kind: 'message',
    text: 'Send a test message to mailbox@example.net.',
    environment: 'practice',
    key: { messageId: '<one@contoso.com>' },
    startedAt: '2026-11-24T08:00:00.000Z',
  };
  writeFileSync(
    path.join(folder, 'journal.jsonl'),
    [intent, { event: 'sent', id }].map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
};

describe.each(TAGS)('in %s', (tag) => {
  it('every part beside the steps is whole and without barriers', async () => {
    const looker = await begin(tag, 50, unanswered);
    const { page, t, look, glance, found } = looker;
    await page.getByRole('heading', { level: 1, name: t('Something was left unanswered last time') }).waitFor();
    await look('unanswered');
    await page.getByRole('button', { name: t('Decide later') }).click();
    await look('start-unanswered');
    await page.getByRole('button', { name: t('Open the checklist') }).click();
    await page.locator('.checklist, .manual, .tick, input[type=checkbox]').first().waitFor();
    await look('checklist');
    await page.reload();
    await page.getByRole('button', { name: t('Decide later') }).click();
    await page.getByRole('button', { name: t('Start practising'), exact: true }).waitFor();
    await walk(looker, async (step) => {
      if (step === 'sign-in') {
        await page
          .getByRole('button', { name: t('I’ll do it another way') })
          .first()
          .click();
        await page.locator('.tab').first().waitFor();
        for (const tab of await page.locator('.tab').all()) {
          await tab.click();
          await glance(`another-way-${await tab.textContent()}`, '.tabs');
        }
        await look('another-way');
        await page.getByRole('button', { name: t('Hide the other ways') }).click();
      }
      if (step === 'done') {
        await page.getByRole('button', { name: t('Take the change back') }).click();
        await page.getByRole('alertdialog').waitFor();
        await glance('take-back', '[role="alertdialog"]');
        await look('take-back');
        await page.keyboard.press('Escape');
      }
      return step === 'done';
    });
    await settled(page);
    await page.locator('.step').first().click();
    await page.locator('.tile', { hasText: t('Open a saved set-up') }).click();
    await page.locator('.saved').getByText(t('Rename'), { exact: true }).first().click();
    await page.locator('.saved input').waitFor();
    await look('renamed');
    await page
      .locator('.saved')
      .getByRole('button', { name: t('Cancel') })
      .click();
    await page.locator('.saved').getByText(t('Delete'), { exact: true }).first().click();
    await page.getByRole('button', { name: t('Bring it back') }).waitFor();
    await look('deleted');
    expect(found).toEqual([]);
  });
});
