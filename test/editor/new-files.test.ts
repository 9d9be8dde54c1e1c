/** A rule set and a patient of one's own, begun from the commands: without an error, and previewed at once. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { acceptPath, eventually, preview, problems, runCommand, tab } from './act.ts';
import { closeWindow, openWindow, type Window } from './session.ts';

describe('files begun from the commands', () => {
  let window: Window;
  let page: Page;
  before(async () => {
    window = await openWindow('test/editor/workspace');
    page = window.page;
  });
  after(() => closeWindow(window));

  it('are a rule set without problems', async () => {
    await runCommand(page, 'Clinical Rules: New Rule Set');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Thresholds and a decision' }).click();
    await acceptPath(page, /my-rules\.clinical\.json$/);
    await tab(page, 'my-rules.clinical.json').waitFor();
    assert.equal(typeof JSON.parse(readFileSync(join(window.folder, 'my-rules.clinical.json'), 'utf8')).id, 'string');
  });

  it('are a sample patient for it', async () => {
    await runCommand(page, 'Clinical Rules: New Sample Patient');
    await acceptPath(page, /\.patient\.json$/);
    await page.locator('.tab.active[data-resource-name$=".patient.json"]').waitFor();
    const rows = await problems(page);
    await eventually(async () => assert.equal(await rows.locator('.codicon-error').count(), 0));
  });

  it('are previewed together, without asking which rule set is meant', async () => {
    await page.locator('.editor-actions .action-label.codicon-open-preview').first().click();
    await preview(page).locator('[data-decision] .a').first().waitFor();
  });
});
