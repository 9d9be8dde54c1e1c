/** What the analysis finds, as a user meets it: told with both places, seen on its patient, settled by keyboard, and proved at last. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { cursorLine, eventually, fillIn, find, goInto, openFile, preview, problems, save, takeAction, typeOver } from './act.ts';
import { change, read } from './folder.ts';
import { closeWindow, openWindow, screenshot, type Window } from './session.ts';

const WORKSPACE = 'test/editor/workspace';
const FILE = 'exercise.clinical.json';

describe('a conflict and a gap', () => {
  let window: Window;
  let page: Page;
  before(async () => {
    window = await openWindow(WORKSPACE, breakUp);
    page = window.page;
    await openFile(page, FILE);
  });
  after(() => closeWindow(window));

  it('are problems, the conflict with the place of the other rule', async () => {
    const rows = await problems(page);
    await rows
      .filter({ hasText: /No rule answers/ })
      .first()
      .waitFor();
    await rows
      .filter({ hasText: /They hold together for patients with/ })
      .first()
      .waitFor();
    await rows
      .filter({ hasText: /\(bleeding-risk\) decides contraindicated/ })
      .last()
      .click();
    await eventually(async () => assert.equal(await cursorLine(page), lineOf(window, '"id": "bleeding-risk"')));
  });

  it('show their patient in the preview', async () => {
    await openFile(page, FILE);
    await goInto(page, '"id": "', 'lighter-with-fever');
    await takeAction(page, 'Preview this patient');
    await preview(page).locator('[data-decision="clearance"]', { hasText: 'Conflict' }).waitFor();
    await screenshot(page, 'conflict');
    assert.deepEqual(patients(window), ['bleeding', 'fever'], 'looking writes no file');
  });

  it('keep their patient as a sample', async () => {
    await openFile(page, FILE);
    await goInto(page, '"', 'clearance": {');
    await takeAction(page, 'Save as sample patient');
    await eventually(() => {
      const [name = ''] = patients(window).filter(each => each.startsWith('missing-rule'));
      const { for: ruleSets, facts } = JSON.parse(read(window.folder, `${name}.patient.json`));
      assert.deepEqual(ruleSets, [FILE]);
      assert.equal(facts.fever, false);
    });
    const rows = await problems(page);
    assert.equal(await rows.filter({ hasText: 'missing-rule-clearance' }).count(), 0, 'the patient has no mistakes');
  });

  it('are settled by an override, whose reason is written at once', async () => {
    await openFile(page, FILE);
    await goInto(page, '"id": "', 'lighter-with-fever');
    await takeAction(page, 'Let “bleeding-risk” override “lighter-with-fever”');
    await fillIn(page, 'reason', 'Bleeding is the greater harm');
    const rows = await problems(page);
    await eventually(async () => assert.equal(await rows.filter({ hasText: 'They hold together' }).count(), 0));
    await rows
      .filter({ hasText: /No rule answers/ })
      .first()
      .waitFor();
  });

  it('are settled by a rule for the gap', async () => {
    await goInto(page, '"', 'clearance": {');
    await takeAction(page, 'Add a rule for this gap');
    await fillIn(page, 'title', 'Low platelets');
    const rows = await problems(page);
    await eventually(async () => assert.equal(await rows.count(), 0));
    await save(page);
    await eventually(() => {
      const { rules } = JSON.parse(read(window.folder, FILE));
      assert.equal(rules.length, 4);
      assert.deepEqual(rules[3].then, [{ decide: 'clearance', as: 'contraindicated' }]);
    });
  });

  it('are waived with a reason, a name and a date, and then no problem', async () => {
    await typeOver(page, '"atLeast": ', '20', '30');
    await goInto(page, '"', 'clearance": {');
    await takeAction(page, 'Waive with a reason, a name and a date');
    await fillIn(page, 'reason', 'Until the ward has agreed');
    await find(page, '"by": "');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('The board');
    const rows = await problems(page);
    await eventually(async () => assert.equal(await rows.locator('.codicon-error, .codicon-warning').count(), 0));
    await save(page);
    await eventually(() => {
      const [waiver] = JSON.parse(read(window.folder, FILE)).waivers;
      assert.match(waiver.until, /^\d{4}-\d{2}-\d{2}$/);
      assert.equal(waiver.reason, 'Until the ward has agreed');
    });
  });
});

describe('a rule set that is right', () => {
  let window: Window;
  let page: Page;
  before(async () => {
    window = await openWindow(WORKSPACE, folder => {
      change(folder, FILE, '"status": "active"', '"status": "active",\n  "complete": true');
      change(folder, FILE, '"resolve": "strictest"', '"resolve": "strictest",\n      "mustDecide": true');
    });
    page = window.page;
    await openFile(page, FILE);
  });
  after(() => closeWindow(window));

  it('says at its decision that it is proved', async () => {
    await lens(page).filter({ hasText: 'Proved: no patient in scope is left without an answer' }).first().waitFor();
  });

  it('says so in the status bar, and lists what', async () => {
    const status = page.locator('.hover-language-status', { hasText: /\d proved, 0 not proved/ });
    await eventually(async () => {
      await page.mouse.move(10, 10);
      await page.locator('#status\\.languageStatus').hover();
      await status.waitFor({ timeout: 3000 });
    });
    await status.getByText('Show What Is Proved').click();
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'No two of 3 rules conflict' }).first().waitFor();
    await screenshot(page, 'proved');
    await page.keyboard.press('Escape');
  });

  it('no longer says so once an edit leaves somebody without an answer', async () => {
    await openFile(page, FILE);
    await typeOver(page, '"fact": "fever", "is": ', 'false', 'true');
    await page.keyboard.press('Escape');
    await find(page, '"clearance": {');
    await lens(page).filter({ hasText: '1 patient found without an answer' }).first().waitFor();
    assert.equal(await lens(page).filter({ hasText: 'Proved' }).count(), 0);
  });
});

/** Two rules that decide differently of the same patients, and patients of whom none decides. */
function breakUp(folder: string): void {
  change(folder, FILE, '"status": "active"', '"status": "active",\n  "complete": true');
  change(folder, FILE, '"resolve": "strictest"', '"resolve": "single",\n      "mustDecide": true');
  const well = '{ "all": [{ "fact": "fever", "is": false }, { "fact": "platelets", "atLeast": 50, "unit": "10*9/L" }] }';
  change(folder, FILE, '{ "fact": "fever", "is": false }', well);
}

function lens(page: Page): Locator {
  return page.locator('.codelens-decoration');
}

function patients({ folder }: Window): string[] {
  return readdirSync(folder).flatMap(name => (name.endsWith('.patient.json') ? [name.slice(0, -'.patient.json'.length)] : []));
}

function lineOf({ folder }: Window, text: string): number {
  return read(folder, FILE).split(text)[0]!.split('\n').length;
}
