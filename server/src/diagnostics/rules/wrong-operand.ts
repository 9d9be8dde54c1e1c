/** A formula, table or component that reads a fact of a type it cannot use. */
import { isNumeric } from '../../analysis/fact-values.ts';
import { Exact } from '../../model/exact.ts';
import { factIn } from '../../model/names.ts';
import type { DerivedFact, FactType, Name, RuleSet, Score, Term } from '../../model/rule-set.ts';
import { areCommensurable } from '../../model/units.ts';
import type { Span } from '../../text/span.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { TYPE_WORDS } from '../types.ts';
import { quoted } from '../words.ts';

interface Wrong {
  readonly owner: string;
  readonly name: string;
  readonly span: Span;
  readonly found: string;
  readonly needed: string;
}

export const rule = defineRule<Wrong>({
  code: 'wrong-operand',
  severity: 'error',
  summary: 'A derived fact or score reads a fact of a type it cannot use, or gives a value of another type than declared.',
  docs: `
Formulas are made of numbers: integers, decimals and quantities. \`by\` names a quantity, since its unit chooses the formula; \`since\` a date, and its
result is a time; \`from\` a code; intervals and \`"fact"\` alone a number; \`voidedBy\` dates. A table gives values of the type the derived fact
declares. Anything else stays unknown for every patient.
`,

  find: ofRuleSet(function* ({ own, ruleSet }) {
    for (const derived of own.derived.values()) yield* inDerived(derived, ruleSet);
    for (const score of own.scores.values()) yield* inScore(score, ruleSet);
  }),

  say: ({ owner, name, span, found, needed }) => ({
    span,
    message: `${quoted(name)} ${found}, but ${needed} is needed here, so ${quoted(owner)} can never be worked out. Name another fact, or declare it otherwise.`,
    names: [owner, name],
  }),
});

function* inDerived(derived: DerivedFact, ruleSet: RuleSet): Generator<Wrong> {
  const { id, group, how, type } = derived;
  const operand = (name: Name, types: readonly FactType[], needed: string) => check(id, name, group, types, needed, ruleSet);
  if (how?.kind === 'term' || how?.kind === 'formulas') {
    if (!isNumeric(derived))
      yield { owner: id, name: id, span: derived.idSpan, found: TYPE_WORDS[type], needed: 'a number, which a formula gives,' };
    for (const term of how.kind === 'term' ? [how.term] : how.formulas.map(formula => formula.term))
      for (const name of factsOf(term)) yield* operand(name, NUMERIC, 'a number');
  }
  if (how?.kind === 'formulas' && how.by) yield* operand(how.by, ['quantity'], 'a quantity');
  if (how?.kind === 'since') {
    yield* operand(how.event, ['date'], 'a date');
    if (type !== 'quantity' || (derived.unit && areCommensurable(derived.unit.value, 's') === false))
      yield {
        owner: id,
        name: id,
        span: derived.unit?.span ?? derived.idSpan,
        found: `is measured in ${derived.unit?.value ?? 'no unit'}`,
        needed: 'a unit of time',
      };
  }
  if (how?.kind !== 'table') return;
  for (const { value } of how.rows)
    if (!fits(type, value.value))
      yield {
        owner: id,
        name: `${value.value}`,
        span: value.span,
        found: 'stands in the table',
        needed: `a value for a fact that ${TYPE_WORDS[type]}`,
      };
}

function* inScore({ id, of, components, voidedBy }: Score, ruleSet: RuleSet): Generator<Wrong> {
  const group = of?.value;
  for (const name of voidedBy) yield* check(id, name, group, ['date'], 'a date', ruleSet);
  for (const { how } of components.values()) {
    if (how?.kind === 'options' && how.from) yield* check(id, how.from, group, ['code', 'side'], 'a code', ruleSet);
    if (how?.kind === 'value' || how?.kind === 'intervals') yield* check(id, how.fact, group, NUMERIC, 'a number', ruleSet);
  }
}

const NUMERIC: readonly FactType[] = ['integer', 'decimal', 'quantity'];

function* check(
  owner: string,
  name: Name,
  group: string | undefined,
  types: readonly FactType[],
  needed: string,
  ruleSet: RuleSet,
): Generator<Wrong> {
  const fact = factIn(ruleSet, group, name.value);
  if (fact && !types.includes(fact.type)) yield { owner, name: name.value, span: name.span, found: TYPE_WORDS[fact.type], needed };
}

function factsOf(term: Term): Name[] {
  if (term.kind === 'fact') return [term.fact];
  return term.kind === 'number' ? [] : term.terms.flatMap(factsOf);
}

/** Codes are looked up by `undefined-value`; here only the kind of value counts. */
function fits(type: FactType, value: boolean | string | Exact): boolean {
  if (type === 'boolean') return typeof value === 'boolean';
  return type === 'code' || type === 'side' || type === 'date' ? typeof value === 'string' : value instanceof Exact;
}

export const examples: Example[] = [
  {
    name: 'Sums are made of numbers',
    text: `
{ "facts": {
    "weight": { "title": "Weight", "type": "quantity", "unit": "kg" },
    "sex": { "title": "Sex", "type": "code", "values": ["female", "male"] } },
  "derived": {
    "burden": { "title": "Burden", "type": "decimal", "sum": [ { "fact": "weight" },
      { "fact": "sex" } ] },
                ^^^^^ error: “sex” has a closed list of values, but a number is needed here, so “burden” can never be worked out. Name another fact, or declare it otherwise.
    "age-group": { "title": "Age group", "type": "integer", "table": [
      { "value": "old" } ] } } }
                 ^^^^^ error: “old” stands in the table, but a value for a fact that is a whole number is needed here, so “age-group” can never be worked out. Name another fact, or declare it otherwise.
`,
  },
  {
    name: 'Time since a date',
    text: `
{ "facts": { "fever-ended-on": { "title": "Fever ended", "type": "date" }, "weight": { "title": "Weight", "type": "quantity", "unit": "kg" } },
  "derived": {
    "fever-free": { "title": "Free of fever", "type": "quantity", "unit": "h", "since": "fever-ended-on" },
    "wrong": { "title": "Wrong", "type": "quantity", "unit": "h",
      "since": "weight" } } }
               ^^^^^^^^ error: “weight” is a quantity, but a date is needed here, so “wrong” can never be worked out. Name another fact, or declare it otherwise.
`,
  },
  {
    name: 'A formula of numbers',
    text: `
{ "facts": { "weight": { "title": "Weight", "type": "quantity", "unit": "kg" } },
  "derived": { "half": { "title": "Half", "type": "quantity", "unit": "kg", "quotient": [ { "fact": "weight" }, 2 ] } } }
`,
  },
];
