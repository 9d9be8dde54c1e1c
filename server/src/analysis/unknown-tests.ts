/** Tests whether something is unknown: two-valued, and for what is absent, open or incomplete true. */
import { factIn } from '../model/names.ts';
import type { DerivedFact, TableRow } from '../model/rule-set.ts';
import { bitsWhere } from './bits.ts';
import { any, certain, type Formula, not, TRUE, UNKNOWN } from './formula.ts';
import { isDerived } from './gather.ts';
import { scoreUnknown } from './score-formula.ts';
import { isUnlisted, PATIENT, type Scope, type Space } from './space.ts';
import { type Cell, constantCell } from './variables.ts';

export function unknownTest(space: Space, what: 'fact' | 'score' | 'group', name: string, scope: Scope): Formula {
  if (what === 'group') return space.incomplete(name);
  if (what === 'score') return scoreUnknown(space, name, scope);
  const fact = factIn(space.ruleSet, scope.group, name);
  if (!fact) return UNKNOWN;
  if (isDerived(fact) && fact.how?.kind === 'table') return tableUnknown(space, fact, fact.how.rows, scope);
  if (isUnlisted(fact, scope)) return TRUE;
  const variable = space.factVariable(fact, scope);
  const { cells } = space.variables[variable]!;
  return { kind: 'atom', variable, cells: bitsWhere(cells.length, cell => isUnknown(cells[cell]!)), unknown: true };
}

function isUnknown(cell: Cell): boolean {
  return cell.kind === 'absent' || (cell.kind === 'code' && cell.several === true);
}

/** That no one value of the table is certain. */
function tableUnknown(space: Space, fact: DerivedFact, rows: readonly TableRow[], scope: Scope): Formula {
  const inside = fact.group === undefined ? PATIENT : scope;
  const whens = rows.map(({ when }) => space.condition(when, inside));
  const texts = rows.map(({ value }) => textOfOne(constantCell(space.ruleSet, fact, value.value)));
  const each = [...new Set(texts)].map(
    (text): Formula => ({ kind: 'table', rows: whens.map((when, i) => ({ when, accepted: text !== undefined && texts[i] === text })) }),
  );
  return not(certain(any(each)));
}

/** Undefined where it may be one of several values. */
function textOfOne(cell: Cell): string | undefined {
  if (cell.kind === 'code') return cell.several ? undefined : cell.values[0];
  return 'value' in cell ? String(cell.value) : undefined;
}
