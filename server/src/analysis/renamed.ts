/** A formula about another patient who has all the same values but some: those stand in variables of their own. */
import type { Formula, PointsFormula, ScoreFormula } from './formula.ts';

export function renamed(formula: Formula, to: ReadonlyMap<number, number>): Formula {
  const again = (inner: Formula) => renamed(inner, to);
  const other = (variable: number) => to.get(variable) ?? variable;
  switch (formula.kind) {
    case 'constant':
      return formula;
    case 'atom':
      return { ...formula, variable: other(formula.variable) };
    case 'not':
    case 'certain':
      return { ...formula, item: again(formula.item) };
    case 'all':
    case 'any':
    case 'count':
      return { ...formula, items: formula.items.map(again) };
    case 'table':
      return { ...formula, rows: formula.rows.map(row => ({ ...row, when: again(row.when) })) };
    case 'total':
      return {
        ...formula,
        score: renamedScore(formula.score, to),
        accepts: formula.accepts.map(each => ({ ...each, when: again(each.when) })),
      };
    case 'sum':
      return { ...formula, variable: other(formula.variable), score: renamedScore(formula.score, to) };
    case 'same':
      return { ...formula, variable: other(formula.variable), formula: again(formula.formula) };
    case 'component':
    case 'unsettled':
      return { ...formula, score: renamedScore(formula.score, to) };
  }
}

function renamedScore({ applies, parts }: ScoreFormula, to: ReadonlyMap<number, number>): ScoreFormula {
  return { applies: renamed(applies, to), parts: parts.map(part => renamedPart(part, to)) };
}

function renamedPart(part: PointsFormula, to: ReadonlyMap<number, number>): PointsFormula {
  if (part.kind === 'cells') return { ...part, variable: to.get(part.variable) ?? part.variable };
  return { ...part, rows: part.rows.map(row => ({ ...row, when: renamed(row.when, to) })) };
}
