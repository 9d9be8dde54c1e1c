/** First use, in a folder that holds nothing yet, and what helps a newcomer on: the walkthrough, the documentation, settings of a team. */
import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { acceptPath, eventually, find, openFile, pick, problems, runCommand, save, tab } from './act.ts';
import { change, read, untilWatched, write } from './folder.ts';
import { closeWindow, openWindow, screenshot, type Window } from './session.ts';

const WORKSPACE = 'test/editor/workspace';

describe('a folder without a rule set', () => {
  let window: Window;
  let page: Page;
  before(async () => {
    window = await openWindow(WORKSPACE, folder => {
      for (const name of readdirSync(folder)) rmSync(join(folder, name));
      write(folder, 'clinical-rules.json', '{}\n');
    });
    page = window.page;
  });
  after(() => closeWindow(window));

  it('has a view that offers to begin', async () => {
    await page.locator('.pane-header', { hasText: 'Clinical Rules' }).waitFor();
  });

  it('is begun from the first step of the walkthrough', async () => {
    await runCommand(page, 'Clinical Rules: Get Started');
    const step = page.locator('.getting-started-step', { hasText: 'Begin a rule set' });
    await step.waitFor();
    const button = step.locator('.monaco-button', { hasText: 'New Rule Set' });
    if (!(await button.isVisible())) await step.click();
    await screenshot(page, 'walkthrough');
    await button.click();
    await pick(page, 'A score');
    await acceptPath(page, /my-rules\.clinical\.json$/);
    await tab(page, 'my-rules.clinical.json').waitFor();
    assert.ok(Object.keys(JSON.parse(read(window.folder, 'my-rules.clinical.json')).scores).length > 0);
  });

  it('has that view no more', async () => {
    await page.locator('.pane-header', { hasText: 'Clinical Rules' }).waitFor({ state: 'hidden' });
  });
});

describe('a finding', () => {
  let window: Window;
  let page: Page;
  before(async () => {
    window = await openWindow(WORKSPACE, folder =>
      change(folder, 'visits.clinical.json', '"source": { "id": "ward-handbook", "at": "section 4" }', '"note": "Told by the nurses"'),
    );
    page = window.page;
    await openFile(page, 'visits.clinical.json');
  });
  after(() => closeWindow(window));

  it('is taken by the settings of a team, as they are written', async () => {
    await untilWatched(window);
    const row = (await problems(page)).filter({ hasText: 'missing-source' }).first();
    await row.waitFor();
    assert.equal(await row.locator('.codicon-error').count(), 0);
    await runCommand(page, 'Clinical Rules: Open Team Settings');
    await tab(page, 'clinical-rules.json').waitFor();
    await find(page, '"severity": {');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('"missing-source": "error"');
    await save(page);
    await row.locator('.codicon-error').waitFor();
    change(window.folder, 'clinical-rules.json', '"error"', '"off"');
    await row.waitFor({ state: 'detached' });
    rmSync(join(window.folder, 'clinical-rules.json'));
    await row.waitFor();
  });

  it('leads to what the documentation says of it', async () => {
    const row = (await problems(page)).filter({ hasText: 'missing-source' }).first();
    await row.locator('.marker-code').click();
    const heading = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame').locator('#missing-source');
    await heading.waitFor();
    await eventually(async () => {
      const inSight = await heading.evaluate(element => {
        const { top, bottom } = element.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      });
      assert.ok(inSight, 'the page is shown at the heading of the finding');
    });
  });
});
