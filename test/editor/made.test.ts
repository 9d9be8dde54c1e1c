/** Made cases as a user meets them, in real VS Code: the command, the file it makes, what is to be confirmed, and how that is done. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { acceptPath, eventually, find, openFile, problems, runCommand, save, tab, takeAction } from './act.ts';
import { closeWindow, openWindow, screenshot, type Window } from './session.ts';

interface Made {
  readonly cases: { readonly rows: readonly Readonly<Record<string, unknown>>[] };
}

describe('made cases', () => {
  let window: Window;
  let page: Page;
  before(async () => {
    window = await openWindow('test/editor/workspace');
    page = window.page;
  });
  after(() => closeWindow(window));

  const rows = () => (JSON.parse(readFileSync(join(window.folder, 'made.patient.json'), 'utf8')) as Made).cases.rows;
  const unconfirmed = async () => (await problems(page)).filter({ hasText: 'is only what it answers now' });

  const toNextFinding = async () => {
    await page.keyboard.press('F8');
    await page.keyboard.press('Escape');
  };
  const expand = async (label: string) => {
    const row = page
      .locator('.test-explorer .monaco-list-row')
      .filter({ has: page.getByText(label, { exact: true }) })
      .first();
    await eventually(async () => {
      if ((await row.getAttribute('aria-expanded')) !== 'true') await row.locator('.monaco-tl-twistie').click({ timeout: 3000 });
      assert.equal(await row.getAttribute('aria-expanded'), 'true');
    });
  };

  it('are made by a command, into a file of their own', async () => {
    await openFile(page, 'exercise.clinical.json');
    await runCommand(page, 'Clinical Rules: Add Missing Cases');
    await acceptPath(page, /made\.patient\.json$/);
    await tab(page, 'made.patient.json').waitFor();
    await page.locator('.notification-toast', { hasText: 'confirm or correct each' }).waitFor();
    assert.ok(rows().length > 2);
    assert.ok(rows().every(row => row['expected.proposed'] === true));
    await screenshot(page, 'made-cases');
  });

  it('are findings, and stand in the Testing view as not confirmed yet', async () => {
    const made = rows().length;
    const found = await unconfirmed();
    await found.nth(made - 1).waitFor();
    assert.equal(await found.count(), made);
    await runCommand(page, 'Testing: Focus on Test Explorer View');
    await expand('May the patient exercise');
    await expand('Made cases of May the patient exercise');
    await page.locator('.test-explorer .monaco-list-row', { hasText: 'not confirmed yet' }).first().waitFor();
  });

  it('are confirmed by a quick fix, one by one and all of the file', async () => {
    const made = rows().length;
    await openFile(page, 'made.patient.json');
    await find(page, `"case": ${JSON.stringify(rows()[1]!.case)}`);
    await toNextFinding();
    await takeAction(page, 'Confirm this expectation');
    await save(page);
    await eventually(() => assert.equal(rows().filter(row => row['expected.proposed']).length, made - 1));
    await toNextFinding();
    await takeAction(page, `Confirm all ${made - 1} expectations in this file`);
    await save(page);
    await eventually(() => assert.ok(rows().every(row => !('expected.proposed' in row))));
    await (await unconfirmed()).first().waitFor({ state: 'detached' });
  }).timeout(180_000);

  it('are not made again where nothing is lacking', async () => {
    await openFile(page, 'exercise.clinical.json');
    await runCommand(page, 'Clinical Rules: Add Missing Cases');
    await page.locator('.notification-toast', { hasText: 'lack nothing' }).waitFor();
  });
});
