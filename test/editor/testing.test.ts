/** The Testing view as a user meets it, in real VS Code: the tree, a run, what differs, coverage beside the lines, continuous run, mutants. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { chooseTheme, cursorLine, eventually, find, openFile, preview, runCommand, save, tab, takeAction, typeOver } from './act.ts';
import { closeWindow, openWindow, screenshot, type Window } from './session.ts';

/** Its own expectation is met, of the rows of its table one is not. */
const EDGE = `{
  "$schema": "../../../schemas/patient.schema.json",
  "id": "edge",
  "title": "Around the threshold",
  "asOf": "2026-11-22T12:00:00Z",
  "for": ["exercise.clinical.json"],
  "facts": { "fever": false, "platelets": { "value": 12, "unit": "10*9/L" } },
  "cases": {
    "ruleSet": "exercise",
    "columns": ["case", "platelets in 10*9/L", "expected.decisions.clearance"],
    "rows": [
      ["just below", 19, "contraindicated"],
      ["at the threshold", 20, "modify"]
    ]
  },
  "expected": [{ "ruleSet": "exercise", "decisions": { "clearance": "contraindicated" }, "fired": ["bleeding-risk"] }]
}
`;

describe('the Testing view', () => {
  let window: Window;
  let page: Page;
  before(async () => {
    window = await openWindow('test/editor/workspace', folder => writeFileSync(join(folder, 'edge.patient.json'), EDGE));
    page = window.page;
    await openFile(page, 'edge.patient.json');
    await runCommand(page, 'Testing: Focus on Test Explorer View');
  });
  after(() => closeWindow(window));

  it('has the cases below their rule set and patient, and follows what is typed', async () => {
    await expand(page, 'May the patient exercise');
    await expand(page, 'Around the threshold');
    for (const label of ['just below', 'at the threshold', 'The patient itself']) await row(page, label).waitFor();
    await openFile(page, 'edge.patient.json');
    await typeOver(page, '["', 'just below', 'right below');
    await row(page, 'right below').waitFor();
    await row(page, 'just below').waitFor({ state: 'detached' });
    await typeOver(page, '["', 'right below', 'just below');
    await row(page, 'just below').waitFor();
  });

  it('runs them all, and says which fail', async () => {
    await runCommand(page, 'Test: Run All Tests');
    await outcome(page, 'at the threshold', 'failed');
    await outcome(page, 'just below', 'passed');
    await outcome(page, 'The patient itself', 'passed');
  });

  it('shows what was expected beside what came out, at the line', async () => {
    await openFile(page, 'edge.patient.json');
    await page.getByText(/proceed.!=.modify/).click();
    const peek = page.locator('.test-output-peek-message-container .monaco-diff-editor');
    await peek.locator('.original .view-line', { hasText: /^modify$/ }).waitFor();
    await peek.locator('.modified .view-line', { hasText: /^proceed$/ }).waitFor();
    await eventually(async () => assert.equal(await cursorLine(page), lineOf('at the threshold')));
    await screenshot(page, 'testing-difference');
    await page.keyboard.press('Escape');
  });

  it('opens a failing case in the preview, also a row of a table', async () => {
    await row(page, 'at the threshold').hover();
    await row(page, 'at the threshold').locator('.codicon-open-preview').click();
    await preview(page)
      .locator('[data-decision="clearance"] .a', { hasText: /proceed/i })
      .waitFor();
  });

  it('shows coverage beside the lines, with who would show what no case does', async () => {
    await runCommand(page, 'Test: Run All Tests with Coverage');
    await openFile(page, 'exercise.clinical.json');
    await page.locator('.line-numbers.coverage-deco-hit', { hasText: /^9$/ }).waitFor();
    await page.locator('.line-numbers.coverage-deco-miss', { hasText: /^12$/ }).waitFor();
    await runCommand(page, 'Test: Toggle Inline Coverage');
    await eventually(async () => {
      await page.mouse.move(0, 0);
      await page.locator('.coverage-deco-branch-miss-indicator').first().hover();
      await page.locator('.monaco-hover:visible', { hasText: 'shown by a patient with' }).waitFor({ timeout: 3000 });
    });
    await screenshot(page, 'testing-coverage');
    await runCommand(page, 'Test: Toggle Inline Coverage');
    await page.locator('.coverage-deco-branch-miss-indicator').first().waitFor({ state: 'detached' });
  });

  it('runs by itself what a saved change concerns, once it is asked to', async () => {
    await runCommand(page, 'Test: Start Continuous Run');
    const profile = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Run' }).first();
    await profile.locator('.monaco-checkbox, input[type="checkbox"]').first().click();
    await page.locator('.quick-input-widget').getByText('OK', { exact: true }).click();
    await openFile(page, 'edge.patient.json');
    await typeOver(page, '20, "', 'modify', 'proceed');
    await save(page);
    await outcome(page, 'at the threshold', 'passed');
    await openFile(page, 'exercise.clinical.json');
    await typeOver(page, '"below": ', '20', '19');
    await save(page);
    await outcome(page, 'just below', 'failed');
    await typeOver(page, '"below": ', '19', '20');
    await save(page);
    await outcome(page, 'just below', 'passed');
    await runCommand(page, 'Test: Stop Continuous Run');
  }).timeout(180_000);

  it('shows where a rule set could change and no case would notice, until it is edited', async () => {
    await openFile(page, 'exercise.clinical.json');
    await runCommand(page, 'Clinical Rules: Find Mutants No Case Notices');
    await page
      .locator('.notification-toast', { hasText: '12 of 16 mutants noticed by 3 cases; 1 more' })
      .getByText('Show Problems')
      .click();
    const mutants = page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'No sample patient notices' });
    await mutants
      .filter({ hasText: /lighter-with-fever.*disabled/ })
      .first()
      .waitFor();
    await screenshot(page, 'testing-mutants');
    await openFile(page, 'exercise.clinical.json');
    await find(page, '"id": "lighter-with-fever"');
    await takeAction(page, 'Add this patient as a case');
    await tab(page, 'notices-lighter-with-fever.patient.json').waitFor();
    await page.locator('.monaco-editor', { hasText: 'proposed' }).first().waitFor();
    await openFile(page, 'exercise.clinical.json');
    await typeOver(page, 'section ', '3', '33');
    await mutants.first().waitFor({ state: 'detached' });
  });

  it('can be read in a light theme', async () => {
    await chooseTheme(page, 'Light Modern');
    await page.locator('.monaco-workbench.vs').waitFor();
    await runCommand(page, 'Test: Run All Tests with Coverage');
    await page.locator('.line-numbers.coverage-deco-hit').first().waitFor();
    await screenshot(page, 'testing-light');
    await chooseTheme(page, 'Dark Modern');
  });
});

/** From 1, as the editor counts. */
function lineOf(text: string): number {
  return EDGE.split('\n').findIndex(line => line.includes(text)) + 1;
}

function row(page: Page, label: string): Locator {
  return page
    .locator('.test-explorer .monaco-list-row')
    .filter({ has: page.getByText(label, { exact: true }) })
    .first();
}

async function expand(page: Page, label: string): Promise<void> {
  const one = row(page, label);
  await one.waitFor();
  await eventually(async () => {
    if ((await one.getAttribute('aria-expanded')) !== 'true') await one.locator('.monaco-tl-twistie').click({ timeout: 3000 });
    assert.equal(await one.getAttribute('aria-expanded'), 'true');
  });
}

async function outcome(page: Page, label: string, state: 'passed' | 'failed'): Promise<void> {
  await row(page, label).locator(`.codicon-testing-${state}-icon`).waitFor();
}
