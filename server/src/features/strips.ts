/** The strip of a score: one cell a total, grouped by band, coloured by what the rules decide for it. */
import { attainableTotals } from '../analysis/attainable-totals.ts';
import type { ScoreOutcome } from '../evaluation/outcome.ts';
import { Exact } from '../model/exact.ts';
import type { Band, Condition, Score, Test } from '../model/rule-set.ts';
import { type Range, rangeOfTest, side } from './distance.ts';
import { allPoints, pointRange, ZERO } from './preview-components.ts';
import type { PreviewBand, PreviewCell, PreviewStrip, Tone } from './preview-model.ts';
import { decidesOf } from './preview-rules.ts';
import { type Reading, strictness, toneOfValue } from './reading.ts';
import { conditionText, rangeText } from './sentences.ts';
import { inSentence, numbersText, spoken } from './words.ts';

/** More cells cannot be told apart in a narrow column. */
const MOST_CELLS = 40;
/** More totals than these are not named one by one. */
const MOST_NEVER = 5;

/** One strip a set of bands that hold under the same condition; one without bands where the score has none. */
export function previewStrips(reading: Reading, score: Score, outcome: ScoreOutcome): PreviewStrip[] {
  const totals = cellTotals(reading, score);
  const sets = [...score.bandSets].flatMap(([name, bands]) => splitByCondition(reading, score, name, bands));
  if (!sets.length) return totals.length ? [makeStrip(reading, score, outcome, totals, '', [])] : [];
  return sets.map(({ title, bands }) => makeStrip(reading, score, outcome, totals, title, bands));
}

function splitByCondition(reading: Reading, score: Score, name: string, bands: readonly Band[]): { title: string; bands: Band[] }[] {
  const sets = new Map<string, Band[]>();
  for (const band of bands) {
    const when = band.when ? `when ${conditionText(reading.ruleSet, band.when, score.of?.value)}` : '';
    const title = [spoken(name), when].filter(Boolean).join(', ');
    sets.set(title, [...(sets.get(title) ?? []), band]);
  }
  return [...sets].map(([title, some]) => ({ title, bands: some }));
}

/** Every total from the lowest to the highest, in the largest steps that meet all points; none where they are too many. */
function cellTotals(reading: Reading, score: Score): Exact[] {
  const ends = endsOf(reading, score);
  const step = ends && stepOf(reading, score);
  if (!ends || !step || step.compare(ZERO) <= 0) return [];
  const totals: Exact[] = [];
  for (let total = ends.low; total.compare(ends.high) <= 0; total = total.plus(step)) {
    if (totals.length === MOST_CELLS) return [];
    totals.push(total);
  }
  return totals;
}

function endsOf(reading: Reading, score: Score): { low: Exact; high: Exact } | undefined {
  if (score.range) return { low: score.range.low.value, high: score.range.high.value };
  let ends = { low: ZERO, high: ZERO };
  for (const component of score.components.values()) {
    const range = pointRange(reading, score, component);
    if (!range) return undefined;
    ends = { low: ends.low.plus(range.low), high: ends.high.plus(range.high) };
  }
  return ends;
}

/** The greatest common divisor of all points: 1 for whole points, 0.5 for Wells. */
function stepOf(reading: Reading, score: Score): Exact | undefined {
  let step = ZERO.fraction;
  for (const component of score.components.values()) {
    const points = allPoints(reading, score, component);
    if (!points) return undefined;
    for (const each of component.how?.kind === 'value' ? [Exact.of(1)] : points) step = step.gcd(each.fraction);
  }
  return Exact.ofFraction(step);
}

function makeStrip(
  reading: Reading,
  score: Score,
  outcome: ScoreOutcome,
  totals: readonly Exact[],
  title: string,
  bands: readonly Band[],
): PreviewStrip {
  const deciding = decidingOn(reading, score);
  const attainable = attainableOf(reading, score);
  const tones = totals.map(total => deciding.find(({ test }) => holdsFor(score, test, total))?.tone);
  const covering = totals.map(total => bands.filter(band => inBand(total, band)));
  const cells = totals.map((total, index): PreviewCell => {
    const text = total.toString();
    const state = cellState(outcome, text, attainable);
    return { total: text, state, tone: tones[index], first: index > 0 && covering[index]![0] !== covering[index - 1]![0] };
  });
  const ordered = inOrder(bands, covering);
  const previewed = ordered.map(band => previewBand(reading, band, outcome, totals, tones, covering));
  const never = neverText(cells);
  return { title, label: labelOf(title, outcome, previewed, never), cells, bands: previewed, never };
}

/** The totals that some patient can have; undefined where they cannot be listed. */
function attainableOf({ ruleSet }: Reading, score: Score): ReadonlySet<string> | undefined {
  const values = attainableTotals(score, ruleSet)?.values;
  return values && new Set(values.map(value => value.toString()));
}

function neverText(cells: readonly PreviewCell[]): string {
  const totals = cells.filter(({ state }) => state === 'never').map(({ total }) => total);
  if (totals.length > MOST_NEVER) return `No patient can have one of the ${totals.length} totals drawn as a line.`;
  return totals.length ? `No patient can have a total of ${numbersText(totals, 'or')}.` : '';
}

/** Solid for the total, dashed for what is only possible, empty for what no patient can have. */
function cellState(
  { state, total, totals }: ScoreOutcome,
  text: string,
  attainable: ReadonlySet<string> | undefined,
): PreviewCell['state'] {
  if (total === text) return state === 'scorable-unknown' ? 'possible' : 'total';
  if (totals?.includes(text)) return 'possible';
  return attainable?.has(text) === false ? 'never' : 'other';
}

