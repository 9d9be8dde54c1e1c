/**
 * Where a table or a score reads twice what may be absent, the evaluator takes its values together and the formulas do not: then a patient of
 * whom less is known may show what none of the box does. Not so where knowing more takes nothing away: then whoever knows all shows it too.
 */
import type { Wanted } from './clauses.ts';
import { eachAtom, type Formula, someJoint } from './formula.ts';
import type { Space } from './space.ts';
import type { Cell } from './variables.ts';

/** Nothing is known of it, or several values are possible. */
export function isNotOne(cell: Cell): boolean {
  return cell.kind === 'absent' || (cell.kind === 'code' && cell.several === true);
}

/** Whether finding nobody is no proof for that reason. `isNone`: whether nobody shows these. */
export function hangsOnTogether(space: Space, wanted: readonly Wanted[], isNone: (wanted: readonly Wanted[]) => boolean): boolean {
  if (!space.variables.some(({ cells }) => cells.some(isNotOne))) return false;
  const twice = readTwice(space, wanted);
  if (twice.size === 0) return false;
  const reads = (formula: Formula) => someAtom(formula, variable => twice.has(variable));
  const isOpenOn = ({ formula, truth, mayStayUnknown }: Wanted) => (truth === 1 || mayStayUnknown === true) && reads(formula);
  if (wanted.some(one => (one.truth === 1 && reads(one.formula)) || (!one.mayStayUnknown && asksHowKnown(one.formula, reads)))) return true;
  // Who knows all may be impossible: but if nobody shows it who is impossible or not, nobody does.
  return wanted.some(isOpenOn) && !isNone(wanted.filter(one => !isOpenOn(one)));
}

/** The variables that may be absent and that one table or score reads twice. */
function readTwice(space: Space, wanted: readonly Wanted[]): ReadonlySet<number> {
  const twice = new Set<number>();
  for (const { formula } of wanted)
    someJoint(formula, joint => {
      const seen = new Set<number>();
      eachAtom(joint, variable => {
        const { fact, cells } = space.variables[variable]!;
        if (!fact || !cells.some(isNotOne)) return;
        if (seen.has(variable)) twice.add(variable);
        seen.add(variable);
      });
      return false;
    });
  return twice;
}

/** Whether some part asks how much is known, of what `reads` holds: that a part is certain, settled, or unknown. */
function asksHowKnown(formula: Formula, reads: (formula: Formula) => boolean): boolean {
  const inner = (one: Formula) => asksHowKnown(one, reads);
  switch (formula.kind) {
    case 'constant':
      return false;
    case 'atom':
      return formula.unknown === true && reads(formula);
    case 'certain':
    case 'unsettled':
      return reads(formula);
    case 'not':
      return inner(formula.item);
    case 'all':
    case 'any':
    case 'count':
      return formula.items.some(inner);
    case 'table':
      return formula.rows.some(({ when }) => inner(when));
    case 'same':
      return inner(formula.formula);
    case 'total':
      return formula.accepts.some(({ when }) => inner(when)) || ofScore(formula.score, inner);
    default:
      return ofScore(formula.score, inner);
  }
}

function ofScore({ applies, parts }: Extract<Formula, { kind: 'component' }>['score'], inner: (formula: Formula) => boolean): boolean {
  return inner(applies) || parts.some(part => part.kind === 'rows' && part.rows.some(({ when }) => inner(when)));
}

function someAtom(formula: Formula, holds: (variable: number) => boolean): boolean {
  let found = false;
  eachAtom(formula, variable => {
    if (holds(variable)) found = true;
  });
  return found;
}
