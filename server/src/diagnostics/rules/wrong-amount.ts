/** A number where a parameter has places on an order, a place where it is a number, or a number without its unit. */
import type { Constant, Effect, Name, Parameter } from '../../model/rule-set.ts';
import type { Span } from '../../text/span.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { walk } from '../walk.ts';
import { listed, quoted } from '../words.ts';

interface Amount {
  readonly parameter: Name;
  readonly values: readonly (Constant | Name)[];
  readonly unit: Name | undefined;
}

interface Wrong {
  readonly kind: 'number-on-order' | 'place-on-number' | 'no-unit';
  readonly parameter: Parameter;
  readonly owner: string;
  readonly span: Span;
  readonly written: string;
}

export const rule = defineRule<Wrong>({
  code: 'wrong-amount',
  severity: 'error',
  summary: 'An amount does not fit its parameter: a number on an order, or a number without its unit.',
  docs: `
A parameter either has a \`unit\`, and takes numbers in it, or an \`order\` (light, moderate, vigorous), and takes places on it. A dose without a unit
can be read in several ways. A parameter that counts (\`"unit": "1"\`) needs none.
`,

  find: ofRuleSet(function* (subject) {
    for (const { effect, rule } of walk(subject).effects) {
      for (const amount of amountsOf(effect)) {
        const parameter = subject.ruleSet.parameters.get(amount.parameter.value);
        if (parameter) yield* wrongOnes(amount, parameter, rule.id);
      }
    }
  }),

  say: ({ kind, parameter, owner, span, written }) => ({
    span,
    message: `${WORDS[kind](parameter, written)}`,
    names: [owner, parameter.id, written],
    related: [{ place: { file: parameter.file, span: parameter.idSpan }, message: `${quoted(parameter.id)} is declared here.` }],
  }),
});

const WORDS: Readonly<Record<Wrong['kind'], (parameter: Parameter, written: string) => string>> = {
  'number-on-order': ({ id, order }, written) =>
    `${quoted(id)} is given by places on an order, so ${written} says nothing. Write ${listed(
      order!.map(({ value }) => value),
      'or',
    )}.`,
  'place-on-number': ({ id, unit }, written) =>
    `${quoted(id)} is a number in ${unit!.value}, so ${quoted(written)} says nothing. Write a number with its unit.`,
  'no-unit': ({ id, unit }, written) =>
    `${quoted(id)} is given in ${unit!.value}, but ${written} has no unit, so the dose could be misread. Add "unit".`,
};

function amountsOf(effect: Effect): Amount[] {
  if (effect.kind === 'limit') return [{ parameter: effect.parameter, values: [effect.atMost], unit: effect.unit }];
  if (effect.kind !== 'recommend') return [];
  const ranges = [...effect.with, ...effect.steps.flatMap(step => step.with)].map(range => ({
    parameter: range.parameter,
    values: [range.is, range.atLeast, range.above, range.atMost, range.below].filter(value => value !== undefined),
    unit: range.unit,
  }));
  return [...ranges, ...effect.maximum.map(({ parameter, value, unit }) => ({ parameter, values: [value], unit }))];
}

function* wrongOnes({ values, unit }: Amount, parameter: Parameter, owner: string): Generator<Wrong> {
  for (const { value, span } of values) {
    const wrong = { parameter, owner, span, written: `${value}` };
    if (value === '') continue;
    if (parameter.order && typeof value !== 'string') yield { kind: 'number-on-order', ...wrong };
    else if (parameter.unit && typeof value === 'string') yield { kind: 'place-on-number', ...wrong };
    else if (parameter.unit && !unit && !isCount(parameter.unit.value)) {
      yield { kind: 'no-unit', ...wrong };
      return;
    }
  }
}

/** `1`, and annotations such as `{repetitions}`, are no unit that could be mistaken. */
function isCount(unit: string): boolean {
  return unit === '1' || /^\{.*\}$/.test(unit);
}

export const examples: Example[] = [
  {
    name: 'A number on an order, a dose without a unit',
    text: `
{ "parameters": {
    "intensity": { "title": "Intensity", "order": ["light", "moderate", "vigorous"] },
    "morphine": { "title": "Morphine a day", "unit": "mg/d" } },
  "rules": [ { "id": "careful", "title": "Careful", "then": [
    { "limit": "intensity", "atMost": 2 },
                                      ^ error: “intensity” is given by places on an order, so 2 says nothing. Write “light”, “moderate” or “vigorous”.
    { "limit": "morphine", "atMost": 60 },
                                     ^^ error: “morphine” is given in mg/d, but 60 has no unit, so the dose could be misread. Add "unit".
    { "limit": "morphine", "atMost": "light" } ] } ] }
                                     ^^^^^^^ error: “morphine” is a number in mg/d, so “light” says nothing. Write a number with its unit.
`,
  },
  {
    name: 'Places, and numbers with their unit',
    text: `
{ "parameters": {
    "intensity": { "title": "Intensity", "order": ["light", "moderate", "vigorous"] },
    "repetitions": { "title": "Repetitions", "unit": "1" },
    "morphine": { "title": "Morphine a day", "unit": "mg/d" } },
  "rules": [ { "id": "careful", "title": "Careful", "then": [
    { "limit": "intensity", "atMost": "light" }, { "limit": "morphine", "atMost": 60, "unit": "mg/d" },
    { "recommend": "squat", "with": { "repetitions": { "atLeast": 8, "atMost": 12 } } } ] } ] }
`,
  },
];