function inBand(total: Exact, band: Band): boolean {
  const range = rangeOfTest(band.test);
  return range !== undefined && side(total, range) === 0;
}

/** From the lowest total to the highest; bands no cell shows come last. */
function inOrder(bands: readonly Band[], covering: readonly (readonly Band[])[]): Band[] {
  const seen = new Set(covering.flat());
  return [...[...seen].filter(band => bands.includes(band)), ...bands.filter(band => !seen.has(band))];
}

function previewBand(
  reading: Reading,
  band: Band,
  outcome: ScoreOutcome,
  totals: readonly Exact[],
  tones: readonly (Tone | undefined)[],
  covering: readonly (readonly Band[])[],
): PreviewBand {
  const inside = totals.flatMap((_, index) => (covering[index]!.includes(band) ? [index] : []));
  // Cells are counted only where the bands stand one after the other without gap or overlap.
  const tiled = covering.every(some => some.length === 1);
  const own = new Set(inside.map(index => tones[index]));
  return {
    id: band.id,
    title: inSentence(band.title ?? spoken(band.id)),
    range: bandRange(reading, band, totals, inside),
    tone: own.size === 1 ? [...own][0] : undefined,
    here: outcome.bands?.includes(band.id) ?? outcome.band === band.id,
    cells: tiled ? inside.length : 0,
  };
}

function bandRange({ ruleSet }: Reading, band: Band, totals: readonly Exact[], inside: readonly number[]): string {
  if (!inside.length) return rangeText(ruleSet, band.test);
  const [first, last] = [totals[inside[0]!]!.toString(), totals[inside.at(-1)!]!.toString()];
  return first === last ? first : `${first}–${last}`;
}

function labelOf(title: string, outcome: ScoreOutcome, bands: readonly PreviewBand[], never: string): string {
  const certain = outcome.state === 'scorable-unknown' ? 'possible total' : 'total';
  const total =
    outcome.total !== undefined ? `${certain} ${outcome.total}` : `possible totals ${outcome.totals?.join(', ') || 'not known'}`;
  return [title, total, ...bands.map(band => `${band.title} ${band.range.replace('–', ' to ')}`), never].filter(Boolean).join('; ');
}

interface Deciding {
  readonly test: ScoreTest;
  readonly rank: number;
  readonly tone: Tone;
}

/** What rules decide on the score alone, by strictness; a rule that needs more than the score colours nothing. */
function decidingOn({ ruleSet }: Reading, score: Score): Deciding[] {
  const deciding: Deciding[] = [];
  for (const rule of ruleSet.rules.values()) {
    const test = rule.when && !rule.given ? aloneOn(rule.when, score.id) : undefined;
    for (const { decision, value } of test ? decidesOf(rule) : []) {
      const declared = ruleSet.decisions.get(decision.value);
      if (declared?.resolve !== 'strictest') continue;
      deciding.push({ test: test!, rank: strictness(ruleSet, decision.value, value.value), tone: toneOfValue(declared, value.value) });
    }
  }
  return deciding.sort((a, b) => a.rank - b.rank);
}

type ScoreTest = Extract<Condition, { kind: 'score-bands' | 'score-total' }>;

/** The one test of the score a condition consists of, besides whether the score applies. */
function aloneOn(condition: Condition, score: string): ScoreTest | undefined {
  const items = condition.kind === 'all' ? condition.items : [condition];
  const rest = items.filter(item => !(item.kind === 'score-applies' && item.applies && item.score.value === score));
  const only = rest.length === 1 ? rest[0]! : undefined;
  return (only?.kind === 'score-bands' || only?.kind === 'score-total') && only.score.value === score ? only : undefined;
}

function holdsFor(score: Score, condition: ScoreTest, total: Exact): boolean {
  if (condition.kind === 'score-total') return meets(total, condition.test);
  const named = new Set(condition.bands.map(band => band.value));
  return [...score.bandSets.values()].flat().some(band => named.has(band.id) && !band.when && inBand(total, band));
}

function meets(total: Exact, test: Test): boolean {
  if (typeof test.is?.value === 'object') return total.equals(test.is.value);
  const range: Range | undefined = rangeOfTest(test);
  return range !== undefined && side(total, range) === 0;
}

const STRICTNESS: readonly (Tone | undefined)[] = ['contraindicated', 'modify', 'proceed'];

/** The nearest total that is decided more strictly, and its band where that is another; undefined where there is none, or the steps are not whole points. */
export function nearestStricter(
  reading: Reading,
  score: Score,
  outcome: ScoreOutcome,
): { steps: number; more: boolean; total: string; band: string | undefined } | undefined {
  const cells = previewStrips(reading, score, outcome)[0]?.cells ?? [];
  const at = cells.findIndex(cell => cell.state === 'total');
  const own = STRICTNESS.indexOf(cells[at]?.tone);
  const stricter = cells.flatMap(({ tone, total }, index) => {
    const rank = STRICTNESS.indexOf(tone);
    return rank >= 0 && rank < own ? [{ total, steps: Math.abs(Number(total) - Number(cells[at]!.total)), more: index > at }] : [];
  });
  const nearest = stricter.sort((a, b) => a.steps - b.steps)[0];
  if (!nearest || !Number.isInteger(nearest.steps)) return undefined;
  const band = otherBand(score, cells[at]!.total, nearest.total);
  return { ...nearest, band: band && inSentence(band.title ?? spoken(band.id)) };
}

/** The first band that holds the second total and not the first: a rule may tell totals of one band apart. */
function otherBand(score: Score, from: string, to: string): Band | undefined {
  const [here, there] = [Exact.parse(from), Exact.parse(to)];
  if (!here || !there) return undefined;
  return [...score.bandSets.values()].flat().find(band => inBand(there, band) && !inBand(here, band));
}
