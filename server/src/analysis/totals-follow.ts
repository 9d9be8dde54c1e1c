/**
 * What is possible of a total where points of a component are: with these points some total is, whatever the other components give. So of whom
 * little is known a total is not taken to be sure that one of its components may break.
 */
import { type Bits, bitsWhere, hasBit } from './bits.ts';
import { any, certain, eachAtom, type Formula, not, type PointsFormula, possible, type ScoreFormula } from './formula.ts';
import { listsNone } from './point-sets.ts';
import type { Space } from './space.ts';

type Component = Extract<Formula, { kind: 'component' }>;
type Sum = Extract<Formula, { kind: 'sum' }>;

/** For the scores whose totals the formulas read, and points of components that they read too: formulas that hold for everybody. */
export function totalsFollow(space: Space, formulas: readonly Formula[]): Formula[] {
  const told: Told = { atoms: new Map(), components: new Set() };
  for (const formula of formulas) gather(formula, told);
  return space.tiesOf(formulas).flatMap(tie => (tie.kind === 'sum' ? followsFrom(space, tie, told) : []));
}

/** As many as the evaluator adds one by one. */
const MOST_SUMS = 200_000;

interface Told {
  /** By variable the cells that are told apart. */
  readonly atoms: Map<number, Set<Bits>>;
  readonly components: Set<Component>;
}

/** What a total or a table is made of is not read by itself. */
function gather(formula: Formula, told: Told): void {
  switch (formula.kind) {
    case 'atom':
      told.atoms.set(formula.variable, (told.atoms.get(formula.variable) ?? new Set()).add(formula.cells));
      return;
    case 'component':
      told.components.add(formula);
      return;
    case 'not':
    case 'certain':
      return gather(formula.item, told);
    case 'all':
    case 'any':
    case 'count':
      for (const item of formula.items) gather(item, told);
  }
}

function followsFrom(space: Space, { score, variable, totals }: Sum, { atoms, components }: Told): Formula[] {
  const read = readByWhen(space, variable);
  const size = space.variables[variable]!.cells.length;
  // Of more sums than the evaluator lists any total is possible.
  if (score.parts.some(part => listsNone(part) || pointsOf(part).length * totals.length > MOST_SUMS)) return [];
  return score.parts.flatMap((part, i) => {
    const rest = sumsWithout(score, i);
    const totalsWith = (points: readonly number[]): Formula => {
      const cells = bitsWhere(size, cell => cell < totals.length && points.some(each => rest.has(totals[cell]! - each)));
      return { kind: 'atom', variable, cells };
    };
    // One of the points may be, and then one of the totals that they give.
    const follow = (given: Formula, points: readonly number[]) => any([not(possible(given)), possible(totalsWith(points))]);
    // Surely one of them is, and then one of these totals.
    const bind = (given: Formula, points: readonly number[]) => any([not(certain(given)), certain(totalsWith(points))]);
    if (part.kind === 'rows')
      return [...components]
        .filter(each => each.score.parts[0] === part)
        .flatMap(each => {
          const points = pointsOf(part).filter(each.accepts);
          return [follow(each, points), bind(each, points)];
        });
    return [...(atoms.get(part.variable) ?? [])].flatMap(cells => {
      const given: Formula = { kind: 'atom', variable: part.variable, cells };
      const sets = [...new Map(part.points.filter((_, cell) => hasBit(cells, cell)).map(points => [points.join(), points])).values()];
      const bound = bind(given, sets.flat());
      // Values with which the score would not apply give no points: what they give together with others is not known here.
      if (read.has(part.variable)) return [bound];
      // Of points that are open each is possible.
      return sets.length === 1 ? [bound, ...sets[0]!.map(points => follow(given, [points]))] : [bound, follow(given, sets.flat())];
    });
  });
}

function readByWhen(space: Space, variable: number): ReadonlySet<number> {
  const { total, group, slot } = space.variables[variable]!;
  const score = space.ruleSet.scores.get(total!.score);
  const read = new Set<number>();
  if (score?.when) eachAtom(space.condition(score.when, { group, slot }), atom => read.add(atom));
  return read;
}

/** Every sum that the other components can give. */
function sumsWithout({ parts }: ScoreFormula, left: number): ReadonlySet<number> {
  let sums = new Set([0]);
  for (const [i, part] of parts.entries())
    if (i !== left) sums = new Set([...sums].flatMap(sum => pointsOf(part).map(points => sum + points)));
  return sums;
}

function pointsOf(part: PointsFormula): number[] {
  return [...new Set(part.kind === 'cells' ? part.points.flat() : [...part.rows.flatMap(row => row.points), ...part.otherwise])];
}
