/** Facts, sites and decisions with one thing changed: how a number is worked out or converted, a row of a table, a link, how a decision is made. */
import { Exact } from '../model/exact.ts';
import type { Constant, Decision, DerivedFact, Fact, Item, RuleSet, Site, TableRow, Term } from '../model/rule-set.ts';
import { changedConditions, type Names } from './changed-conditions.ts';
import { moved, otherValues, without } from './changed-tests.ts';
import type { Changed } from './mutants.ts';

/** A fact before and after, with the rule set that has it. */
export interface ChangedFact extends Omit<Changed<RuleSet>, 'changed'> {
  readonly before: Fact;
  readonly after: Fact;
  readonly changed: RuleSet;
}

export function* changedFacts(ruleSet: RuleSet, names: Names): Generator<readonly [Item, ChangedFact]> {
  for (const before of ruleSet.facts.values()) for (const each of changedPlainFact(before)) yield [before, withFact(ruleSet, before, each)];
  for (const group of ruleSet.groups.values())
    for (const before of group.facts.values()) for (const each of changedPlainFact(before)) yield [before, withFact(ruleSet, before, each)];
  for (const before of ruleSet.derived.values())
    for (const each of changedDerived(before, names)) yield [before, withFact(ruleSet, before, each)];
}

function withFact(ruleSet: RuleSet, before: Fact, { changed: after, ...said }: Changed<Fact>): ChangedFact {
  return { ...said, before, after, changed: replaced(ruleSet, after) };
}

function replaced(ruleSet: RuleSet, after: Fact): RuleSet {
  if ('how' in after) return { ...ruleSet, derived: new Map([...ruleSet.derived, [after.id, after as DerivedFact]]) };
  const group = after.group === undefined ? undefined : ruleSet.groups.get(after.group);
  if (!group) return { ...ruleSet, facts: new Map([...ruleSet.facts, [after.id, after]]) };
  const other = { ...group, facts: new Map([...group.facts, [after.id, after]]) };
  const locatedGroup = ruleSet.locatedGroup?.id === group.id ? other : ruleSet.locatedGroup;
  return { ...ruleSet, groups: new Map([...ruleSet.groups, [group.id, other]]), locatedGroup };
}

/** A factor by one of its last digit, and a value that lies below another no more. */
function* changedPlainFact<F extends Fact>(fact: F): Generator<Changed<F>> {
  for (const [i, { unit, factor }] of fact.alsoIn.entries())
    for (const value of moved(factor.value).filter(each => each.compare(Exact.of(0)) > 0))
      yield {
        kind: 'unit',
        span: factor.span,
        was: `${factor.value} ${unit.value}`,
        is: `${value} ${unit.value}`,
        changed: { ...fact, alsoIn: fact.alsoIn.with(i, { unit, factor: { ...factor, value } }) },
      };
  if (!Array.isArray(fact.values)) return;
  const values = fact.values as Exclude<Fact['values'], string | undefined>;
  for (const [i, value] of values.entries())
    for (const [j, above] of value.isA.entries())
      yield {
        kind: 'link',
        span: above.span,
        was: `${value.id} is a ${above.value}`,
        is: 'left out',
        changed: { ...fact, values: values.with(i, { ...value, isA: without(value.isA, j) }) },
      };
}

function* changedDerived(fact: DerivedFact, names: Names): Generator<Changed<DerivedFact>> {
  yield* changedPlainFact(fact);
  const { how, group } = fact;
  const made = (changed: DerivedFact['how']): DerivedFact => ({ ...fact, how: changed });
  const unitsOf = (name: string) => names.factOf(name, group);
  if (how?.kind === 'term')
    for (const each of changedTerms(how.term, unitsOf)) yield { ...each, changed: made({ ...how, term: each.changed }) };
  if (how?.kind === 'formulas')
    for (const [i, formula] of how.formulas.entries())
      for (const each of changedTerms(formula.term, unitsOf))
        yield { ...each, changed: made({ ...how, formulas: how.formulas.with(i, { ...formula, term: each.changed }) }) };
  if (how?.kind === 'table')
    for (const each of changedRows(how.rows, fact, names)) yield { ...each, changed: made({ ...how, rows: each.changed }) };
}

