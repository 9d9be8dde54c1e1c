/** What a person does in the window, by keyboard and mouse, and what they can see there. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FrameLocator, Locator, Page } from 'playwright-core';

/** How long anything may take to show, on a slow machine. */
export const PATIENCE = 30_000;

/** Opens a file through Go to File; `name` must name one file of the folder. */
export async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+P');
  const input = page.locator('.quick-input-widget input');
  await input.waitFor();
  await input.fill(name);
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name.split('/').at(-1)! }).waitFor();
  await page.keyboard.press('Enter');
  await tab(page, name.split('/').at(-1)!).waitFor();
  await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
}

export function tab(page: Page, name: string): Locator {
  return page.locator(`.tab.active[data-resource-name="${name}"]`);
}

/** Runs a command from the command palette, by its title, once the palette has it: a window just opened does not know its extensions yet. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const input = page.locator('.quick-input-widget input');
  const rows = page.locator('.quick-input-list .monaco-list-row').filter({ has: page.getByText(title, { exact: true }) });
  await eventually(async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    await input.waitFor({ timeout: 3000 });
    await input.fill(`>${title}`);
    await rows.first().waitFor({ timeout: 3000 });
  });
  const isChosen = async () => ((await rows.first().getAttribute('class')) ?? '').includes('focused');
  if (!(await isChosen())) await pressUntil(page, 'ArrowDown', isChosen);
  await page.keyboard.press('Enter');
}

/** Chooses a colour theme as a user does. */
export async function chooseTheme(page: Page, title: string): Promise<void> {
  await runCommand(page, 'Preferences: Color Theme');
  const list = page.locator('.quick-input-list');
  await list.locator('.monaco-list-row', { hasText: 'Modern' }).first().waitFor();
  await page.locator('.quick-input-widget input').fill(title);
  await list.locator('.monaco-list-row.focused', { hasText: title }).waitFor();
  await page.keyboard.press('Enter');
  await list.waitFor({ state: 'hidden' });
}

/** Takes the entry that says `text` from the list that is shown: some of a long one are drawn only when the list is narrowed to them. */
export async function pick(page: Page, text: string): Promise<void> {
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await rows.first().waitFor();
  await page.locator('.quick-input-widget input').fill(text);
  await rows.filter({ hasText: text }).first().click();
}

/** Presses a key until `reached`, a hundred times at most. */
export async function pressUntil(page: Page, key: string, reached: () => Promise<boolean>): Promise<void> {
  for (let press = 0; press < 100; press++) {
    await page.keyboard.press(key);
    if (await reached()) return;
  }
  throw new Error(`A hundred times ${key} did not get there.`);
}

/** Types `to` over `from`, which stands after `before`; the two together stand once in the file in front. */
export async function typeOver(page: Page, before: string, from: string, to: string): Promise<void> {
  await find(page, before + from);
  await page.keyboard.press('ArrowRight');
  for (const _ of from) await page.keyboard.press('Backspace');
  await page.keyboard.type(to, { delay: 15 });
}

/** Takes away the character after `text`, which stands once in the file in front. */
export async function deleteAfter(page: Page, text: string): Promise<void> {
  await find(page, text);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Delete');
}

/** Leaves `text` selected in the file in front. */
export async function find(page: Page, text: string): Promise<void> {
  const input = page.locator('.editor-widget.find-widget.visible textarea').first();
  // What was opened or clicked just before may still take the focus from the editor.
  await eventually(async () => {
    if (!(await input.isVisible())) await page.keyboard.press('Control+F');
    await input.waitFor({ timeout: 3000 });
  });
  await input.fill(text);
  await page.locator('.find-widget.visible .matchesCount', { hasText: /1 of 1|\? of 1/ }).waitFor();
  // Only where it counts the match the cursor is at has it gone there.
  await eventually(async () => {
    await input.press('Enter');
    await page.locator('.find-widget.visible .matchesCount', { hasText: /1 of 1/ }).waitFor({ timeout: 2000 });
  });
  await eventually(async () => {
    if (await input.isVisible()) await input.press('Escape', { timeout: 3000 });
    await input.waitFor({ state: 'hidden', timeout: 3000 });
  });
}

/** Puts the cursor into `name`, which stands after `before`; the two together stand once in the file in front. */
export async function goInto(page: Page, before: string, name: string): Promise<void> {
  await find(page, before + name);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
}

