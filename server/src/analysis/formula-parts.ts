/** What a formula is made of: other formulas, and all else that tells it from others of its kind, written out. */
import type { Bits } from './bits.ts';
import { type Formula, type PointsFormula, possibleTotals, type ScoreFormula } from './formula.ts';

export interface Parts {
  readonly inner: readonly Formula[];
  /** What a function accepts is written out for all it can be asked. */
  readonly own: string;
  /** The variables that it reads itself. */
  readonly variables: readonly number[];
}

export function partsOf(formula: Formula): Parts {
  switch (formula.kind) {
    case 'constant':
      return { inner: [], own: `${formula.truth}`, variables: [] };
    case 'atom':
      return { inner: [], own: `${formula.variable} ${textOfBits(formula.cells)}`, variables: [formula.variable] };
    case 'not':
    case 'certain':
      return { inner: [formula.item], own: '', variables: [] };
    case 'all':
    case 'any':
      return { inner: formula.items, own: '', variables: [] };
    case 'count': {
      const { items, accepts } = formula;
      return { inner: items, own: accepted(accepts, [...items.keys(), items.length]), variables: [] };
    }
    case 'table': {
      const { rows } = formula;
      return { inner: rows.map(({ when }) => when), own: rows.map(row => (row.accepted ? '1' : '0')).join(''), variables: [] };
    }
    case 'same':
      return { inner: [formula.formula], own: `${formula.variable}`, variables: [formula.variable] };
    case 'sum':
      return withScore(formula.score, [], `${formula.variable} ${formula.totals} ${formula.several}`, [formula.variable]);
    case 'total': {
      const totals = allTotals(formula.score);
      const tests = formula.accepts.map(({ accepts }) => accepted(accepts, totals));
      return withScore(
        formula.score,
        formula.accepts.map(({ when }) => when),
        tests.join(' '),
      );
    }
    case 'component':
      return withScore(formula.score, [], accepted(formula.accepts, formula.score.parts.flatMap(allPoints)));
    case 'unsettled':
      return withScore(formula.score, [], '');
  }
}

const TEXTS = new WeakMap<Bits, string>();

export function textOfBits(bits: Bits): string {
  const text = TEXTS.get(bits) ?? `${bits.length}:${Array.from(bits, word => word.toString(36)).join('.')}`;
  TEXTS.set(bits, text);
  return text;
}

const SKETCHES = new WeakMap<Formula, number>();

/** Whether they say the same of everybody because they are made alike, of the same or of other objects. */
export function isSameFormula(one: Formula, other: Formula): boolean {
  if (one === other) return true;
  if (one.kind !== other.kind || sketchOf(one) !== sketchOf(other)) return false;
  const [mine, theirs] = [partsOf(one), partsOf(other)];
  if (mine.own !== theirs.own || mine.inner.length !== theirs.inner.length) return false;
  return mine.inner.every((item, i) => isSameFormula(item, theirs.inner[i]!));
}

/** The same number for those that are made alike; nearly always another one for others. */
function sketchOf(formula: Formula): number {
  const known = SKETCHES.get(formula);
  if (known !== undefined) return known;
  const { inner, own } = partsOf(formula);
  let sketch = formula.kind.length;
  for (let i = 0; i < own.length; i++) sketch = (Math.imul(sketch, 31) + own.charCodeAt(i)) | 0;
  for (const item of inner) sketch = (Math.imul(sketch, 37) + sketchOf(item)) | 0;
  SKETCHES.set(formula, sketch);
  return sketch;
}

function accepted(accepts: (number: number) => boolean, numbers: readonly number[]): string {
  return numbers.map(number => (accepts(number) ? '1' : '0')).join('');
}

/** With the formulas and points of the score behind them. */
function withScore({ applies, parts }: ScoreFormula, inner: readonly Formula[], own: string, variables: readonly number[] = []): Parts {
  const written = parts.map(part =>
    part.kind === 'cells' ? [part.variable, part.points] : [part.rows.map(({ points }) => points), part.otherwise, 'rows'],
  );
  return {
    inner: [...inner, applies, ...parts.flatMap(part => (part.kind === 'rows' ? part.rows.map(({ when }) => when) : []))],
    own: `${own}|${JSON.stringify(written)}`,
    variables: [...variables, ...parts.flatMap(part => (part.kind === 'cells' ? [part.variable] : []))],
  };
}

function allPoints(part: PointsFormula): number[] {
  return part.kind === 'cells' ? part.points.flat() : [...part.rows.flatMap(({ points }) => points), ...part.otherwise];
}

const TOTALS = new WeakMap<ScoreFormula, readonly number[]>();

/** Every sum of points, one of each part. */
function allTotals(score: ScoreFormula): readonly number[] {
  const known = TOTALS.get(score);
  if (known) return known;
  const free = score.parts.map((part): PointsFormula => ({ kind: 'rows', rows: [], otherwise: allPoints(part) }));
  const totals = [...possibleTotals({ ...score, parts: free }, [])];
  TOTALS.set(score, totals);
  return totals;
}
