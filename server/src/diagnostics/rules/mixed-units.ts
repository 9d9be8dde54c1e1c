/** Facts added, subtracted or compared in units that do not measure the same. */
import { factIn } from '../../model/names.ts';
import type { DerivedFact, RuleSet, Term } from '../../model/rule-set.ts';
import type { Span } from '../../text/span.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { quoted } from '../words.ts';

interface Operand {
  readonly name: string;
  readonly unit: string;
  readonly span: Span;
}

interface Mixed {
  readonly owner: string;
  readonly one: Operand;
  readonly other: Operand;
}

export const rule = defineRule<Mixed>({
  code: 'mixed-units',
  severity: 'warning',
  summary: 'A formula adds, subtracts or compares numbers in different units.',
  docs: `
A formula works on the bare numbers: 70 kg and 500 g add up to 570 of nothing. Give both facts in the same unit (\`{ "fact": "weight", "unit": "g" }\`
converts). Empirical formulas that do add unlike numbers multiply each by a factor, which this does not report.
`,

  find: ofRuleSet(function* ({ own, ruleSet }) {
    for (const derived of own.derived.values()) {
      const { how } = derived;
      if (how?.kind === 'term') yield* inTerm(how.term, derived, ruleSet);
      if (how?.kind === 'formulas') for (const { term } of how.formulas) yield* inTerm(term, derived, ruleSet);
    }
  }),

  say: ({ owner, one, other }) => ({
    span: other.span,
    message: `${quoted(one.name)} stands here in ${one.unit} and ${quoted(other.name)} in ${other.unit}, so the result has no unit and means nothing. Take both in the same unit.`,
    names: [owner, one.name, other.name],
  }),
});

function* inTerm(term: Term, derived: DerivedFact, ruleSet: RuleSet): Generator<Mixed> {
  if (term.kind === 'number' || term.kind === 'fact') return;
  for (const part of term.terms) yield* inTerm(part, derived, ruleSet);
  if (term.kind === 'product' || term.kind === 'quotient') return;
  const [one, ...others] = term.terms.flatMap(part => operandOf(part, derived.group, ruleSet));
  const other = one && others.find(({ unit }) => unit !== one.unit);
  if (one && other) yield { owner: derived.id, one, other };
}

/** A quantity that stands in the formula by itself. */
function operandOf(term: Term, group: string | undefined, ruleSet: RuleSet): Operand[] {
  if (term.kind !== 'fact') return [];
  const unit = (term.unit ?? factIn(ruleSet, group, term.fact.value)?.unit)?.value;
  return unit === undefined ? [] : [{ name: term.fact.value, unit, span: term.span }];
}

export const examples: Example[] = [
  {
    name: 'Kilograms and grams',
    text: `
{ "facts": {
    "weight": { "title": "Weight", "type": "quantity", "unit": "kg" },
    "oedema": { "title": "Oedema", "type": "quantity", "unit": "g" } },
  "derived": { "dry-weight": { "title": "Dry weight", "type": "quantity", "unit": "kg", "difference": [ { "fact": "weight" },
    { "fact": "oedema" } ] } } }
    ^^^^^^^^^^^^^^^^^^^^ warning: “weight” stands here in kg and “oedema” in g, so the result has no unit and means nothing. Take both in the same unit.
`,
  },
  {
    name: 'In one unit',
    text: `
{ "facts": {
    "weight": { "title": "Weight", "type": "quantity", "unit": "kg" },
    "oedema": { "title": "Oedema", "type": "quantity", "unit": "g" } },
  "derived": { "dry-weight": { "title": "Dry weight", "type": "quantity", "unit": "kg", "difference": [ { "fact": "weight" },
    { "fact": "oedema", "unit": "kg" } ] } } }
`,
  },
];
