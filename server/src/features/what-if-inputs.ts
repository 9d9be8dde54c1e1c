/** What of a patient can be changed to see what follows: each input with its kind, its values, its domain and the thresholds in it. */
import { Exact } from '../model/exact.ts';
import { valueHierarchy } from '../model/hierarchy.ts';
import type { Patient, PatientFact, PatientRecord, PatientValue } from '../model/patient.ts';
import type { Component, Fact, Group, RuleSet, Score, Threshold } from '../model/rule-set.ts';
import { conversionFactor } from '../model/units.ts';
import type { Reading } from './reading.ts';
import { factTitle, recordName, scoreName, titleOf, valueTitle } from './titles.ts';
import type { PreviewWhatIf, WhatIfChoice, WhatIfInput, WhatIfMark } from './what-if-model.ts';
import { capitalised, inSentence, spoken, unitText } from './words.ts';

/** `base` is the patient without the changes that are being tried. */
export function whatIfOf({ ruleSet, patient }: Reading, base: Patient): PreviewWhatIf {
  const own: Holder = { path: [], group: undefined, now: patient, before: base, whom: '' };
  return {
    inputs: inputsOf(ruleSet, own),
    groups: [...ruleSet.groups.values()].map(group => {
      const records = patient.groups.get(group.id)?.records ?? [];
      const before = base.groups.get(group.id)?.records ?? [];
      return {
        id: group.id,
        title: titleOf(group, group.id),
        one: inSentence(titleOf(group, group.id)),
        complete: patient.groups.get(group.id)?.complete ?? false,
        records: records.map(record => {
          const old = before.find(({ id }) => id === record.id);
          const name = recordName(ruleSet, group.id, record).name;
          const path = ['groups', group.id, record.id];
          return {
            id: record.id,
            name,
            added: !old,
            inputs: inputsOf(ruleSet, { path, group, now: record, before: old, whom: record.id }),
          };
        }),
        removed: before.filter(({ id }) => !records.some(record => record.id === id)).map(({ id }) => id),
        next: freeId(records, before),
      };
    }),
  };
}

/** The patient or one record, as it is and as it was. */
interface Holder {
  readonly path: readonly string[];
  readonly group: Group | undefined;
  readonly now: Patient | PatientRecord;
  readonly before: Patient | PatientRecord | undefined;
  readonly whom: string;
}

/** Letters as a clinician gives them; after z with a number. */
function freeId(...lists: readonly (readonly PatientRecord[])[]): string {
  const taken = new Set(lists.flat().map(({ id }) => id));
  for (let i = 0; ; i++) {
    const id = 'abcdefghijklmnopqrstuvwxyz'.charAt(i % 26) + (i < 26 ? '' : String(Math.floor(i / 26)));
    if (!taken.has(id)) return id;
  }
}

function inputsOf(ruleSet: RuleSet, holder: Holder): WhatIfInput[] {
  const facts = holder.group ? holder.group.facts : ruleSet.facts;
  const own = [...facts.values()].filter(({ type }) => type !== 'text').map(fact => factInput(ruleSet, fact, holder));
  const scores = [...ruleSet.scores.values()].filter(score => score.of?.value === holder.group?.id);
  const parts = scores.flatMap(score => [...score.components.values()].flatMap(part => componentInput(ruleSet, score, part, holder)));
  return [...own, ...parts];
}

function factInput(ruleSet: RuleSet, fact: Fact, holder: Holder): WhatIfInput {
  const recorded = holder.now.facts.get(fact.id);
  const unit = recorded?.values[0]?.unit?.value ?? fact.unit?.value;
  return {
    path: [...holder.path, 'facts', fact.id],
    title: capitalised(factTitle(ruleSet, fact.id, holder.group?.id)),
    ...kindOf(ruleSet, fact, unit),
    ...stateOf(recorded, holder.before?.facts.get(fact.id), value => valueText(ruleSet, fact, value)),
  };
}

function kindOf(
  ruleSet: RuleSet,
  fact: Fact,
  unit: string | undefined,
): Pick<WhatIfInput, 'kind' | 'unit' | 'unitText' | 'choices' | 'least' | 'most' | 'whole' | 'marks'> {
  const none = { unit: undefined, unitText: '', choices: [], least: undefined, most: undefined, whole: false, marks: [] };
  switch (fact.type) {
    case 'boolean':
      return { ...none, kind: 'yes-no' };
    case 'code':
    case 'side':
      return fact.values === undefined && fact.type === 'code'
        ? { ...none, kind: 'text' }
        : { ...none, kind: 'choice', choices: choicesOf(ruleSet, fact) };
    case 'date':
      return { ...none, kind: 'date' };
    case 'text':
      return { ...none, kind: 'text' };
    default: {
      const marks = marksOf(ruleSet, fact, unit);
      const whole = fact.type === 'integer';
      return { ...none, kind: 'number', unit, unitText: unitText(unit ?? ''), marks, whole, ...domainOf(fact, unit, marks) };
    }
  }
}

