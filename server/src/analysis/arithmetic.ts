/** Inputs that make a formula give a wanted number: one fact is solved for exactly, the others take plain values of their domains. */
import { Exact } from '../model/exact.ts';
import { factIn } from '../model/names.ts';
import type { DerivedFact, Fact, RuleSet, Term, WrittenNumber } from '../model/rule-set.ts';
import { convert } from './cells.ts';
import { isDerived } from './gather.ts';

export interface Input {
  readonly fact: Fact;
  readonly value: Exact;
  readonly unit: string | undefined;
}

/** `known` has the facts that are settled already. Undefined where no single fact can be solved for within its domain. */
export function inputsFor(
  ruleSet: RuleSet,
  derived: DerivedFact,
  wanted: Exact,
  unit: string | undefined,
  known: ReadonlyMap<Fact, Input>,
): Input[] | undefined {
  const term = termFor(derived, unit);
  for (const whole of term ? inlined(ruleSet, derived, term) : []) {
    const inputs = inputsOf(ruleSet, derived, whole, wanted, known);
    if (inputs) return inputs;
  }
  return undefined;
}

/** More ways than this to take the values of tables are not tried. */
const MOST_WAYS = 6;

/** The formula with those of the facts it reads in place of them, down to what is recorded; of a table the number of each row in turn. */
function inlined(ruleSet: RuleSet, of: DerivedFact, term: Term, seen: ReadonlySet<string> = new Set([of.id])): Term[] {
  if (term.kind === 'number') return [term];
  if (term.kind !== 'fact') {
    let ways: Term[][] = [[]];
    for (const inner of term.terms)
      ways = inlined(ruleSet, of, inner, seen)
        .flatMap(one => ways.map(way => [...way, one]))
        .slice(0, MOST_WAYS);
    return ways.map(terms => ({ ...term, terms }));
  }
  const fact: Fact | DerivedFact | undefined = factIn(ruleSet, of.group, term.fact.value);
  if (!fact || !isDerived(fact) || seen.has(fact.id)) return [term];
  const { how } = fact;
  const { span } = term;
  const number = (value: Exact): Term => ({ kind: 'number', number: { value, span, text: value.toString() } as WrittenNumber, span });
  const factor = convert(Exact.of(1), fact.unit?.value, fact, term.unit?.value ?? fact.unit?.value);
  const inOwnUnit = (inner: Term): Term =>
    !factor || factor.equals(Exact.of(1)) ? inner : { kind: 'product', terms: [number(factor), inner], span };
  if (how?.kind === 'table') {
    const numbers = how.rows.flatMap(({ value: { value } }) => (value instanceof Exact ? [inOwnUnit(number(value))] : []));
    return numbers.length > 0 ? numbers : [term];
  }
  const inner = termFor(fact, fact.unit?.value);
  return inner ? inlined(ruleSet, fact, inner, new Set([...seen, fact.id])).map(inOwnUnit) : [term];
}

function inputsOf(ruleSet: RuleSet, derived: DerivedFact, term: Term, wanted: Exact, known: ReadonlyMap<Fact, Input>): Input[] | undefined {
  const uses = factsIn(ruleSet, term, derived.group);
  const free = uses.filter(({ fact }) => !known.has(fact));
  for (const solved of free) {
    if (uses.filter(({ fact }) => fact === solved.fact).length !== 1) continue;
    for (const others of choices(
      free.filter(use => use !== solved),
      constantsIn(term),
    )) {
      const chosen = new Map([...known, ...others.map(input => [input.fact, input] as const)]);
      const value = solve(ruleSet, derived.group, term, wanted, solved.fact, chosen);
      if (value && inDomain(solved, value)) return [...others, { fact: solved.fact, value, unit: solved.unit }];
    }
  }
  return undefined;
}

interface Use {
  readonly fact: Fact;
  readonly unit: string | undefined;
}

function termFor({ how }: DerivedFact, unit: string | undefined): Term | undefined {
  if (how?.kind === 'term') return how.term;
  if (how?.kind === 'formulas') return (how.formulas.find(({ unit: one }) => one.value === unit) ?? how.formulas[0])?.term;
  return undefined;
}

function factsIn(ruleSet: RuleSet, term: Term, group: string | undefined): Use[] {
  if (term.kind === 'number') return [];
  if (term.kind !== 'fact') return term.terms.flatMap(inner => factsIn(ruleSet, inner, group));
  const fact = factIn(ruleSet, group, term.fact.value);
  return fact ? [{ fact, unit: term.unit?.value ?? fact.unit?.value }] : [];
}

