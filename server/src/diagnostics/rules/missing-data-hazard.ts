/** An input whose absence alone leaves a rule that protects the patient undetermined, while nothing asks for it. */
import type { Analysis } from '../../analysis/analyse.ts';
import type { Rule, RuleSet } from '../../model/rule-set.ts';
import { defineRule, type Example, ofAnalysis } from '../define.ts';
import { inputTitle, listText, patientText, ruleName } from '../telling.ts';

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
    const inputs = hazards.map(({ input }) => inputTitle(ruleSet, input));
    const [first] = hazards;
    const who = patientText(ruleSet, first!.answer.witness);
    const missing = inputs.length === 1 ? `${inputs[0]} is not recorded` : `one of these is not recorded: ${listText(inputs)}`;
    return {
      span: hanging.idSpan,
      message: `While ${missing}, ${ruleName(hanging)} may stay undetermined, and no rule that fires then asks for it${who ? `; for example without ${inputs[0]}: ${who}` : ''}. Let a rule require it where it is unknown.`,
      names: [hanging.id, ...hazards.map(({ input }) => input.id)],
      rules: [hanging.id],
      witness: first!.answer.witness,
    };
  },
});

const RULE_SET = `"facts": { "cord": { "title": "Cord compression", "type": "boolean" } },
  "assessments": { "imaging": { "title": "Imaging of the spine", "gives": ["cord"] } }, "activities": { "exercise": { "title": "Exercise" } },
  "rules": [
    { "id": "compressed", "title": "Cord compressed", "when": { "fact": "cord", "is": true }, "then": [ { "forbid": "exercise" } ] }`;

export const examples: Example[] = [
  {
    name: 'Nobody asks',
    text: `
{ ${RULE_SET} ] }
            ^^^^^^^^^^^^ information: While cord compression is not recorded, “Cord compressed” (compressed) may stay undetermined, and no rule that fires then asks for it. Let a rule require it where it is unknown.
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
