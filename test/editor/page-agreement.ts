/** Holds what the page shows against the outcome that the command line gives as JSON: decisions, totals, bands, rules, effects, what is missing. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Outcome, ScoreOutcome } from '../../server/src/evaluation/outcome.ts';
import { bandTitle, decisionValueTitle } from '../../server/src/features/titles.ts';
import type { RuleSet } from '../../server/src/model/rule-set.ts';

/** Everything that opens must be open. */
export async function pageAgrees(page: Page, outcome: Outcome, ruleSet: RuleSet): Promise<void> {
  const shown = await page.evaluate(readPage);
  assert.deepEqual(shown.decisions, decisionsOf(outcome, ruleSet));
  assert.deepEqual(sorted(shown.rules), sorted(new Set(outcome.rules.map(({ id, status }) => `${id} ${status}`))));
  assert.deepEqual(sorted(new Set(shown.effects)), sorted(new Set(effectsOf(outcome, ruleSet))));
  assert.equal(shown.missing, outcome.missing.length, 'as many inputs are shown as are missing');
  for (const score of shown.scores) scoreAgrees(score, outcome, ruleSet);
  for (const score of outcome.scores) {
    const isShown = shown.scores.some(({ id, record }) => id === score.id && record === score.record);
    const isBlank = score.state !== 'stale' && score.components.every(({ points }) => points.length !== 1);
    assert.ok(isShown || score.state === 'not-scorable' || isBlank, `the score ${score.id} is not shown`);
  }
}

type ShownScore = Awaited<ReturnType<typeof readPage>>['scores'][number];

/** Read in the page itself. */
function readPage() {
  const all = (selector: string, within: ParentNode = document) => [...within.querySelectorAll<HTMLElement>(selector)];
  const words = (element: Element | null | undefined) => (element?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
  const strips = (score: HTMLElement) =>
    all('.cells', score).map(cells => ({
      all: all('i', cells).map(words),
      marked: all('i.at, i.may', cells).map(words),
    }));
  return {
    decisions: all('.decision').map(each => ({
      id: each.dataset.decision,
      status: each.dataset.answer,
      answer: words(each.querySelector('.a')).toLowerCase(),
      ladder: all('.ladder li', each).map(step => words(step).toLowerCase()),
    })),
    rules: all('.rules > li').map(({ dataset }) => `${dataset.rule} ${dataset.state}`),
    effects: all('.site-group li[data-verb]').map(each => {
      const rule = each.querySelector('button.jump')!.getAttribute('aria-label')!;
      return `${each.dataset.verb} ${each.classList.contains('possible') ? 'possible' : 'in-force'} ${/“(.*)”, line/.exec(rule)![1]}`;
    }),
    scores: all('.score').map(score => ({
      id: score.dataset.score!,
      record: score.closest('article')!.id.replace(/^record-/, '') || null,
      total: words(score.querySelector('.cap > span:last-child:not(:first-child)')),
      bands: all('.bandnames .here > span:first-child', score).map(words),
      strips: strips(score),
    })),
    missing: document.querySelectorAll('table.input, .inputs > li').length,
  };
}

function decisionsOf(outcome: Outcome, ruleSet: RuleSet) {
  const answers = { undetermined: 'undetermined', 'no-answer': 'no answer', conflict: 'conflict' };
  return [...ruleSet.decisions.values()].map(({ id, values }) => {
    const decided = outcome.decisions[id]!;
    const made: readonly string[] = decided.status === 'decided' ? [decided.value ?? []].flat() : [];
    const possible = decided.status === 'decided' ? [] : decided.possible;
    const title = (value: string) => decisionValueTitle(ruleSet, id, value).toLowerCase();
    const state = (value: string) => (made.includes(value) ? 'decided' : possible.includes(value) ? 'possible' : 'excluded');
    return {
      id,
      status: decided.status,
      answer: decided.status === 'decided' ? made.map(title).join(', ') : answers[decided.status],
      ladder: values.map(value => `${title(value.id)} (${state(value.id)})`),
    };
  });
}

function effectsOf(outcome: Outcome, ruleSet: RuleSet): string[] {
  return outcome.effects.map(({ verb, state, rule }) => `${verb} ${state} ${ruleSet.rules.get(rule)!.title}`);
}

/** The total or the set of possible ones, in words and as cells, and the bands they fall in. */
function scoreAgrees({ id, record, total, bands, strips }: ShownScore, outcome: Outcome, ruleSet: RuleSet): void {
  const score = outcome.scores.find(each => each.id === id && each.record === record)!;
  const meant = score.total === undefined ? (score.totals ?? []) : [score.total];
  totalAgrees(total, meant, score);
  for (const { all, marked } of strips)
    assert.deepEqual(
      marked,
      all.filter(each => meant.includes(each)),
      `the cells of ${id} that are marked`,
    );
  const titles = (score.bands ?? [score.band]).flatMap(band => (band === undefined ? [] : [bandTitle(ruleSet, id, band)]));
  assert.deepEqual(sorted(new Set(bands)), sorted(new Set(titles)), `the bands of ${id}`);
}

/** `total 5`, `possible totals 3 to 6, 8`, `possible totals 0 to 30, 61 values`. */
function totalAgrees(text: string, meant: readonly string[], { id }: ScoreOutcome): void {
  const counted = /(-?[\d.]+) to (-?[\d.]+), (\d+) values$/.exec(text);
  if (counted) return assert.deepEqual(counted.slice(1), [meant[0], meant.at(-1), String(meant.length)], `the totals of ${id}`);
  const runs = [...text.matchAll(/(-?\d[\d.]*)(?: to (-?\d[\d.]*))?/g)];
  const told = runs.flatMap(([, first, last]) =>
    last === undefined ? [first!] : Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => String(Number(first) + index)),
  );
  assert.deepEqual(told, meant, `the totals of ${id}`);
}

function sorted(texts: Iterable<string>): string[] {
  return [...texts].sort();
}
