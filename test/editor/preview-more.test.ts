/** What the preview answers beside the outcome, in real VS Code: what if, what would change it, other versions, the editor's own lines, care with data. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { cursorLine, deleteAfter, eventually, find, openFile, pick, pressUntil, preview, runCommand, tab, typeOver } from './act.ts';
import { closeWindow, openWindow, reload, type Window } from './session.ts';

const WORKSPACE = 'test/editor/workspace';
const PREVIEW_BUTTON = '.editor-actions .action-label.codicon-open-preview';
const PLATELETS = 'facts/platelets';

/** With the preview of a patient who may not exercise. */
async function openBleeding(): Promise<Window> {
  const window = await openWindow(WORKSPACE);
  await openPreview(window.page, 'Platelets of 12');
  await answered(window.page, 'contraindicated');
  return window;
}

describe('what if, in the editor', () => {
  let window: Window;
  let page: Page;
  before(async () => {
    window = await openBleeding();
    page = window.page;
  });
  after(() => closeWindow(window));

  it('says what would change the decision', async () => {
    const changes = preview(page).locator('section[aria-labelledby="h-changes"] .flip');
    await changes
      .getByText(/proceed/)
      .first()
      .waitFor();
    await changes
      .getByText(/[Pp]latelets/)
      .first()
      .waitFor();
  });

  it('changes the decision by keyboard alone', async () => {
    await focusPreview(page);
    await tabTo(page, PLATELETS);
    await type(page, '150');
    await answered(page, 'proceed');
    await row(page).locator('.was', { hasText: 'was 12' }).waitFor();
  });

  it('keeps what is tried out over a reload', async () => {
    await reload(page);
    await answered(page, 'proceed');
    assert.equal(await control(page, PLATELETS).inputValue(), '150');
    await row(page).locator('.was', { hasText: 'was 12' }).waitFor();
  });

  it('keeps the last outcome of what is tried out while a file is broken', async () => {
    await toTheFile(page);
    await deleteAfter(page, '"id": "bleeding-risk"');
    await preview(page).locator('.trouble', { hasText: 'Last outcome' }).waitFor();
    await answered(page, 'proceed');
    await page.keyboard.type(',');
    await preview(page).locator('.trouble').waitFor({ state: 'detached' });
    assert.equal(await control(page, PLATELETS).inputValue(), '150');
  });

  it('saves it as a new patient, which is shown from then on', async () => {
    await control(page, 'what-if Save as new patient…').click();
    await saveAs(page, join(window.folder, 'calm.patient.json'));
    await tab(page, 'calm.patient.json').waitFor();
    await preview(page).locator('[data-key="head-patient"]', { hasText: 'calm.patient.json' }).waitFor();
    await answered(page, 'proceed');
    const written = JSON.parse(readFileSync(join(window.folder, 'calm.patient.json'), 'utf8'));
    assert.equal(written.extends, 'bleeding.patient.json');
    assert.equal(await row(page).locator('.was').textContent(), '');
  });

  it('takes a change back', async () => {
    await control(page, PLATELETS).fill('3');
    await answered(page, 'contraindicated');
    await control(page, `reset-${PLATELETS}`).click();
    await answered(page, 'proceed');
    assert.equal(await control(page, PLATELETS).inputValue(), '150');
  });

  it('writes the outcome for a review', async () => {
    await control(page, 'report').click();
    await saveAs(page, join(window.folder, 'review.md'));
    await tab(page, 'review.md').waitFor();
    const text = readFileSync(join(window.folder, 'review.md'), 'utf8');
    assert.match(text, /Proceed/);
    assert.match(text, /exercise 1\.0\.0/);
    assert.match(text, /Handbook of the ward/);
  });
});

describe('the preview and the lines of the file', () => {
  let window: Window;
  let page: Page;
  before(async () => {
    window = await openBleeding();
    page = window.page;
  });
  after(() => closeWindow(window));

  it('marks the rule in which the cursor stands', async () => {
    for (const rule of ['lighter-with-fever', 'bleeding-risk']) {
      await find(page, `"id": "${rule}"`);
      await preview(page).locator(`li[data-rule="${rule}"][aria-current="true"]`).waitFor();
      assert.equal(await preview(page).locator('.rules [aria-current="true"]').count(), 1);
    }
  });

  it('goes to the line of a rule that is clicked', async () => {
    await preview(page).locator('li[data-rule="lighter-with-fever"] > button.jump').click();
    const lines = readFileSync(join(window.folder, 'exercise.clinical.json'), 'utf8').split('\n');
    const brace = lines.findIndex(line => line.includes('"id": "lighter-with-fever"'));
    await eventually(async () => assert.equal(await cursorLine(page), brace));
  });

  it('shows the outcome beside the text, until a command turns it off', async () => {
    const toggle = () => runCommand(page, 'Clinical Rules: Show or Hide the Outcome in the Editor');
    await eventually(async () => assert.match(await besideLines(page), /fired/));
    await toggle();
    await eventually(async () => assert.equal(await besideLines(page), ''));
    await toggle();
    await eventually(async () => assert.match(await besideLines(page), /fired/));
  });
});

