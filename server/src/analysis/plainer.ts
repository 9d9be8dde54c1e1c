/** Formulas that say the same by `all`, `any` and `not` of others: what is brought into clauses is searched with foresight. */
import { bitsWhere } from './bits.ts';
import { all, any, type Formula, not, TRUE } from './formula.ts';

type Count = Extract<Formula, { kind: 'count' }>;
type Unsettled = Extract<Formula, { kind: 'unsettled' }>;

const MADE = new WeakMap<Formula, Formula | undefined>();

/** The same for every patient, whatever is unknown of him; undefined where there is no plainer one. */
export function plainer(formula: Formula): Formula | undefined {
  if (formula.kind !== 'count' && formula.kind !== 'unsettled') return undefined;
  if (!MADE.has(formula)) MADE.set(formula, formula.kind === 'count' ? plainCount(formula) : plainUnsettled(formula));
  return MADE.get(formula);
}

/** More choices than this of so many items are not written out. */
const MOST_CHOICES = 40;

/** Numbers that follow one another: at least the first of them, and not more than the last. */
function plainCount({ items, accepts }: Count): Formula | undefined {
  const numbers = Array.from({ length: items.length + 1 }, (_, i) => i).filter(accepts);
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (first === undefined || last === undefined || last - first + 1 > numbers.length) return undefined;
  const least = atLeast(items, first);
  const more = atLeast(items, last + 1);
  return least && more && all([least, not(more)]);
}

/** That so many of the items hold. */
function atLeast(items: readonly Formula[], number: number): Formula | undefined {
  if (number === 0) return TRUE;
  return choicesOf(items.length, number) > MOST_CHOICES ? undefined : any(choose(items, number).map(all));
}

function choicesOf(items: number, number: number): number {
  let choices = 1;
  for (let i = 0; i < number; i++) choices = (choices * (items - i)) / (i + 1);
  return choices;
}

function choose(items: readonly Formula[], number: number): (readonly Formula[])[] {
  if (number === 0) return [[]];
  return items.flatMap((item, i) => choose(items.slice(i + 1), number - 1).map(others => [item, ...others]));
}

/** That the points of some component are several: a matter of its cell, where it has one. */
function plainUnsettled({ score }: Unsettled): Formula | undefined {
  if (score.applies !== TRUE || !score.parts.some(({ kind }) => kind === 'cells')) return undefined;
  const rows = score.parts.filter(({ kind }) => kind === 'rows');
  const cells = score.parts.flatMap((part): Formula[] => {
    if (part.kind !== 'cells') return [];
    const { variable, points } = part;
    return [{ kind: 'atom', variable, cells: bitsWhere(points.length, cell => new Set(points[cell]).size > 1) }];
  });
  const others: Formula[] = rows.map(part => ({ kind: 'unsettled', score: { applies: TRUE, parts: [part] } }));
  return any([...cells, ...others]);
}
