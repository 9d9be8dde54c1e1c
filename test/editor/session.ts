/** One editor and one browser for all tests in the real editor, with the extension installed from a fresh package, as users get it. */
import { copyFileSync, cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { PATIENCE, runCommand } from './act.ts';
import { launchBrowser } from './browser.ts';
import { type Editor, removeFolder, startEditor } from './editor.ts';
import { installEditor } from './install.ts';
import { packageExtension, ROOT, WORK } from './package.ts';

const SIZE = { width: 1500, height: 950 };

interface Session {
  readonly editor: Editor;
  readonly browser: Browser;
  readonly home: string;
}

let session: Session | undefined;
const pages: Page[] = [];

before('start the editor', async function () {
  this.timeout(180_000);
  const home = mkdtempSync(join(tmpdir(), 'clinical-rules-editor-'));
  const vsix = process.env.CLINICAL_RULES_VSIX ?? packageExtension(home);
  const editor = await startEditor(installEditor(console.log), { home, vsix });
  session = { editor, browser: await launchBrowser(), home };
});

afterEach('keep a picture of a failure', async function () {
  if (this.currentTest?.state !== 'failed') return;
  const name = this.currentTest.fullTitle().replaceAll(/\W+/g, '-').slice(0, 100);
  for (const [index, page] of pages.entries()) await screenshot(page, `failure-${name}-${index}`).catch(() => undefined);
  copyFileSync(current().editor.log, join(WORK, 'editor.log'));
});

after('stop the editor', async () => {
  if (session === undefined) return;
  await session.browser.close();
  await session.editor.stop();
  removeFolder(session.home);
});

export function current(): Session {
  if (session === undefined) throw new Error('The editor has not been started.');
  return session;
}

/** A window of the editor on a folder; the folder is a copy, so tests may write to it. */
export interface Window {
  readonly page: Page;
  readonly folder: string;
}

/** Opens a window on a copy of `source`, after `prepare` has changed the copy. */
export async function openWindow(source: string, prepare: (folder: string) => void = () => undefined): Promise<Window> {
  const { editor, browser, home } = current();
  const folder = join(mkdtempSync(join(home, 'copy-')), basename(source));
  cpSync(join(ROOT, source), folder, { recursive: true });
  prepare(folder);
  const context = await browser.newContext({ viewport: SIZE, reducedMotion: 'reduce' });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  pages.push(page);
  await page.goto(editor.address(folder));
  await drawn(page);
  return { page, folder };
}

/** Reloads as a user does: through the command, which keeps the state of the window before it goes. */
export async function reload(page: Page): Promise<void> {
  await page.evaluate(() => document.body.setAttribute('data-before-reload', ''));
  await runCommand(page, 'Developer: Reload Window');
  await page.locator('body[data-before-reload]').waitFor({ state: 'detached', timeout: 60_000 });
  await drawn(page);
}

async function drawn(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .explorer-folders-view').waitFor({ timeout: 60_000 });
}

export async function closeWindow(window: Window | undefined): Promise<void> {
  if (window === undefined) return;
  pages.splice(pages.indexOf(window.page), 1);
  await window.page.context().close();
}

export async function screenshot(page: Page, name: string): Promise<string> {
  mkdirSync(join(WORK, 'screenshots'), { recursive: true });
  const path = join(WORK, 'screenshots', `${name}.png`);
  await page.screenshot({ path });
  return path;
}
