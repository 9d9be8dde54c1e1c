/** Patients in scope to whom no rule gives the answer that every patient must get. */
import type { Analysis } from '../../analysis/analyse.ts';
import type { RuleSet } from '../../model/rule-set.ts';
import { defineRule, type Example, ofAnalysis } from '../define.ts';
import { regionConditions } from '../region-condition.ts';
import { recordText, regionText } from '../region-text.ts';
import { decisionName, groupWord, placeOf } from '../telling.ts';

interface Missing {
  readonly gap: Analysis['gaps'][number];
  readonly ruleSet: RuleSet;
}

export const rule = defineRule<Missing>({
  code: 'missing-rule',
  severity: 'warning',
  analysed: true,
  summary: 'For some patient in scope no rule answers what must be decided.',
  docs: `
A decision with \`mustDecide\`, in a rule set that says it is \`complete\`, must have an answer for every patient in scope. Here is one for whom every rule is
ruled out: the answer is *no answer*, which is never shown as permission. Add a rule for this patient, or say in \`appliesTo\` or \`impossible\` that there is none.
Undetermined is no gap: there something is not known yet.
`,

  find: ofAnalysis(({ gaps }, { ruleSet, file }) => (ruleSet.root.file === file ? gaps.map(gap => ({ gap, ruleSet })) : [])),

  say: ({ gap: { decision, of, answer }, ruleSet }) => {
    const { root } = ruleSet;
    const isHere = decision.file === root.file;
    const each = decision.each?.value;
    const none = of === 'patient' && each !== undefined ? ` without any ${groupWord(ruleSet, each)}` : '';
    const region = regionText(ruleSet, answer, each);
    const patients = none || region ? `patients${none}${none && region && ','}${region && ` with ${region}`}` : 'any patient in scope';
    return {
      span: isHere ? decision.idSpan : (root.id?.span ?? { start: 0, end: 0 }),
      message: `No rule answers ${decisionName(decision)} for ${of === 'record' ? recordText(ruleSet, answer, each!) : patients}. No answer is never permission: add a rule that decides here, or say in “appliesTo” that these patients are not meant.`,
      names: [decision.id, of === 'record' ? decision.each!.value : 'patient'],
      related: isHere ? [] : [{ place: placeOf(decision), message: `The decision ${decisionName(decision)}.` }],
      witness: answer.witness,
      conditions: regionConditions(ruleSet, answer, of === 'record' ? each : undefined),
    };
  },
});

const DECISION = `"decisions": { "clearance": { "title": "May this patient exercise?", "values": ["no", "yes"], "resolve": "strictest", "mustDecide": true } }`;

export const examples: Example[] = [
  {
    name: 'Nobody speaks of moderate pain',
    text: `
{ "complete": true, "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10, "required": true } },
  ${DECISION},
                 ^^^^^^^^^^^ warning: No rule answers “May this patient exercise?” for patients with pain from 4 to 6. No answer is never permission: add a rule that decides here, or say in “appliesTo” that these patients are not meant.
  "rules": [
    { "id": "mild", "title": "Mild pain", "when": { "fact": "pain", "atMost": 3 }, "then": [ { "decide": "clearance", "as": "yes" } ] },
    { "id": "severe", "title": "Severe pain", "when": { "fact": "pain", "atLeast": 7 }, "then": [ { "decide": "clearance", "as": "no" } ] } ] }
`,
  },
  {
    name: 'Every patient has an answer',
    text: `
{ "complete": true, "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10, "required": true } },
  ${DECISION},
  "rules": [
    { "id": "mild", "title": "Mild pain", "when": { "fact": "pain", "atMost": 3 }, "then": [ { "decide": "clearance", "as": "yes" } ] },
    { "id": "more", "title": "More pain", "when": { "fact": "pain", "atLeast": 4 }, "then": [ { "decide": "clearance", "as": "no" } ] } ] }
`,
  },
];
