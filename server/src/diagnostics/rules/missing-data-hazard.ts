/** An input whose absence alone leaves a rule that protects the patient undetermined, while nothing asks for it. */
import type { Analysis } from '../../analysis/analyse.ts';
import type { Condition, Rule, RuleSet } from '../../model/rule-set.ts';
import { defineRule, type Example, ofAnalysis } from '../define.ts';
import { decisionName, effectText, inputTitle, listText, patientText, ruleName } from '../telling.ts';

/** All inputs that one rule hangs on: one cause. */
interface Hazard {
  readonly hanging: Rule;
  readonly hazards: Analysis['hazards'];
  readonly ruleSet: RuleSet;
}

export const rule = defineRule<Hazard>({
  code: 'missing-data-hazard',
  severity: 'information',
  analysed: true,
  summary: 'Nothing asks for an input without which a rule that protects the patient stays undetermined.',
  docs: `
A rule that forbids something, or decides the strictest value, cannot be settled while this input is missing, and no rule that fires then requires what gives it. The outcome says
*undetermined*, but nobody is told to find out. Inputs that leave the same rule open are told together. Let a rule \`require\` the input, or what \`gives\` it, where it is \`unknown\`; or make the fact \`required\`.
`,

  find: ofAnalysis(({ hazards }, { ruleSet, file }) => {
    const here = hazards.filter(({ rule: hanging }) => hanging.file === file);
    const rules = [...new Set(here.map(({ rule: hanging }) => hanging))];
    return rules.map(hanging => ({ hanging, hazards: here.filter(one => one.rule === hanging), ruleSet }));
  }),

  say: ({ hanging, hazards, ruleSet }) => {
    // Without what says whom the rules are for nothing is settled: that is another matter, and no good example.
    const ofScope = hazards.filter(({ input }) => saysWhomItIsFor(ruleSet, input.id));
    const own = hazards.filter(one => !ofScope.includes(one));
    const told = own.length > 0 ? own : ofScope;
    const titles = told.map(({ input }) => inputTitle(ruleSet, input));
    const nor = own.length > 0 && ofScope.length > 0 ? scopeText(ofScope.map(({ input }) => inputTitle(ruleSet, input))) : '';
    const { witness } = told[0]!.answer;
    return {
      span: hanging.idSpan,
      message: `While ${missingText(titles)}, ${ruleName(hanging)} may stay undetermined, and no rule that fires then asks for it${exampleText(titles, patientText(ruleSet, witness))}. ${bothWays(ruleSet, hanging)}${nor} Let a rule require what is unknown.`,
      names: [hanging.id, ...hazards.map(({ input }) => input.id)],
      rules: [hanging.id],
      witness,
    };
  },
});

function missingText(titles: readonly string[]): string {
  const [first, ...others] = titles;
  if (others.length === 0) return `${first} is not recorded`;
  const isPlain = !titles.some(title => title.includes(','));
  if (others.length === 1 && isPlain) return `${first} or ${others[0]} is not recorded`;
  return `one of these is not recorded: ${isPlain ? listText(titles, 'or') : titles.join('; ')}`;
}

function exampleText([first, ...others]: readonly string[], who: string): string {
  if (who === '') return '';
  return others.length === 0 ? `; for example in a patient with ${who}` : `; for example without ${first}, in a patient with ${who}`;
}

function scopeText(titles: readonly string[]): string {
  const list = titles.some(title => title.includes(',')) ? `these asked for: ${titles.join('; ')}` : `${listText(titles, 'or')} asked for`;
  return ` Nor is ${list.replace(/^these/, 'one of these')}, without which it is not known whether the rules are for the patient.`;
}

/** What comes of it either way: `If it holds, the answer to “May this patient exercise?” is no; if not, the other rules decide.` */
function bothWays(ruleSet: RuleSet, { then }: Rule): string {
  const answers = then.flatMap(effect => {
    const decision = effect.kind === 'decide' ? ruleSet.decisions.get(effect.decision.value) : undefined;
    const isStrictest = effect.kind === 'decide' && decision?.values[0]?.id === effect.value.value;
    return decision && isStrictest ? [`the answer to ${decisionName(decision)} is ${effectText(ruleSet, effect)}`] : [];
  });
  const barred = [...new Set(then.flatMap(effect => (effect.kind === 'forbid' ? [effectText(ruleSet, effect)] : [])))];
  const forbidden = barred.length > 0 ? [`${listText(barred)} ${barred.length === 1 ? 'is' : 'are'} forbidden`] : [];
  if (answers.length + forbidden.length === 0) return '';
  const otherwise = answers.length === 0 ? 'not by this rule' : forbidden.length === 0 ? 'the other rules decide' : 'neither by this rule';
  return `If it holds, ${listText([...answers, ...forbidden])}; if not, ${otherwise}.`;
}

/** Whether the fact stands in `appliesTo`. */
function saysWhomItIsFor({ root }: RuleSet, id: string): boolean {
  const names = (condition: Condition | undefined): boolean => {
    if (condition?.kind === 'all' || condition?.kind === 'any') return condition.items.some(names);
    if (condition?.kind === 'not') return names(condition.item);
    return condition?.kind === 'fact' && condition.fact.value === id;
  };
  return names(root.appliesTo);
}

const RULE_SET = `"facts": { "cord": { "title": "Cord compression", "type": "boolean" } },
  "assessments": { "imaging": { "title": "Imaging of the spine", "gives": ["cord"] } }, "activities": { "exercise": { "title": "Exercise" } },
  "rules": [
    { "id": "compressed", "title": "Cord compressed", "when": { "fact": "cord", "is": true }, "then": [ { "forbid": "exercise" } ] }`;

export const examples: Example[] = [
  {
    name: 'Nobody asks',
    text: `
{ ${RULE_SET} ] }
            ^^^^^^^^^^^^ information: While cord compression is not recorded, “Cord compressed” (compressed) may stay undetermined, and no rule that fires then asks for it. If it holds, exercise is forbidden; if not, not by this rule. Let a rule require what is unknown.
`,
  },
  {
    name: 'A rule asks for it',
    text: `
{ ${RULE_SET},
    { "id": "ask", "title": "Image the spine", "when": { "unknown": { "fact": "cord" } }, "then": [ { "require": "imaging" } ] } ] }
`,
  },
];
