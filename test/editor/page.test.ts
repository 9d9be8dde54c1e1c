/**
 * The preview's page on all worked cases, in the four kinds of theme, wide and narrow: nothing is cut, hidden or in the way, everything is
 * reached by keyboard, `axe-core` finds no violation, and what is shown is what the command line gives as JSON.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import type { Outcome } from '../../server/src/evaluation/outcome.ts';
import { ruleSetFile } from '../preview/previewed.ts';
import { cli } from '../support/command-line.ts';
import { ROOT } from './package.ts';
import {
  type Built,
  buildPage,
  CASES,
  dress,
  openAll,
  PATIENTS,
  RULES,
  removePage,
  type ShownPage,
  showCase,
  showComparison,
  THEMES,
  WIDTHS,
} from './page.ts';
import { pageAgrees } from './page-agreement.ts';
import { tabOrder, tips } from './page-keyboard.ts';
import { bodyMap, cutTexts, emptySpace, sideways, textsOnTexts } from './page-looks.ts';

const LOOKS = THEMES.flatMap(theme => WIDTHS.map(width => ({ theme, width })));
const AXE = join(ROOT, 'test/editor/node_modules/axe-core/axe.min.js');

describe('the page of the preview', function () {
  this.timeout(120_000);
  let built: Built;
  let outcomes: readonly Outcome[];
  const ruleSet = ruleSetFile(resolve(ROOT, RULES));
  before(async () => {
    built = await buildPage();
    const ran = cli(['run', RULES, ...CASES.map(name => `${PATIENTS}/${name}.patient.json`), '--format', 'json'], ROOT);
    outcomes = JSON.parse(ran.out);
  });
  after(() => removePage(built));

  it('is tried on all 29 worked cases', () => assert.equal(CASES.length, 29));

  for (const [index, name] of CASES.entries()) {
    describe(`of ${name}`, () => {
      let shown: ShownPage;
      before(async () => {
        shown = await showCase(built, name);
      });
      after(() => shown?.page.context().close());

      it('looks right in every theme, wide and narrow', async () => {
        for (const { theme, width } of LOOKS) {
          await dress(shown.page, theme, width);
          assert.deepEqual([...(await faults(shown.page)), ...(await emptySpace(shown.page))], [], `${theme}, ${width} px`);
        }
      });

      it('has no violation of accessibility', async () => {
        // One look a case, in turn: what depends on the look does not depend on the patient.
        const { theme, width } = LOOKS[index % LOOKS.length]!;
        await dress(shown.page, theme, width);
        assert.deepEqual(await violations(shown.page), [], `${theme}, ${width} px`);
      });

      it('is used by keyboard alone', async () => {
        await dress(shown.page, THEMES[0], WIDTHS[index % WIDTHS.length]!);
        assert.deepEqual([...(await tips(shown.page)), ...(await tabOrder(shown.page))], []);
      });

      it('says what the command line says, and looks right when all is open', async () => {
        await openAll(shown.page);
        await pageAgrees(shown.page, outcomes[index]!, ruleSet);
        for (const width of WIDTHS) {
          await dress(shown.page, THEMES[1], width);
          assert.deepEqual(await faults(shown.page), [], `${width} px`);
        }
        assert.deepEqual(shown.errors, []);
      });
    });
  }
});

describe('the page of the preview, with everything open', function () {
  this.timeout(120_000);
  let built: Built;
  let shown: ShownPage;
  before(async () => {
    built = await buildPage();
    shown = await showCase(built, 's13');
    await showComparison(shown.page, 's13');
    await openAll(shown.page);
  });
  after(() => removePage(built));

  for (const { theme, width } of LOOKS)
    it(`looks right and has no violation of accessibility in ${theme}, ${width} px wide`, async () => {
      await dress(shown.page, theme, width);
      assert.deepEqual(await faults(shown.page), []);
      assert.deepEqual(await violations(shown.page), []);
    });
});

async function faults(page: Page): Promise<string[]> {
  return [...(await sideways(page)), ...(await cutTexts(page)), ...(await textsOnTexts(page)), ...(await bodyMap(page))];
}

interface Axe {
  run(where: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/** The rules of WCAG 2.2 at level AA, and what is good practice beside them. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(AXE, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ['violations'], preload: false });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`);
  });
}
