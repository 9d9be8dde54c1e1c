/** Diagnostics as a user meets them: squiggles and the Problems view, in real VS Code. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { deleteAfter, eventually, openFile, problems, runCommand, save, typeOver } from './act.ts';
import { change, read, untilWatched, write } from './folder.ts';
import { closeWindow, openWindow, type Window } from './session.ts';

const WORKSPACE = 'test/editor/workspace';

describe('a broken rule set', () => {
  let window: Window;
  before(async () => {
    window = await openWindow(WORKSPACE, folder =>
      change(folder, 'exercise.clinical.json', '"threshold": "very-low', '"threshold": "vary-low'),
    );
    await openFile(window.page, 'exercise.clinical.json');
  });
  after(() => closeWindow(window));

  it('shows a squiggle and the problem', async () => {
    await window.page.locator('.squiggly-error').first().waitFor({ state: 'attached' });
    const rows = await problems(window.page);
    await rows
      .filter({ hasText: /vary-low-platelets/ })
      .first()
      .waitFor();
  });

  it('is clear again once the text is mended', async () => {
    await openFile(window.page, 'exercise.clinical.json');
    await typeOver(window.page, '', 'vary-low', 'very-low');
    await window.page.locator('.squiggly-error').waitFor({ state: 'detached' });
    const rows = await problems(window.page);
    await eventually(async () => assert.equal(await rows.filter({ hasText: /vary-low-platelets/ }).count(), 0));
  });

  it('says where text stops being JSON', async () => {
    await openFile(window.page, 'exercise.clinical.json');
    await deleteAfter(window.page, '"id": "bleeding-risk"');
    await window.page.locator('.squiggly-error').first().waitFor({ state: 'attached' });
    await window.page.keyboard.type(',');
    await window.page.locator('.squiggly-error').waitFor({ state: 'detached' });
  });
});

describe('a name that a file and its vocabulary disagree on', () => {
  let window: Window;
  before(async () => {
    window = await openWindow(WORKSPACE, folder => change(folder, 'vocabulary.clinical.json', '"fever": {', '"favor": {'));
    await openFile(window.page, 'vocabulary.clinical.json');
  });
  after(() => closeWindow(window));

  it('is a problem of every file that uses it, none of them open', async () => {
    const rows = await problems(window.page);
    for (const file of ['exercise.clinical.json', 'visits.clinical.json']) await rows.filter({ hasText: file }).first().waitFor();
  });

  it('is gone from all of them once the vocabulary is mended', async () => {
    await openFile(window.page, 'vocabulary.clinical.json');
    await typeOver(window.page, '', 'favor', 'fever');
    const rows = await problems(window.page);
    await eventually(async () => assert.equal(await rows.filter({ hasText: 'visits.clinical.json' }).count(), 0));
    await eventually(async () => assert.equal(await rows.filter({ hasText: 'exercise.clinical.json' }).count(), 0));
    await save(window.page);
  });

  it('stays gone after the server is started again', async () => {
    await runCommand(window.page, 'Clinical Rules: Restart Server');
    await openFile(window.page, 'exercise.clinical.json');
    await typeOver(window.page, 'section ', '3', '33');
    const rows = await problems(window.page);
    await eventually(async () => assert.equal(await rows.count(), 0));
  });
});

describe('files that other programs change', () => {
  let window: Window;
  before(async () => {
    window = await openWindow(WORKSPACE);
    await openFile(window.page, 'vocabulary.clinical.json');
    await untilWatched(window);
  });
  after(() => closeWindow(window));

  it('are checked anew, open or not', async () => {
    const rows = await problems(window.page);
    change(window.folder, 'visits.clinical.json', '"fact": "fever", "is": true', '"fact": "fewer", "is": true');
    await rows.filter({ hasText: /fewer/ }).first().waitFor();
    change(window.folder, 'visits.clinical.json', '"fact": "fewer", "is": true', '"fact": "fever", "is": true');
    await eventually(async () => assert.equal(await rows.count(), 0));
  });

  it('are missed when they are gone, and found when they are back', async () => {
    const rows = await problems(window.page);
    const path = join(window.folder, 'vocabulary.clinical.json');
    const text = read(window.folder, 'vocabulary.clinical.json');
    await runCommand(window.page, 'View: Close All Editors');
    rmSync(path);
    await rows
      .filter({ hasText: /There is no file .vocabulary\.clinical\.json/ })
      .first()
      .waitFor();
    write(window.folder, 'vocabulary.clinical.json', text);
    await eventually(async () => assert.equal(await rows.count(), 0));
  });
});
