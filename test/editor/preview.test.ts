/** The preview as a user meets it, in real VS Code: opened, followed, jumped from, kept, used by keyboard and in every theme. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import {
  chooseTheme,
  cursorLine,
  deleteAfter,
  eventually,
  find,
  openFile,
  pick,
  pressUntil,
  preview,
  runCommand,
  save,
  tab,
  typeOver,
} from './act.ts';
import { closeWindow, openWindow, reload, screenshot, type Window } from './session.ts';

const WORKSPACE = 'test/editor/workspace';
const PREVIEW_BUTTON = '.editor-actions .action-label.codicon-open-preview';

describe('the preview', () => {
  let window: Window;
  let page: Page;
  const outside: string[] = [];
  const refused: string[] = [];
  before(async () => {
    window = await openWindow(WORKSPACE);
    page = window.page;
    page.on('request', request => outside.push(...foreign(request.url())));
    page.on('console', message => refused.push(...(/Content Security Policy/.test(message.text()) ? [message.text()] : [])));
    await openFile(page, 'exercise.clinical.json');
  });
  after(() => closeWindow(window));

  it('opens from the button, on the patient that is picked, and shows the decision', async () => {
    await page.locator(PREVIEW_BUTTON).first().click();
    await pick(page, 'Platelets of 12');
    await answered(page, 'contraindicated');
    assert.match((await decision(page).textContent()) ?? '', /May this patient exercise now\?/);
  });

  it('follows an edit of the patient', async () => {
    await openFile(page, 'bleeding.patient.json');
    await typeOver(page, '"value": ', '12', '120');
    await answered(page, 'proceed');
  });

  it('follows an edit of the rule set', async () => {
    await openFile(page, 'exercise.clinical.json');
    await typeOver(page, '"below": ', '20', '200');
    await answered(page, 'contraindicated');
    await typeOver(page, '"below": ', '200', '20');
    await answered(page, 'proceed');
  });

  it('follows an edit of the vocabulary', async () => {
    await openFile(page, 'vocabulary.clinical.json');
    await typeOver(page, '', 'Fever today', 'Feverish today');
    await preview(page).getByText('Feverish today').first().waitFor();
    await typeOver(page, '', 'Feverish today', 'Fever today');
    await preview(page).getByText('Feverish today').first().waitFor({ state: 'hidden' });
  });

  it('jumps to the line of a rule that is clicked', async () => {
    await openFile(page, 'visits.clinical.json');
    await eventually(async () => {
      // The page may be made anew between the press and the release.
      await jump(page, 'bleeding-risk').click();
      await tab(page, 'exercise.clinical.json').waitFor();
      assert.equal(await cursorLine(page), lineOf(window, 'exercise.clinical.json', '"id": "bleeding-risk"'));
    });
  });

  it('keeps the last outcome, marked as such, while a file is broken', async () => {
    await openFile(page, 'exercise.clinical.json');
    await deleteAfter(page, '"id": "bleeding-risk"');
    await preview(page).locator('.trouble', { hasText: 'Last outcome' }).waitFor();
    await answered(page, 'proceed');
    await page.keyboard.type(',');
    await preview(page).locator('.trouble').waitFor({ state: 'detached' });
    await answered(page, 'proceed');
  });

  it('survives a reload of the window', async () => {
    await save(page);
    await openFile(page, 'bleeding.patient.json');
    await save(page);
    await reload(page);
    await answered(page, 'proceed');
    await openFile(page, 'bleeding.patient.json');
    await typeOver(page, '"value": ', '120', '12');
    await answered(page, 'contraindicated');
  });

  it('shows another patient when asked', async () => {
    await preview(page).locator('[data-key="choose"]').click();
    await pick(page, 'A fever, platelets of 180');
    await answered(page, 'modify');
  });

  it('fetches nothing from outside, and no style or script of it is refused', () => {
    assert.deepEqual(outside, []);
    assert.deepEqual(refused, []);
  });
});

describe('the preview by keyboard alone', () => {
  let window: Window;
  let page: Page;
  before(async () => {
    window = await openWindow(WORKSPACE);
    page = window.page;
    await openFile(page, 'exercise.clinical.json');
  });
  after(() => closeWindow(window));

  it('opens from the command palette', async () => {
    await runCommand(page, 'Clinical Rules: Preview on Sample Patient');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'A fever' }).waitFor();
    await page.keyboard.type('A fever');
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'A fever' }).waitFor();
    await page.keyboard.press('Enter');
    await answered(page, 'modify');
  });

  it('reaches a rule, shows where the focus is, and jumps', async () => {
    await page.keyboard.press('Control+2');
    await eventually(async () =>
      assert.equal(
        await preview(page)
          .locator('body')
          .evaluate(body => body.ownerDocument.hasFocus()),
        true,
      ),
    );
    const target = jump(page, 'lighter-with-fever');
    await pressUntil(page, 'Tab', () => target.evaluate(element => element.ownerDocument.activeElement === element));
    const ring = await target.evaluate(element => getComputedStyle(element).outlineStyle);
    assert.notEqual(ring, 'none', 'the focus is not to be seen');
    await page.keyboard.press('Enter');
    await eventually(async () =>
      assert.equal(await cursorLine(page), lineOf(window, 'exercise.clinical.json', '"id": "lighter-with-fever"')),
    );
  });

  it('keeps the focus where it was while it follows an edit', async () => {
    await find(page, '"is": true');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Backspace');
    await preview(page).locator('.trouble').waitFor();
    await page.keyboard.type('e');
    await preview(page).locator('.trouble').waitFor({ state: 'detached' });
    assert.equal(await tab(page, 'exercise.clinical.json').count(), 1);
  });
});

describe('the preview in every theme', () => {
  const themes = [
    { name: 'dark', title: 'Dark Modern', marks: 'vscode-dark' },
    { name: 'light', title: 'Light Modern', marks: 'vscode-light' },
    { name: 'high-contrast', title: 'Default High Contrast', marks: 'vscode-high-contrast' },
  ];
  let window: Window;
  before(async () => {
    window = await openWindow(WORKSPACE);
    await openFile(window.page, 'exercise.clinical.json');
    await window.page.locator(PREVIEW_BUTTON).first().click();
    await pick(window.page, 'Platelets of 12');
    await answered(window.page, 'contraindicated');
  });
  after(async () => {
    await chooseTheme(window.page, 'Dark Modern');
    await closeWindow(window);
  });

  for (const { name, title, marks } of themes) {
    it(`can be read in ${title}`, async () => {
      await chooseTheme(window.page, title);
      await preview(window.page).locator(`body.${marks}`).waitFor();
      await eventually(async () => assert.ok((await contrast(decision(window.page).locator('.a'))) >= 4.5, 'the answer is too pale'));
      await screenshot(window.page, `preview-${name}`);
    });
  }
});

function decision(page: Page): Locator {
  return preview(page).locator('[data-decision="clearance"]');
}

async function answered(page: Page, answer: string): Promise<void> {
  await decision(page)
    .locator('.a', { hasText: new RegExp(answer, 'i') })
    .waitFor();
}

/** The button that goes to the line of a rule. */
function jump(page: Page, rule: string): Locator {
  return preview(page).locator(`li[data-rule="${rule}"] > button.jump`);
}

function lineOf({ folder }: Window, file: string, text: string): number {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  const line = lines.findIndex(written => written.includes(text));
  // A rule starts at its brace, the line before its id.
  return line;
}

function foreign(url: string): string[] {
  const { protocol, hostname } = new URL(url);
  const ours = !/^(https?|wss?):$/.test(protocol) || hostname === '127.0.0.1' || hostname.endsWith('vscode-resource.vscode-cdn.net');
  return ours ? [] : [url];
}

/** The contrast ratio of an element's text to the page behind it, as WCAG defines it. */
function contrast(element: Locator): Promise<number> {
  return element.evaluate(node => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    const [dark, light] = [
      getComputedStyle(node).color,
      getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background'),
    ]
      .map(colour => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)].map(part =>
          part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4,
        );
      })
      .map(([red, green, blue]) => 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!)
      .sort((one, other) => one - other);
    return (light! + 0.05) / (dark! + 0.05);
  });
}
