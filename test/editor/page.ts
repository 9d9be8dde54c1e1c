/** The preview's page as it is built, in a plain browser: it is told what the extension would tell it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { ToPage } from '../../client/src/preview/messages.ts';
import { type CompiledRuleSet, compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import type { Outcome } from '../../server/src/evaluation/outcome.ts';
import { compareGrid } from '../../server/src/features/compare.ts';
import { compareSides } from '../../server/src/features/compare-sides.ts';
import { previewChanges, previewSmallest } from '../../server/src/features/preview-changes.ts';
import { patientFile, previewFor, ruleSetFile, textOfFile } from '../preview/previewed.ts';
import { launchBrowser } from './browser.ts';
import { ROOT } from './package.ts';

export const PATIENTS = 'samples/bone-metastasis/patients';
export const RULES = 'samples/bone-metastasis/all-five.clinical.json';

/** The body classes VS Code sets for its four kinds of theme. */
export const THEMES = ['vscode-dark', 'vscode-light', 'vscode-high-contrast', 'vscode-high-contrast vscode-high-contrast-light'] as const;
export const WIDTHS = [900, 320] as const;

export interface Built {
  readonly browser: Browser;
  readonly folder: string;
}

/** The names of the worked cases. */
export const CASES = readdirSync(join(ROOT, PATIENTS))
  .map(file => /^(s\d\d)\.patient\.json$/.exec(file)?.[1])
  .filter(name => name !== undefined);

/** Builds the page into a folder of its own, so that what is tried is what is written now. */
export async function buildPage(): Promise<Built> {
  const folder = mkdtempSync(join(tmpdir(), 'clinical-rules-page-'));
  execFileSync(process.execPath, ['esbuild.mjs', 'preview', `--out=${folder}`], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(join(folder, 'page.html'), FRAME);
  return { browser: await launchBrowser(), folder };
}

export async function removePage(built: Built | undefined): Promise<void> {
  await built?.browser.close();
  if (built) rmSync(built.folder, { recursive: true, force: true });
}

/** As the extension frames it, but for the policy and the editor's side of the messages. */
const FRAME = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Clinical Rules preview</title><link rel="stylesheet" href="preview/page.css"></head>
<body class="vscode-dark"><main class="preview" id="preview"></main>
<script>window.told = []; window.acquireVsCodeApi = () => ({ postMessage: message => told.push(message), getState() {}, setState() {} });</script>
<script src="preview/page.js"></script></body></html>`;

export interface ShownPage {
  readonly page: Page;
  readonly outcome: Outcome;
  /** What went wrong in the page. */
  readonly errors: string[];
}

/** A page that shows a worked case, with what would change it worked out. */
export async function showCase({ browser, folder }: Built, name: string): Promise<ShownPage> {
  const context = await browser.newContext({ viewport: { width: WIDTHS[0], height: 1400 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  // Functions run in the page are compiled with calls of this, which keep their names.
  await page.addInitScript('globalThis.__name = own => own');
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(error.message));
  page.on('console', message => message.type() === 'error' && errors.push(message.text()));
  await page.goto(pathToFileURL(join(folder, 'page.html')).href);
  const { messages, outcome } = await messagesFor(name);
  for (const message of messages) await page.evaluate(data => window.dispatchEvent(new MessageEvent('message', { data })), message);
  await page.locator('.overlay .mark').first().waitFor();
  return { page, outcome, errors };
}

const ruleSet = ruleSetFile(resolve(ROOT, RULES));
const compiled = compile(ruleSet);

async function messagesFor(name: string): Promise<{ messages: readonly ToPage[]; outcome: Outcome }> {
  const patient = patientFile(resolve(ROOT, PATIENTS, `${name}.patient.json`));
  const { outcome, lines: _, ...preview } = previewFor(ruleSet, patient, textOfFile);
  const shown = { ruleSet: 'file:///rules', patient: 'file:///patient' };
  const quick = evaluate(compiled, patient, { trace: false, missing: false });
  const reading = { ruleSet, patient, outcome: quick, link: () => preview.ruleSet.link };
  const changes = (await previewChanges(reading, compiled, async () => true))!;
  const after = { changes, smallest: previewSmallest(reading, compiled) };
  return {
    outcome,
    messages: [
      { kind: 'preview', shown, preview },
      { kind: 'changes', shown, after },
    ],
  };
}

/** Opens the comparison with a version that lacks rules, the patient shown among the others and beside that version. */
export async function showComparison(page: Page, name: string): Promise<void> {
  const other = compile({ ...ruleSet, rules: new Map([...ruleSet.rules].filter(([id]) => !/spine|long-bone/.test(id))) });
  const patients = ['s04', 's15', 's31', name].map(each => {
    const patient = patientFile(resolve(ROOT, PATIENTS, `${each}.patient.json`));
    return { uri: each === name ? 'file:///patient' : each, title: patient.title ?? each, patient };
  });
  const grid = compareGrid(compiled, other, patients);
  const { patient } = patients.at(-1)!;
  const link = () => ({ uri: '', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } });
  const reading = (own: CompiledRuleSet) => {
    return { ruleSet: own.ruleSet, patient, link, outcome: evaluate(own, patient, { trace: false, missing: false }) };
  };
  const sides = compareSides(reading(compiled), reading(other));
  await page.locator('[data-key="compare-open"]').click();
  const shown = { ruleSet: 'file:///rules', patient: 'file:///patient' };
  const message: ToPage = {
    kind: 'comparison',
    shown,
    comparison: { against: 'head', label: 'HEAD', answer: { kind: 'grid', grid, sides } },
  };
  await page.evaluate(data => window.dispatchEvent(new MessageEvent('message', { data })), message);
  await page.locator('table.sides').waitFor();
}

/** Gives the page another theme and width, and waits until the body map is laid out for it. */
export async function dress(page: Page, theme: string, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 1400 });
  await page.evaluate(
    name =>
      new Promise<void>(done => {
        document.body.className = name;
        // Sizes are observed after the next frame is laid out; the frame after it shows what was made of them.
        requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done())));
      }),
    theme,
  );
}

/** Opens everything that opens, so that it is looked at too. */
export async function openAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let closed = 1; closed > 0; ) {
      const all = [...document.querySelectorAll('details:not([open])')];
      closed = all.length;
      for (const details of all) details.setAttribute('open', '');
      await new Promise(done => setTimeout(done, 30));
    }
  });
}