function* changedRows(rows: readonly TableRow[], fact: DerivedFact, names: Names): Generator<Changed<readonly TableRow[]>> {
  for (const [i, row] of rows.entries()) {
    if (rows.length > 1) yield { kind: 'row', span: row.span, was: 'a row', is: 'left out', changed: without(rows, i) };
    for (const value of otherConstants(row.value, fact, names))
      yield {
        kind: 'row',
        span: row.value.span,
        was: `value ${row.value.value}`,
        is: String(value),
        changed: rows.with(i, { ...row, value: { ...row.value, value } }),
      };
    for (const each of row.when ? changedConditions(row.when, fact.group, names) : [])
      yield { ...each, changed: rows.with(i, { ...row, when: each.changed }) };
  }
}

function otherConstants({ value }: Constant, fact: DerivedFact, names: Names): readonly Constant['value'][] {
  return otherValues(value, names.factOf(fact.id, fact.group));
}

const OPERATIONS = {
  sum: 'difference',
  difference: 'sum',
  product: 'quotient',
  quotient: 'product',
  least: 'greatest',
  greatest: 'least',
} as const;

/** A constant by one of its last digit, an operation for its opposite, a fact in another of its units. */
function* changedTerms(term: Term, factOf: (name: string) => ReturnType<Names['factOf']>): Generator<Changed<Term>> {
  if (term.kind === 'number') {
    for (const value of moved(term.number.value))
      yield {
        kind: 'constant',
        span: term.span,
        was: String(term.number.value),
        is: String(value),
        changed: { ...term, number: { ...term.number, value } },
      };
    return;
  }
  if (term.kind === 'fact') {
    const fact = factOf(term.fact.value);
    const own = term.unit?.value ?? fact?.unit?.value;
    const other = fact?.unit && [fact.unit, ...fact.alsoIn.map(({ unit }) => unit)].find(({ value }) => value !== own);
    if (other)
      yield { kind: 'unit', span: term.unit?.span ?? term.span, was: own ?? '', is: other.value, changed: { ...term, unit: other } };
    return;
  }
  const isOf2 = term.terms.length === 2 || term.kind === 'least' || term.kind === 'greatest';
  const is = OPERATIONS[term.kind];
  if (isOf2) yield { kind: 'constant', span: term.span, was: term.kind, is, changed: { ...term, kind: is } };
  for (const [i, one] of term.terms.entries())
    for (const each of changedTerms(one, factOf)) yield { ...each, changed: { ...term, terms: term.terms.with(i, each.changed) } };
}

/** A site that is part of another no more. */
export function* changedSites(ruleSet: RuleSet): Generator<readonly [Site, Changed<RuleSet>]> {
  for (const site of ruleSet.sites.values())
    for (const [i, above] of site.partOf.entries()) {
      const changed = { ...site, partOf: without(site.partOf, i) };
      yield [
        site,
        {
          kind: 'link',
          span: above.span,
          was: `${site.id} is part of ${above.value}`,
          is: 'left out',
          changed: { ...ruleSet, sites: new Map([...ruleSet.sites, [site.id, changed]]) },
        },
      ];
    }
}

const RESOLVES = { strictest: 'single', single: 'first', first: 'single', collect: 'strictest' } as const;

/** How several answers make one, the order of two values, and whether each record has its own. */
export function* changedDecisions(ruleSet: RuleSet): Generator<readonly [Decision, Changed<RuleSet>]> {
  for (const decision of ruleSet.decisions.values()) {
    const made = (changed: Decision) => ({ ...ruleSet, decisions: new Map([...ruleSet.decisions, [decision.id, changed]]) });
    const { resolve, each, values, idSpan: span } = decision;
    const is = RESOLVES[resolve];
    if (each)
      yield [
        decision,
        {
          kind: 'decision',
          span: each.span,
          was: `each of ${each.value}`,
          is: 'left out',
          changed: made({ ...decision, each: undefined }),
        },
      ];
    else yield [decision, { kind: 'decision', span, was: `resolved by ${resolve}`, is, changed: made({ ...decision, resolve: is }) }];
    if (resolve !== 'strictest') continue;
    for (let i = 0; i + 1 < values.length; i++) {
      const [one, other] = [values[i]!, values[i + 1]!];
      const changed = made({ ...decision, values: values.with(i, other).with(i + 1, one) });
      yield [decision, { kind: 'decision', span: one.idSpan, was: `${one.id} before ${other.id}`, is: 'after it', changed }];
    }
  }
}
