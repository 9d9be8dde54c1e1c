/** Writing a rule set by keyboard: completion, hover, names across files, fixes, refactorings, formatting, in real VS Code. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { complete, eventually, find, goInto, hover, openFile, rename, runCommand, save, tab, takeAction, typeOver } from './act.ts';
import { read, write } from './folder.ts';
import { closeWindow, openWindow, screenshot, type Window } from './session.ts';

const WORKSPACE = 'test/editor/workspace';
const FILES = ['exercise.clinical.json', 'visits.clinical.json', 'vocabulary.clinical.json', 'bleeding.patient.json', 'fever.patient.json'];

describe('a rule set written by keyboard', () => {
  let window: Window;
  let page: Page;
  before(async () => {
    window = await openWindow(WORKSPACE);
    page = window.page;
    await openFile(page, 'exercise.clinical.json');
  });
  after(() => closeWindow(window));

  it('says what a rule means in one sentence', async () => {
    await goInto(page, '"id": "', 'bleeding-risk');
    const shown = await hover(page, /If very low platelets/);
    const text = ((await shown.textContent()) ?? '').replaceAll(/\s+/g, ' ');
    await screenshot(page, 'hover');
    assert.match(text, /platelets are below 20 ×10⁹\/L.*“May this patient exercise now\?” is “contraindicated”/);
    await page.keyboard.press('Escape');
  });

  it('completes a fact into a whole condition and leaves the cursor at its bound', async () => {
    await find(page, '{ "fact": "fever", "is": false }');
    await page.keyboard.press('Delete');
    await complete(page, 'plat', 'platelets');
    await page.keyboard.type('50');
    await page.keyboard.press('Escape');
    await save(page);
    await eventually(() => assert.deepEqual(rules(window).at(-1)?.when, { fact: 'platelets', atLeast: 50, unit: '10*9/L' }));
  });

  it('goes to what another file declares', async () => {
    await find(page, 'platelets", "at');
    await page.keyboard.press('ArrowLeft');
    await eventually(async () => {
      await page.keyboard.press('F12');
      await tab(page, 'vocabulary.clinical.json').waitFor({ timeout: 3000 });
    });
    await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
    await page.locator('#status\\.editor\\.selection', { hasText: 'Ln 13' }).waitFor();
  });

  it('renames a fact in every file, and back to the same bytes', async () => {
    const before = FILES.map(file => read(window.folder, file));
    await rename(page, 'thrombocytes');
    await eventually(() => {
      for (const file of ['exercise.clinical.json', 'vocabulary.clinical.json', 'bleeding.patient.json', 'fever.patient.json'])
        assert.doesNotMatch(read(window.folder, file), /"platelets"/, file);
    });
    assert.match(read(window.folder, 'exercise.clinical.json'), /"fact": "thrombocytes", "atLeast": 50/);
    await rename(page, 'platelets');
    await eventually(() =>
      assert.deepEqual(
        FILES.map(file => read(window.folder, file)),
        before,
      ),
    );
  });

  it('mends a misspelt name', async () => {
    await openFile(page, 'exercise.clinical.json');
    await typeOver(page, '"threshold": "', 'very', 'vary');
    await page.locator('.squiggly-error').first().waitFor({ state: 'attached' });
    await takeAction(page, 'Change to “very-low-platelets”');
    await page.locator('.squiggly-error').waitFor({ state: 'detached' });
    await save(page);
    await eventually(() => assert.match(read(window.folder, 'exercise.clinical.json'), /"threshold": "very-low-platelets"/));
  });

  it('extracts a comparison into a threshold', async () => {
    await goInto(page, '"atLeast": ', '50');
    await takeAction(page, /^Extract into a threshold/);
    await save(page);
    await eventually(() => {
      const { thresholds } = JSON.parse(read(window.folder, 'exercise.clinical.json'));
      const [id, threshold] = Object.entries<Record<string, unknown>>(thresholds).at(-1)!;
      assert.equal(threshold.atLeast, 50);
      assert.deepEqual(rules(window).at(-1)?.when, { threshold: id });
    });
    assert.equal(await page.locator('.squiggly-error').count(), 0);
  });
});

interface Rule {
  readonly id: string;
  readonly when: unknown;
}

function rules({ folder }: Window): Rule[] {
  return JSON.parse(read(folder, 'exercise.clinical.json')).rules;
}

describe('a rule set, in plain language beside it', () => {
  let window: Window;
  let page: Page;
  before(async () => {
    window = await openWindow(WORKSPACE, folder => {
      mkdirSync(join(folder, '.vscode'));
      write(folder, '.vscode/settings.json', JSON.stringify({ 'editor.formatOnSave': true }));
    });
    page = window.page;
    await openFile(page, 'exercise.clinical.json');
  });
  after(() => closeWindow(window));

  it('is shown beside it', async () => {
    await runCommand(page, 'Clinical Rules: Show in Plain Language');
    await plain(page).getByText('platelets are below 20').first().waitFor();
    await plain(page).getByText('Handbook of the ward').first().waitFor();
  });

  it('follows an edit', async () => {
    await openFile(page, 'exercise.clinical.json');
    await typeOver(page, '"below": ', '20', '30');
    await plain(page).getByText('platelets are below 30').first().waitFor();
    assert.equal(await plain(page).getByText('platelets are below 20').count(), 0);
  });

  it('is laid out on saving, and says the same', async () => {
    const before = read(window.folder, 'exercise.clinical.json');
    await find(page, '"when": { "fact": "fever", "is": true }');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.type('      ');
    await save(page);
    await eventually(() => assert.equal(read(window.folder, 'exercise.clinical.json'), before.replace('"below": 20', '"below": 30')));
  });
});

function plain(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}

describe('a name that nothing declares', () => {
  let window: Window;
  before(async () => {
    window = await openWindow(WORKSPACE);
  });
  after(() => closeWindow(window));

  it('is declared by a fix, in the file where things of its kind are', async () => {
    const { page, folder } = window;
    await openFile(page, 'exercise.clinical.json');
    await typeOver(page, '"fact": "', 'fever", "is": true', 'shivering", "is": true');
    await page.keyboard.press('Escape');
    await page.locator('.squiggly-error').first().waitFor({ state: 'attached' });
    for (const _ of '", "is": true') await page.keyboard.press('ArrowLeft');
    await takeAction(page, 'Declare the fact “shivering”');
    await eventually(() => assert.equal(JSON.parse(read(folder, 'vocabulary.clinical.json')).facts.shivering.type, 'boolean'));
  });
});