describe('other versions of a rule set in the preview', () => {
  let window: Window;
  let page: Page;
  if (spawnSync('git', ['--version']).status !== 0) {
    console.log('SKIPPED: there is no git, so nothing is compared with other versions.');
    // Without a function it counts as skipped.
    it('marks what differs');
    return;
  }
  before(async () => {
    window = await openWindow(WORKSPACE, commit);
    page = window.page;
    await openPreview(page, 'A fever, platelets of 180');
    await answered(page, 'modify');
    await control(page, 'compare-open').click();
    await preview(page).locator('table.cmp tbody tr').nth(1).waitFor();
  });
  after(() => closeWindow(window));

  it('marks what differs from the files as saved', async () => {
    await toTheFile(page);
    await typeOver(page, '"below": ', '20', '200');
    await answered(page, 'contraindicated');
    await control(page, 'compare-version').selectOption('saved');
    await differing(page, 'A fever').filter({ hasText: 'was modify' }).waitFor();
    assert.equal(await differing(page, 'Platelets of 12').count(), 0);
  });

  it('marks what differs from HEAD', async () => {
    // The editor finds the repository some time after its window is open.
    await eventually(async () => {
      await control(page, 'compare-version').selectOption('nothing');
      await control(page, 'compare-version').selectOption('head');
      await preview(page).getByText('differs from HEAD').waitFor({ timeout: 3000 });
    });
    await differing(page, 'A fever').filter({ hasText: 'was modify' }).waitFor();
  });

  it('sets the patient shown side by side under both', async () => {
    const sides = preview(page).locator('table.sides');
    await sides.locator('thead', { hasText: 'HEAD' }).waitFor();
    const row = (text: string) => sides.locator('tbody tr', { hasText: text }).locator('td');
    await eventually(async () => assert.deepEqual(await row('May this patient').allTextContents(), ['contraindicated', 'modify']));
    assert.deepEqual(await row('No exercise with very low platelets').allTextContents(), ['fired', 'ruled out']);
  });
});

describe('a patient’s file that tells who the patient is', () => {
  let window: Window;
  let page: Page;
  before(async () => {
    window = await openWindow(WORKSPACE, folder => {
      const text = readFileSync(join(folder, 'bleeding.patient.json'), 'utf8');
      writeFileSync(join(folder, 'named.patient.json'), text.replace('Platelets of 12', 'Mrs Example with platelets of 12'));
    });
    page = window.page;
    await openPreview(page, 'Mrs Example');
    await answered(page, 'contraindicated');
  });
  after(() => closeWindow(window));

  it('is told above the outcome', () => preview(page).locator('.cautions', { hasText: 'looks like a name' }).waitFor());

  it('is asked about before it is written elsewhere', async () => {
    await control(page, 'report').click();
    const dialog = page.locator('.monaco-dialog-box', { hasText: 'looks like name' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.equal(existsSync(join(window.folder, 'named.md')), false);
  });

  it('is taken out, the dates moved', async () => {
    await control(page, 'remove-identifiers').click();
    await preview(page).locator('.cautions', { hasText: 'looks like' }).waitFor({ state: 'detached' });
    await preview(page).locator('h1', { hasText: 'removed with platelets of 12' }).waitFor();
    await answered(page, 'contraindicated');
    assert.doesNotMatch((await preview(page).locator('.run').textContent()) ?? '', /22 Nov 2026/);
  });
});

async function openPreview(page: Page, patient: string): Promise<void> {
  await openFile(page, 'exercise.clinical.json');
  await page.locator(PREVIEW_BUTTON).first().click();
  await pick(page, patient);
}

async function answered(page: Page, answer: string): Promise<void> {
  const said = preview(page).locator('[data-decision="clearance"] .a', { hasText: new RegExp(answer, 'i') });
  await said.waitFor();
}

function control(page: Page, key: string): Locator {
  return preview(page).locator(`[data-key="${key}"]`);
}

function row(page: Page): Locator {
  return preview(page).locator(`.fact[data-path="${PLATELETS}"]`);
}

/** Back to the file at the left: what is opened while the preview has the focus would cover it. */
async function toTheFile(page: Page): Promise<void> {
  await page.keyboard.press('Control+1');
  await tab(page, 'exercise.clinical.json').waitFor();
  await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
}

async function focusPreview(page: Page): Promise<void> {
  await page.keyboard.press('Control+2');
  const body = preview(page).locator('body');
  await eventually(async () => assert.equal(await body.evaluate(element => element.ownerDocument.hasFocus()), true));
}

async function tabTo(page: Page, key: string): Promise<void> {
  const target = control(page, key);
  await pressUntil(page, 'Tab', () => target.evaluate(element => element.ownerDocument.activeElement === element));
}

async function type(page: Page, text: string): Promise<void> {
  // Select All goes through the editor's commands, and may come after the first key.
  await page.keyboard.press('End');
  for (let press = 0; press < 4; press++) await page.keyboard.press('Backspace');
  await page.keyboard.type(text, { delay: 15 });
}

/** In the dialog that asks for a path. */
async function saveAs(page: Page, path: string): Promise<void> {
  const input = page.locator('.quick-input-widget input[type="text"], .quick-input-widget input').first();
  await input.waitFor();
  // The dialog proposes a name once it has looked into the folder, and would write it over ours.
  await eventually(async () => assert.match(await input.inputValue(), /\.(patient\.json|md)$/));
  await input.fill(path);
  await eventually(async () => assert.equal(await input.inputValue(), path));
  await page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
}

/** What stands after the lines of the file in front, which is drawn as content of the style. */
function besideLines(page: Page): Promise<string> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.view-lines span')]
      .map(span => getComputedStyle(span, '::after').content)
      .filter(content => /[●○◌←]/.test(content))
      .join('\n'),
  );
}

function differing(page: Page, patient: string): Locator {
  return preview(page).locator('table.cmp tbody tr', { hasText: patient }).locator('.diff');
}

/** Makes a repository of the folder, its files as they are at HEAD, and has the editor's Git look at it. */
function commit(folder: string): void {
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=Tests', '-c', 'user.email=tests@localhost', ...words], { cwd: folder });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'As it was');
  mkdirSync(join(folder, '.vscode'));
  writeFileSync(join(folder, '.vscode', 'settings.json'), '{ "git.enabled": true, "files.autoSave": "off" }');
}
