/** Whole parts of a sample patient to start from. */
import { keysTo } from './scene.ts';
import type { Making, Template } from './template-parts.ts';

export const PATIENT_TEMPLATES: Readonly<Record<string, readonly Template[]>> = {
  file: [{ label: 'patient', words: 'A sample patient to start from.', make: patient }],
  'group.records': [{ label: 'record', words: 'One record, such as a lesion.', make: record }],
  'file.expected': [{ label: 'expectation', words: 'What a rule set should answer.', make: expectation }],
};

function patient({ stops, scene }: Making): string {
  return `{\n  "id": ${stops.string('my-patient')},\n  "title": ${stops.string('My patient')},\n  "asOf": ${stops.string(scene.today)},\n  "for": [${stops.empty()}],\n  "facts": {}\n}`;
}

/** The first letter that no other record has. */
function record({ stops, scene }: Making): string {
  const taken = new Set(scene.patient?.groups.get(keysTo(scene)[1] ?? '')?.records.map(({ id }) => id));
  const id = [...'abcdefghijklmnopqrstuvwxyz'].find(letter => !taken.has(letter)) ?? 'new-record';
  return `{ "id": ${stops.string(id)}, "facts": { ${stops.empty()} } }`;
}

function expectation({ stops, scene, ruleSet }: Making): string {
  const whole = scene.wholes.find(({ decisions }) => decisions.size > 0) ?? ruleSet;
  const decision = [...(whole?.decisions.values() ?? [])][0];
  const asked = `"ruleSet": ${stops.string(whole?.root.id?.value ?? 'rule-set')}`;
  const answer = decision?.values[0]?.id;
  return answer === undefined ? `{ ${asked} }` : `{ ${asked}, "decisions": { ${stops.string(decision!.id)}: ${stops.string(answer)} } }`;
}
