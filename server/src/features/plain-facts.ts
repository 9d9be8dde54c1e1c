/** What is recorded of a patient and what is derived from it, in plain words. */
import type { CodeValue, DerivedFact, Fact, RuleSet, Term } from '../model/rule-set.ts';
import type { PlainBlock, PlainItem, PlainRow } from './plain-model.ts';
import { chapter, groundsOf, heading, placeOf, plainItem, unitName } from './plain-words.ts';
import { conditionText, groupTitle } from './sentences.ts';
import { factOf, factTitle, titleOf, valueTitle } from './titles.ts';
import { amountText, capitalised, inSentence, listText, named, spoken } from './words.ts';

export function plainFacts(ruleSet: RuleSet): readonly PlainBlock[] {
  const groups = [...ruleSet.groups.values()].flatMap(group => [
    heading(3, `For each ${groupTitle(ruleSet, group.id)}`, placeOf(group)),
    factTable([...group.facts.values()]),
  ]);
  const own = ruleSet.facts.size > 0 ? [factTable([...ruleSet.facts.values()])] : [];
  return chapter('What is recorded', [...own, ...groups]);
}

/** A row for each fact. */
export function factTable(facts: readonly Fact[]): PlainBlock {
  return { kind: 'table', head: ['Fact', 'Recorded as', 'Code'], rows: facts.map(factRow) };
}

function factRow(fact: Fact): PlainRow {
  const must = fact.required ? '; must be recorded' : '';
  const code = fact.code ? `${fact.code.system} ${fact.code.code}${fact.code.display ? ` (${fact.code.display})` : ''}` : '';
  return { cells: [titleOf(fact, fact.id), `${recordedAs(fact)}${must}`, code], place: placeOf(fact) };
}

/** `mmol/L, 0 to 100; also in mg/dL (1 mmol/L is 2.8 mg/dL)`. */
export function recordedAs(fact: Fact): string {
  switch (fact.type) {
    case 'boolean':
      return 'yes or no';
    case 'integer':
      return `whole number${domainText(fact)}`;
    case 'decimal':
      return `number${domainText(fact)}`;
    case 'quantity':
      return quantityText(fact);
    case 'code':
      return valuesText(fact.values);
    case 'side':
      return 'left or right';
    case 'date':
      return 'date, or never';
    case 'text':
      return 'free text, which no rule tests';
  }
}

function quantityText(fact: Fact): string {
  const unit = fact.unit?.value ?? '';
  const also = fact.alsoIn.map(
    ({ unit: other, factor }) =>
      `also in ${unitName(other.value)} (${amountText('1', unit)} is ${amountText(factor.value.toString(), other.value)})`,
  );
  return [`${unitName(unit)}${domainText(fact)}`, ...also].join('; ');
}

function domainText({ minimum, maximum }: Fact): string {
  if (minimum && maximum) return `, ${minimum.value} to ${maximum.value}`;
  if (minimum) return `, at least ${minimum.value}`;
  return maximum ? `, at most ${maximum.value}` : '';
}

const SECTIONS = { sites: 'a site', activities: 'an activity', interventions: 'an intervention', assessments: 'an assessment' } as const;

/** `solid tumour (breast or lung), lymphoma or not found`: what is a kind of another stands behind it. */
function valuesText(values: Fact['values']): string {
  if (typeof values === 'string') return SECTIONS[values];
  const all = values ?? [];
  const kindsOf = (id: string) => all.filter(({ isA }) => isA.some(({ value }) => value === id));
  const told = new Set<string>();
  // Told once with its kinds: values may be kinds of each other in a circle.
  const text = (value: CodeValue): string => {
    const below = told.has(value.id) ? [] : kindsOf(value.id);
    told.add(value.id);
    const kinds = below.map(text);
    return kinds.length ? `${titleOfValue(value)} (${listText(kinds, 'or')})` : titleOfValue(value);
  };
  const known = new Set(all.map(({ id }) => id));
  const tops = all.filter(({ isA }) => !isA.some(({ value }) => known.has(value)));
  const shown = tops.length ? tops.map(text) : all.map(titleOfValue);
  return listText(shown, 'or');
}

