/** Between which numbers a formula can lie, by the domains of what it reads: what lies beyond is no value of its result. */
import { Exact } from '../model/exact.ts';
import { factIn } from '../model/names.ts';
import type { DerivedFact, Fact, RuleSet, Term } from '../model/rule-set.ts';
import { convert, domainOf } from './cells.ts';

/** Both ends included; undefined where nothing bounds that side. */
export interface Ends {
  readonly low: Exact | undefined;
  readonly high: Exact | undefined;
}

const ANY: Ends = { low: undefined, high: undefined };
const NONE_BELOW: Ends = { low: Exact.of(0), high: undefined };

/** In one of the units of the fact. */
export function derivedRange(ruleSet: RuleSet, fact: Fact | DerivedFact, unit: string | undefined): Ends {
  return 'how' in fact ? rangeOf(ruleSet, fact, unit, new Set()) : domainOf(fact, unit);
}

/** Whether nought lies between what the term can give. */
export function canBeNought(ruleSet: RuleSet, of: DerivedFact, term: Term): boolean {
  const { low, high } = termRange(ruleSet, of, term, new Set([of.id]));
  const nought = Exact.of(0);
  return !(low && low.compare(nought) > 0) && !(high && high.compare(nought) < 0);
}

function rangeOf(ruleSet: RuleSet, fact: DerivedFact, unit: string | undefined, seen: ReadonlySet<string>): Ends {
  if (seen.has(fact.id)) return ANY;
  const inner = new Set([...seen, fact.id]);
  const { how } = fact;
  switch (how?.kind) {
    case 'term':
      return inOtherUnit(termRange(ruleSet, fact, how.term, inner), fact, fact.unit?.value, unit);
    case 'formulas':
      return around(how.formulas.map(one => inOtherUnit(termRange(ruleSet, fact, one.term, inner), fact, one.unit.value, unit)));
    case 'since':
      return NONE_BELOW;
    case 'table': {
      const numbers = how.rows.flatMap(({ value: { value } }) => (value instanceof Exact ? [value] : []));
      return around(numbers.map(number => inOtherUnit({ low: number, high: number }, fact, fact.unit?.value, unit)));
    }
    default:
      return ANY;
  }
}

function termRange(ruleSet: RuleSet, of: DerivedFact, term: Term, seen: ReadonlySet<string>): Ends {
  if (term.kind === 'number') return { low: term.number.value, high: term.number.value };
  if (term.kind === 'fact') {
    const fact: Fact | DerivedFact | undefined = factIn(ruleSet, of.group, term.fact.value);
    if (!fact) return ANY;
    const unit = term.unit?.value ?? fact.unit?.value;
    return 'how' in fact ? rangeOf(ruleSet, fact as DerivedFact, unit, seen) : domainOf(fact, unit);
  }
  const ranges = term.terms.map(inner => termRange(ruleSet, of, inner, seen));
  return ranges.length === 0 ? ANY : ranges.reduce((one, other) => combined(term.kind, one, other));
}

function combined(kind: Term['kind'], a: Ends, b: Ends): Ends {
  switch (kind) {
    case 'sum':
      return { low: both(a.low, b.low, add), high: both(a.high, b.high, add) };
    case 'difference':
      return { low: both(a.low, b.high, take), high: both(a.high, b.low, take) };
    case 'least':
      return { low: both(a.low, b.low, less), high: a.high && b.high ? less(a.high, b.high) : (a.high ?? b.high) };
    case 'greatest':
      return { low: a.low && b.low ? more(a.low, b.low) : (a.low ?? b.low), high: both(a.high, b.high, more) };
    case 'product':
      return product(a, b);
    case 'quotient':
      return quotient(a, b);
    default:
      return ANY;
  }
}

function product(a: Ends, b: Ends): Ends {
  if (a.low && a.high && b.low && b.high) return around([a.low, a.high].flatMap(x => [b.low!, b.high!].map(y => point(x.times(y)))));
  return isNotBelowNought(a) && isNotBelowNought(b) ? { low: a.low!.times(b.low!), high: undefined } : ANY;
}

/** Divided by nought there is no value. */
function quotient(a: Ends, b: Ends): Ends {
  const nought = Exact.of(0);
  if (a.low && a.high && b.low && b.high && b.low.compare(nought) > 0)
    return around([a.low, a.high].flatMap(x => [b.low!, b.high!].map(y => point(x.dividedBy(y)!))));
  return isNotBelowNought(a) && isNotBelowNought(b) ? NONE_BELOW : ANY;
}

function isNotBelowNought({ low }: Ends): boolean {
  return low !== undefined && low.compare(Exact.of(0)) >= 0;
}

function point(value: Exact): Ends {
  return { low: value, high: value };
}

/** The smallest range that holds all of them. */
function around(ranges: readonly Ends[]): Ends {
  return ranges.length === 0
    ? ANY
    : ranges.reduce((one, other) => ({ low: both(one.low, other.low, less), high: both(one.high, other.high, more) }));
}

function inOtherUnit({ low, high }: Ends, fact: Fact, from: string | undefined, to: string | undefined): Ends {
  return { low: low && convert(low, from, fact, to), high: high && convert(high, from, fact, to) };
}

function both(a: Exact | undefined, b: Exact | undefined, join: (a: Exact, b: Exact) => Exact): Exact | undefined {
  return a && b && join(a, b);
}

const add = (a: Exact, b: Exact) => a.plus(b);
const take = (a: Exact, b: Exact) => a.minus(b);
const less = (a: Exact, b: Exact) => (a.compare(b) <= 0 ? a : b);
const more = (a: Exact, b: Exact) => (a.compare(b) >= 0 ? a : b);
