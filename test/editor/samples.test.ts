/** The first thing a newcomer sees: the samples, opened as `npm start` opens them. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually, openFile, pick, preview, problems, tab } from './act.ts';
import { closeWindow, openWindow, screenshot, type Window } from './session.ts';

describe('the samples in the editor', () => {
  let window: Window;
  let page: Page;
  before(async () => {
    window = await openWindow('samples');
    page = window.page;
    await openFile(page, 'pt-approaches.clinical.json');
  });
  after(() => closeWindow(window));

  it('show what a rule set decides for a patient, and lead to the rule', async () => {
    await page.locator('.editor-actions .action-label.codicon-open-preview').first().click();
    await pick(page, 'SINS 5 and Mirels 9');
    await preview(page).locator('[data-decision="clearance"] .a', { hasText: 'Contraindicated' }).waitFor();
    await preview(page).locator('li[data-rule="high-risk-long-bone"] > button.jump').first().click();
    await tab(page, 'pt-approaches.clinical.json').waitFor();
    await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  });

  it('have no errors, none of them open', async () => {
    const rows = await problems(page);
    await eventually(async () => assert.match((await page.locator('#status\\.problems').textContent()) ?? '', /\d/));
    assert.equal(await rows.locator('.codicon-error').count(), 0);
    await page.keyboard.press('Control+J');
  });

  it('fit into a window of usual size', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.keyboard.press('Control+B');
    await page.locator('.explorer-folders-view').waitFor({ state: 'hidden' });
    await preview(page).locator('h1').scrollIntoViewIfNeeded();
    await screenshot(page, 'samples');
    const sideways = await preview(page)
      .locator('body')
      .evaluate(body => body.scrollWidth > body.clientWidth);
    assert.equal(sideways, false, 'the preview scrolls sideways');
  });
});
