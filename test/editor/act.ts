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
  await page.keyboard.press('Control+F');
  const input = page.locator('.editor-widget.find-widget.visible textarea').first();
  await input.waitFor();
  await input.fill(text);
  await page.locator('.find-widget.visible .matchesCount', { hasText: /1 of 1|\? of 1/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await input.waitFor({ state: 'hidden' });
}

export async function save(page: Page): Promise<void> {
  await page.keyboard.press('Control+S');
  await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
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
  const text = await page.locator('#status\\.editor\\.selection').textContent();
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
