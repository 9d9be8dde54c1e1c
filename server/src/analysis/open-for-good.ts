/** What can stay open even for a patient of whom all is known. */
import { type Formula, type PointsFormula, TRUE } from './formula.ts';

/** Whether the formula can be unknown for a single patient: where a table has no row, or points are open. */
export function mayStayOpen(formula: Formula): boolean {
  switch (formula.kind) {
    case 'constant':
      return formula.truth === 1;
    case 'atom':
    case 'certain':
    case 'sum':
      return false;
    case 'not':
      return mayStayOpen(formula.item);
    case 'same':
      return mayStayOpen(formula.formula);
    case 'all':
    case 'any':
    case 'count':
      return formula.items.some(mayStayOpen);
    case 'table':
      return formula.rows.at(-1)?.when !== TRUE || formula.rows.some(({ when }) => mayStayOpen(when));
    default:
      return mayStayOpen(formula.score.applies) || formula.score.parts.some(haveOpenPoints);
  }
}

/** Whether the points can be open for a single patient. */
export function haveOpenPoints(part: PointsFormula): boolean {
  const isOpen = (points: readonly number[]) => new Set(points).size !== 1;
  if (part.kind === 'cells') return part.points.some(isOpen);
  return isOpen(part.otherwise) || part.rows.some(({ when, points }) => isOpen(points) || mayStayOpen(when));
}