function constantsIn(term: Term): Exact[] {
  if (term.kind === 'number') return [term.number.value];
  return term.kind === 'fact' ? [] : term.terms.flatMap(constantsIn);
}

/** At most this many combinations are tried. */
const MOST_CHOICES = 200;

/** Numbers that stand in the formula come first, the one nearest the middle of the domain before others: an input is held against it there (a normal albumin). */
function choices(uses: readonly Use[], constants: readonly Exact[]): Input[][] {
  let rows: Input[][] = [[]];
  for (const use of uses) {
    const [middle, ...ends] = bounds(use);
    const near = (value: Exact) => Math.abs(value.double - (middle ?? value).double);
    const values = [...[...constants].sort((a, b) => near(a) - near(b)), ...(middle ? [middle] : []), ...ends, Exact.of(1)]
      .filter(value => inDomain(use, value))
      .slice(0, 6);
    rows = rows.flatMap(row => values.map(value => [...row, { fact: use.fact, value, unit: use.unit }])).slice(0, MOST_CHOICES);
  }
  return rows;
}

function bounds({ fact, unit }: Use): Exact[] {
  const [low, high] = [fact.minimum, fact.maximum].map(end => end && convert(end.value, fact.unit?.value, fact, unit));
  const middle = low && high ? [Exact.of(Math.round((low.double + high.double) / 2))] : [];
  return [...middle, ...[low, high].filter(end => end !== undefined)];
}

function inDomain({ fact, unit }: Use, value: Exact): boolean {
  const own = convert(value, unit, fact, fact.unit?.value);
  if (!own || (fact.type === 'integer' && !own.isInteger())) return false;
  return !(fact.minimum && own.compare(fact.minimum.value) < 0) && !(fact.maximum && own.compare(fact.maximum.value) > 0);
}

/** The value of `unknown` for which the term gives `wanted`. */
function solve(
  ruleSet: RuleSet,
  group: string | undefined,
  term: Term,
  wanted: Exact,
  unknown: Fact,
  known: ReadonlyMap<Fact, Input>,
): Exact | undefined {
  if (term.kind === 'number') return undefined;
  if (term.kind === 'fact') return factIn(ruleSet, group, term.fact.value) === unknown ? wanted : undefined;
  const at = term.terms.findIndex(inner => factsIn(ruleSet, inner, group).some(({ fact }) => fact === unknown));
  const others = term.terms.filter((_, i) => i !== at).map(inner => computed(ruleSet, group, inner, known));
  if (at < 0 || others.some(other => other === undefined)) return undefined;
  const target = undo(term.kind, wanted, others as Exact[], at);
  return target && solve(ruleSet, group, term.terms[at]!, target, unknown, known);
}

function undo(kind: string, wanted: Exact, others: readonly Exact[], at: number): Exact | undefined {
  const [first] = others;
  switch (kind) {
    case 'sum':
      return others.reduce((rest, other) => rest.minus(other), wanted);
    case 'product':
      return others.reduce<Exact | undefined>((rest, other) => rest?.dividedBy(other), wanted);
    case 'difference':
      return at === 0 ? wanted.plus(first!) : first!.minus(wanted);
    case 'quotient':
      return at === 0 ? wanted.times(first!) : first!.dividedBy(wanted);
    case 'least':
      return others.every(other => other.compare(wanted) >= 0) ? wanted : undefined;
    case 'greatest':
      return others.every(other => other.compare(wanted) <= 0) ? wanted : undefined;
    default:
      return undefined;
  }
}

function computed(ruleSet: RuleSet, group: string | undefined, term: Term, known: ReadonlyMap<Fact, Input>): Exact | undefined {
  if (term.kind === 'number') return term.number.value;
  if (term.kind === 'fact') {
    const fact = factIn(ruleSet, group, term.fact.value);
    const input = fact && known.get(fact);
    return input && convert(input.value, input.unit, fact, term.unit?.value ?? fact.unit?.value);
  }
  const values = term.terms.map(inner => computed(ruleSet, group, inner, known));
  if (values.some(value => value === undefined) || values.length === 0) return undefined;
  return (values as Exact[]).reduce<Exact | undefined>(
    (result, value, i) => (i === 0 ? value : result && apply(term.kind, result, value)),
    undefined,
  );
}

function apply(kind: string, a: Exact, b: Exact): Exact | undefined {
  switch (kind) {
    case 'sum':
      return a.plus(b);
    case 'product':
      return a.times(b);
    case 'difference':
      return a.minus(b);
    case 'quotient':
      return a.dividedBy(b);
    case 'least':
      return a.compare(b) <= 0 ? a : b;
    default:
      return a.compare(b) >= 0 ? a : b;
  }
}
