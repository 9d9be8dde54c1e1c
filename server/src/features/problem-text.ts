/** What is wrong with a patient's data, in words: such a value counts as absent, and the outcome must say so. */
import type { PatientProblem } from '../evaluation/outcome.ts';
import type { RuleSet } from '../model/rule-set.ts';
import { factOf, scoreName, titleOf } from './titles.ts';
import { amountText, dateText, spoken, unitText } from './words.ts';

const TYPES: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  integer: 'a whole number',
  decimal: 'a number',
  quantity: 'a number with its unit',
  code: 'one of its values',
  side: 'left or right',
  date: 'a date such as 2026-11-22',
  text: 'text',
};

export function problemText(ruleSet: RuleSet, { code, path, data }: PatientProblem): string {
  const title = titleOfProblem(ruleSet, path, data);
  switch (code) {
    case 'as-of-missing':
      return 'The patient has no “asOf”: nothing that depends on time can be told.';
    case 'patient-required-missing':
      return `${title} is required and not recorded.`;
    case 'patient-unknown-name':
    case 'patient-unknown-value':
      return `“${data.name}” is not known${data.fact || data.score ? ` for ${title}` : ' to this rule set'}: it has no effect.`;
    case 'patient-wrong-type':
      return `${title} must be ${TYPES[data.type ?? ''] ?? `a ${data.type}`}: the value counts as absent.`;
    case 'patient-event-after-as-of':
      return `${title}: ${dateText(data.date ?? '')} is after the date of the outcome, so the value counts as absent.`;
    case 'patient-undeclared-unit':
      return `${title}: ${data.unit ? `the unit ${data.unit} is` : 'a value without a unit is'} not declared for it, so the value counts as absent.${declared(data)}`;
    case 'patient-outside-domain':
      return `${title}: ${amountText(data.value ?? '', data.unit || undefined)} is outside what the rule set allows, so the value counts as absent.`;
    case 'impossible-patient':
      return `The rule set says no patient can be like this: ${data.reason || spoken(data.impossible ?? '')}`.replace(/\.?$/, '.');
    default:
      return `${spoken(code)}: ${path}.`;
  }
}

function declared({ declared: unit }: PatientProblem['data']): string {
  return unit ? ` Declared is ${unitText(unit) || unit}.` : '';
}

function titleOfProblem(ruleSet: RuleSet, path: string, { fact, score }: PatientProblem['data']): string {
  if (score !== undefined) return scoreName(ruleSet, score);
  const parts = path.split('.');
  const group = ruleSet.groups.has(parts[0] ?? '') ? parts[0] : undefined;
  const id = fact ?? parts.at(-1) ?? path;
  const title = ruleSet.scores.has(parts.at(-2) ?? '')
    ? `Date of ${scoreName(ruleSet, parts.at(-2)!)}`
    : titleOf(factOf(ruleSet, id, group), id);
  return group !== undefined && parts[1] !== undefined ? `${title} of ${parts[1]}` : title;
}