/** Every value of a list, what is a kind of another below it. */
function choicesOf(ruleSet: RuleSet, fact: Fact): WhatIfChoice[] {
  const hierarchy = valueHierarchy(fact, ruleSet);
  return hierarchy.ids.map(id => ({ value: id, title: valueTitle(ruleSet, fact, id), depth: hierarchy.above(id).size - 1 }));
}

/** The thresholds of a fact, in the unit it is shown in. One that does not convert exactly is left out. */
function marksOf(ruleSet: RuleSet, fact: Fact, unit: string | undefined): WhatIfMark[] {
  const own = [...ruleSet.thresholds.values()].filter(threshold => threshold.fact?.value === fact.id);
  const marks = own.flatMap(threshold =>
    boundsOf(threshold, fact, unit).map(at => ({ at: at.toString().replace('≈', ''), title: titleOf(threshold, threshold.id) })),
  );
  return [...new Map(marks.map(mark => [mark.at, mark])).values()].sort((a, b) => Number(a.at) - Number(b.at));
}

function boundsOf({ test }: Threshold, fact: Fact, unit: string | undefined): Exact[] {
  return [test.atLeast, test.above, test.atMost, test.below].flatMap(bound => {
    if (bound?.kind === 'number') return inUnit(bound.number.value, test.unit?.value ?? fact.unit?.value, unit, fact);
    if (bound?.kind !== 'per-unit') return [];
    const own = bound.numbers.find(each => each.unit.value === unit);
    if (own) return [own.number.value];
    const [first] = bound.numbers;
    return first ? inUnit(first.number.value, first.unit.value, unit, fact) : [];
  });
}

function inUnit(number: Exact, from: string | undefined, to: string | undefined, fact: Fact): Exact[] {
  if (from === to || from === undefined || to === undefined) return [number];
  const factor = conversionFactor(fact, from, to);
  return factor ? [number.times(factor)] : [];
}

/** From the declared least to the declared greatest value; where one is missing, wide enough to show every threshold. */
function domainOf(
  fact: Fact,
  unit: string | undefined,
  marks: readonly WhatIfMark[],
): { least: string | undefined; most: string | undefined } {
  const declared = (bound: Fact['minimum']) => bound && inUnit(bound.value, fact.unit?.value, unit, fact)[0]?.toString().replace('≈', '');
  const top = marks.at(-1);
  return {
    least: declared(fact.minimum) ?? (marks.length && Number(marks[0]!.at) >= 0 ? '0' : undefined),
    most: declared(fact.maximum) ?? (top && Number(top.at) > 0 ? String(Number((Number(top.at) * 2).toPrecision(2))) : undefined),
  };
}

function componentInput(ruleSet: RuleSet, score: Score, part: Component, holder: Holder): WhatIfInput[] {
  if (part.how?.kind !== 'options' || part.how.from) return [];
  const options = [...part.how.options.values()];
  const title = (id: string) => options.find(each => each.id === id)?.title ?? capitalised(spoken(id));
  const choices = options.map(({ id, points }) => ({ value: id, title: `${title(id)} (${points.value.toString()})`, depth: 0 }));
  const without = [...part.how.undefinedOptions.keys()].map(id => ({ value: id, title: `${title(id)} (no points)`, depth: 0 }));
  return [
    {
      path: [...holder.path, 'scores', score.id, part.id],
      title: `${scoreName(ruleSet, score.id)}: ${inSentence(part.title ?? spoken(part.id))}`,
      kind: 'choice',
      unit: undefined,
      unitText: '',
      choices: [...choices, ...without],
      least: undefined,
      most: undefined,
      whole: false,
      marks: [],
      ...stateOf(
        holder.now.scores.get(score.id)?.options.get(part.id),
        holder.before?.scores.get(score.id)?.options.get(part.id),
        ({ value }) => title(String(value)),
      ),
    },
  ];
}

/** What is recorded now, and what was before, where that differs. */
function stateOf(
  now: PatientFact | undefined,
  before: PatientFact | undefined,
  text: (value: PatientValue) => string,
): Pick<WhatIfInput, 'value' | 'several' | 'was'> {
  const words = (fact: PatientFact | undefined) => (fact?.values.length ? fact.values.map(text).join(' or ') : 'unknown');
  const key = (fact: PatientFact | undefined) =>
    JSON.stringify((fact?.values ?? []).map(({ value, unit }) => [String(value), unit?.value]));
  const values = now?.values ?? [];
  return {
    value: values.length === 1 ? (values[0]!.value instanceof Exact ? values[0]!.value.toString(12) : values[0]!.value) : undefined,
    several: values.length > 1 ? words(now) : undefined,
    was: key(now) === key(before) ? undefined : words(before),
  };
}

function valueText(ruleSet: RuleSet, fact: Fact, { value, unit }: PatientValue): string {
  const text = valueTitle(ruleSet, fact, value);
  return unit ? `${text} ${unitText(unit.value)}`.trim() : text;
}
