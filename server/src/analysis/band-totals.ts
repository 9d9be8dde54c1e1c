/** Which attainable totals fall in which bands. */
import { Exact } from '../model/exact.ts';
import type { Band, RuleSet, Score, Test } from '../model/rule-set.ts';
import { attainableTotals, type Totals } from './attainable-totals.ts';
import { type Cell, cellsOf, meets, type UnitTest } from './cells.ts';
import { constantsOf, isNumber, limitsOf } from './limits.ts';

/** One total, or all totals between two neighbouring bounds where totals are not counted one by one. */
export interface TotalCell {
  readonly cell: Cell;
  readonly bands: readonly Band[];
}

/** Each attainable total with the bands whose bounds it meets; undefined where the totals are not known. */
export function totalsInBands(score: Score, bands: readonly Band[], ruleSet: RuleSet): TotalCell[] | undefined {
  const totals = attainableTotals(score, ruleSet);
  if (!totals) return undefined;
  const tests = bands.map(({ test }) => numbersIn(test));
  return cellsOfTotals(totals, tests).map(cell => ({ cell, bands: bands.filter((_, i) => meets(cell.value, tests[i]!)) }));
}

/** The attainable totals, cut at the numbers of the tests where they are a range. */
export function cellsOfTotals(totals: Totals, tests: readonly UnitTest[]): Cell[] {
  if (!totals.values) return cellsOf(tests, { low: totals.low, high: totals.high, whole: false });
  return totals.values.map(value => ({ value, above: undefined, below: undefined }));
}

/** A test on a number without a unit, such as a total. */
export function numbersIn(test: Test): UnitTest {
  const numbers = constantsOf(test).filter(isNumber);
  return { limits: limitsOf(test), numbers: test.is || test.in ? numbers.map(({ value }) => value) : undefined };
}

/** `5, 6, 8`, `between 6 and 7 (such as 6.5)`: runs of whole numbers drawn together. */
export function cellWords(cells: readonly Cell[], most = 6): string {
  const words: string[] = [];
  for (let i = 0; i < cells.length; i++) {
    const from = i;
    while (isPoint(cells[i]!) && cells[i + 1] && isNext(cells[i]!, cells[i + 1]!)) i++;
    if (i - from < 2) words.push(...cells.slice(from, i + 1).map(wordsOf));
    else words.push(`${cells[from]!.value} to ${cells[i]!.value}`);
  }
  const rest = words.length - most;
  return rest > 0 ? `${words.slice(0, most).join(', ')} and ${rest} more` : words.join(', ');
}

function isPoint({ above, below }: Cell): boolean {
  return !above && !below;
}

function isNext(a: Cell, b: Cell): boolean {
  return isPoint(b) && b.value.minus(a.value).equals(Exact.of(1));
}

function wordsOf({ value, above, below }: Cell): string {
  if (above && below) return `between ${above} and ${below} (such as ${value})`;
  return above ? `above ${above}` : below ? `below ${below}` : `${value}`;
}