function titleOfValue({ id, title }: CodeValue): string {
  return inSentence(title ?? spoken(id));
}

export function plainDerived(ruleSet: RuleSet): readonly PlainBlock[] {
  return chapter(
    'What is derived from it',
    [...ruleSet.derived.values()].flatMap(derived => derivedBlocks(ruleSet, derived)),
  );
}

/** One derived fact: its formula in words, or its table. */
export function derivedBlocks(ruleSet: RuleSet, derived: DerivedFact): readonly PlainBlock[] {
  const rows = tableRows(ruleSet, derived);
  const list: PlainBlock = { kind: 'list', items: [derivedItem(ruleSet, derived)] };
  return rows.length ? [list, { kind: 'table', head: ['If', 'Value'], rows }] : [list];
}

function derivedItem(ruleSet: RuleSet, derived: DerivedFact): PlainItem {
  const whose = derived.group === undefined ? '' : ` For each ${groupTitle(ruleSet, derived.group)}.`;
  const unit = derived.unit ? ` In ${recordedAs(derived)}.` : '';
  return plainItem(derived, `${howText(ruleSet, derived)}.${unit}${whose}`, [
    ...formulasText(ruleSet, derived),
    ...groundsOf(ruleSet, derived),
  ]);
}

function howText(ruleSet: RuleSet, derived: DerivedFact): string {
  const { how, group } = derived;
  switch (how?.kind) {
    case 'term':
      return capitalised(termText(ruleSet, how.term, group));
    case 'since':
      return `The time since: ${inSentence(factTitle(ruleSet, how.event.value, group))}`;
    case 'formulas':
      return how.by ? `By the unit in which ${inSentence(factTitle(ruleSet, how.by.value, group))} is recorded` : 'A formula for each unit';
    case 'table':
      return 'The first row that holds';
    default:
      return 'Cannot be read';
  }
}

function formulasText(ruleSet: RuleSet, { how, group }: DerivedFact): string[] {
  if (how?.kind !== 'formulas') return [];
  return how.formulas.map(({ unit, term }) => `In ${unitName(unit.value)}: ${termText(ruleSet, term, group)}.`);
}

const SIGNS = { sum: ' + ', difference: ' − ', product: ' × ', quotient: ' ÷ ' } as const;

const RANKS: Readonly<Record<string, number>> = { sum: 1, difference: 1, product: 2, quotient: 2 };

/** `calcium (mg/dL) + 0.8 × (4 − albumin (g/dL))`. What is taken away or divided by is put in brackets, and what binds less than what it stands in. */
function termText(ruleSet: RuleSet, term: Term, group: string | undefined): string {
  if (term.kind === 'number') return term.number.value.toString();
  if (term.kind === 'fact') {
    const title = named(factTitle(ruleSet, term.fact.value, group));
    const unit = term.unit?.value ?? factOf(ruleSet, term.fact.value, group)?.unit?.value;
    return unit === undefined || unit === '1' ? title : `${title} (${unitName(unit)})`;
  }
  const parts = term.terms.map(each => termText(ruleSet, each, group));
  if (term.kind === 'least' || term.kind === 'greatest') return `the ${term.kind} of ${listText(parts)}`;
  const rank = RANKS[term.kind]!;
  const isOpen = (each: Term, i: number) => {
    const own = RANKS[each.kind];
    return own !== undefined && (own < rank || (own === rank && i > 0 && term.kind !== 'sum' && term.kind !== 'product'));
  };
  return term.terms.map((each, i) => (isOpen(each, i) ? `(${parts[i]})` : parts[i])).join(SIGNS[term.kind]);
}

function tableRows(ruleSet: RuleSet, { how, file, group, ...fact }: DerivedFact): PlainRow[] {
  if (how?.kind !== 'table') return [];
  return how.rows.map(({ when, value, span }) => ({
    cells: [
      when ? capitalised(conditionText(ruleSet, when, group)) : 'Otherwise',
      amountText(
        valueTitle(ruleSet, { ...fact, file, group }, value.value),
        typeof value.value === 'object' ? fact.unit?.value : undefined,
      ),
    ],
    place: { file, span },
  }));
}