/** What the editor says of the name at the cursor: asked for by keyboard until it does, since a server just started may know nothing yet. */
export async function hover(page: Page, words: RegExp): Promise<Locator> {
  const shown = page.locator('.monaco-hover:not(.hidden)', { hasText: words }).first();
  await eventually(async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Control+I');
    await shown.waitFor({ timeout: 3000 });
  });
  return shown;
}

/** Opens what can be completed at the cursor, types `typed` and takes the proposal named `label`, all by keyboard. */
export async function complete(page: Page, typed: string, label: string): Promise<void> {
  const rows = page.locator('.suggest-widget.visible .monaco-list-row');
  await page.keyboard.type(typed, { delay: 15 });
  const row = rows.filter({ has: page.getByText(label, { exact: true }) }).first();
  await eventually(async () => {
    if (!(await row.isVisible())) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+Space');
    }
    await row.waitFor({ timeout: 3000 });
  });
  const isChosen = async () => ((await row.getAttribute('class')) ?? '').includes('focused');
  if (!(await isChosen())) await pressUntil(page, 'ArrowDown', isChosen);
  await page.keyboard.press('Enter');
  await page.locator('.suggest-widget.visible').waitFor({ state: 'hidden' });
}

/** Takes the quick fix or refactoring that says `title` at the cursor, by keyboard, as soon as it is offered. */
export async function takeAction(page: Page, title: string | RegExp): Promise<void> {
  const row = page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first();
  await offered(page, row);
  const isChosen = async () => ((await row.getAttribute('class')) ?? '').includes('focused');
  if (!(await isChosen())) await pressUntil(page, 'ArrowDown', isChosen);
  await page.keyboard.press('Enter');
  await page.locator('.action-widget').first().waitFor({ state: 'hidden' });
}

/** Opens the light bulb's list until it has `row`: what is found of a whole comes some time after an edit. */
async function offered(page: Page, row: Locator): Promise<void> {
  const list = page.locator('.action-widget').first();
  await eventually(async () => {
    if (await list.isVisible()) {
      await page.keyboard.press('Escape');
      await list.waitFor({ state: 'hidden' });
    }
    await page.keyboard.press('Control+.');
    await row.waitFor({ timeout: 3000 });
  });
}

/** Types `text` where a fix has left the value of `key` to be written, once the cursor is there: the fix brings it. */
export async function fillIn(page: Page, key: string, text: string): Promise<void> {
  const row = (await problems(page)).filter({ hasText: `“${key}” is empty` }).first();
  await eventually(async () => {
    const [, line, column] = /Ln (\d+), Col (\d+)/.exec((await row.textContent()) ?? '') ?? [];
    const cursor = (await page.locator('#status\\.editor\\.selection').textContent()) ?? '';
    if (cursor !== `Ln ${line}, Col ${Number(column) + 1}`) throw new Error(`The cursor is at ${cursor}, not behind ${line}:${column}.`);
  });
  await page.keyboard.type(text, { delay: 15 });
}

/** Renames what the cursor stands in, everywhere. */
export async function rename(page: Page, to: string): Promise<void> {
  const input = page.locator('.rename-box input');
  await eventually(async () => {
    await page.keyboard.press('F2');
    await input.waitFor({ timeout: 3000 });
  });
  await input.fill(to);
  await page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
}

export async function save(page: Page): Promise<void> {
  await page.keyboard.press('Control+S');
  await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
}

/** Takes the path that is suggested, in the dialog that asks where to save. */
export async function acceptPath(page: Page, suggested: RegExp): Promise<void> {
  const input = page.locator('.quick-input-widget input[type="text"]');
  await eventually(async () => {
    const value = await input.first().inputValue();
    if (!suggested.test(value)) throw new Error(`${value} is suggested.`);
  });
  await page.keyboard.press('Enter');
}

/** The rows of the Problems view, which is opened if need be. */
export async function problems(page: Page): Promise<Locator> {
  const panel = page.locator('.markers-panel');
  if (!(await panel.isVisible())) await runCommand(page, 'View: Toggle Problems');
  await panel.waitFor();
  return panel.locator('.monaco-list-row');
}

/** The line the cursor is in, from the status bar. */
export async function cursorLine(page: Page): Promise<number> {
  const text = await page.locator('#status\\.editor\\.selection').textContent({ timeout: 3000 });
  return Number(/Ln (\d+)/.exec(text ?? '')?.[1]);
}

/** The page of the preview. */
export function preview(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}

/** Waits until `check` no longer throws. */
export async function eventually(check: () => Promise<void> | void): Promise<void> {
  const until = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await check();
    } catch (problem) {
      if (Date.now() > until) throw problem;
      await sleep(100);
    }
  }
}
