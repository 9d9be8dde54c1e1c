/** Real patients' formats in real VS Code: a FHIR bundle and a table are imported, reported on and shown. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { bundle, observation, patient, quantity, SECRETS } from '../fhir/bundles.ts';
import { eventually, openFile, preview, runCommand } from './act.ts';
import { closeWindow, openWindow, type Window } from './session.ts';

const PLATELETS = '777-3';
const TABLE = `asOf,platelets [10*9/L],fever
2026-11-22,12,false
2026-11-22,180,true
`;

describe('an import in the editor', () => {
  let window: Window;
  let page: Page;
  before(async () => {
    window = await openWindow('test/editor/workspace', folder => {
      const file = join(folder, 'vocabulary.clinical.json');
      const code = `"title": "Platelets", "code": { "system": "loinc", "code": "${PLATELETS}" }`;
      writeFileSync(file, readFileSync(file, 'utf8').replace('"title": "Platelets"', code));
      writeFileSync(join(folder, 'ward.json'), bundle([patient(), observation(PLATELETS, '2026-11-20', quantity(12_000, '/mm3'))]));
      writeFileSync(join(folder, 'ward.csv'), TABLE);
      for (const name of ['bundles', 'tables']) mkdirSync(join(folder, name));
    });
    page = window.page;
  });
  after(() => closeWindow(window));

  it('makes a patient of a FHIR bundle, says what was taken over, and shows it', async () => {
    await importFile(page, join(window.folder, 'ward.json'), join(window.folder, 'bundles'));
    await preview(page).locator('h1', { hasText: 'Imported from a FHIR bundle' }).waitFor();
    await answered(page, /contraindicated/i);
    await said(page, /Taken\s+over/);
    const [name = ''] = written(window, 'bundles');
    const text = readFileSync(join(window.folder, 'bundles', name), 'utf8');
    assert.deepEqual(JSON.parse(text).facts, { platelets: { value: 12, unit: '10*9/L' } });
    for (const secret of SECRETS) assert.ok(!text.includes(secret), secret);
  });

  it('makes a patient of each row of a table', async () => {
    await importFile(page, join(window.folder, 'ward.csv'), join(window.folder, 'tables'));
    await preview(page).locator('h1', { hasText: 'Imported from a table: row 1' }).waitFor();
    await said(page, /2\s+patients/);
    assert.equal(written(window, 'tables').length, 2);
  });

  it('writes over nothing', async () => {
    const text = () => written(window, 'bundles').map(name => readFileSync(join(window.folder, 'bundles', name), 'utf8'));
    const before = text();
    await importFile(page, join(window.folder, 'ward.csv'), join(window.folder, 'bundles'));
    await page.locator('.notification-toast', { hasText: 'is there already' }).waitFor();
    assert.deepEqual(text(), before);
  });
});

/** The names of the sample patients that an import has written. */
function written({ folder }: Window, inside: string): string[] {
  return readdirSync(join(folder, inside)).filter(name => name.endsWith('.patient.json'));
}

/** For the rule set in front. */
async function importFile(page: Page, file: string, folder: string): Promise<void> {
  await openFile(page, 'exercise.clinical.json');
  await runCommand(page, 'Clinical Rules: Import Patients (FHIR Bundle or CSV)');
  await choosePath(page, 'FHIR bundle or CSV file', file);
  await choosePath(page, 'folder for the patients', folder);
}

/** In the dialog of that title, which asks for a path. */
async function choosePath(page: Page, title: string, path: string): Promise<void> {
  const dialog = page.locator('.quick-input-title', { hasText: title });
  await dialog.waitFor();
  const input = page.locator('.quick-input-widget input[type="text"], .quick-input-widget input').first();
  // It says where it starts once it has looked there, looks ours up in its own time, and takes no key until it has.
  await eventually(async () => assert.notEqual(await input.inputValue(), ''));
  await eventually(async () => {
    if (await dialog.isVisible()) {
      // Meanwhile it may write into the field itself: ours must stand there for a while.
      if ((await input.inputValue()) !== path) await input.fill(path);
      await page.waitForTimeout(500);
      assert.equal(await input.inputValue(), path);
      await input.press('Enter');
    }
    await dialog.waitFor({ state: 'hidden', timeout: 2000 });
  });
}

function answered(page: Page, answer: RegExp): Promise<void> {
  return preview(page).locator('[data-decision="clearance"] .a', { hasText: answer }).waitFor();
}

/** In the report, which is opened beside the preview. */
async function said(page: Page, words: RegExp): Promise<void> {
  await page.locator('.editor-group-container .view-lines', { hasText: words }).first().waitFor();
}
