/** What every part of a preview reads: the rule set, the patient and the outcome, with the lookups between them. */
import type { DecisionPart, Outcome, RuleOutcome, ScoreOutcome } from '../evaluation/outcome.ts';
import type { Patient, PatientRecord } from '../model/patient.ts';
import type { Decision, Item, Rule, RuleSet } from '../model/rule-set.ts';
import type { Place } from '../text/span.ts';
import type { Link, PreviewRuleLink, Tone } from './preview-model.ts';
import { groupTitle, ruleGroup } from './sentences.ts';
import { decisionValueTitle, type RecordName, recordName, titleOf } from './titles.ts';
import { capitalised } from './words.ts';

export interface Reading {
  readonly ruleSet: RuleSet;
  readonly patient: Patient;
  readonly outcome: Outcome;
  readonly link: (place: Place) => Link;
}

export function linkOf({ link }: Reading, item: Pick<Item, 'file' | 'span'>): Link {
  return link({ file: item.file, span: item.span });
}

export function ruleLink(reading: Reading, id: string): PreviewRuleLink {
  const rule = reading.ruleSet.rules.get(id);
  const link = rule ? linkOf(reading, rule) : linkOf(reading, { file: reading.ruleSet.root.file, span: { start: 0, end: 0 } });
  return { id, title: titleOf(rule, id), label: labelOf(rule) ?? id, link };
}

/** The place in the source is what a clinician knows a rule by, if it is short. */
function labelOf(rule: Rule | undefined): string | undefined {
  const at = rule?.source?.at[0]?.value;
  return at !== undefined && at.length <= 12 && !at.includes(' ') ? at : undefined;
}

export function recordOf({ patient }: Reading, group: string | undefined, record: string | null): PatientRecord | undefined {
  return group === undefined || record === null ? undefined : patient.groups.get(group)?.records.find(each => each.id === record);
}

/** What a record is called; undefined for the patient. */
export function nameOf(reading: Reading, group: string | undefined, record: string | null): RecordName | undefined {
  if (record === null || group === undefined) return undefined;
  const found = recordOf(reading, group, record);
  return found ? recordName(reading.ruleSet, group, found) : undefined;
}

/** The group of a rule's records. */
export function groupOf({ ruleSet }: Reading, rule: string): string | undefined {
  return ruleGroup(ruleSet, ruleSet.rules.get(rule));
}

export function whomOf(reading: Reading, rule: RuleOutcome): RecordName | undefined {
  return nameOf(reading, groupOf(reading, rule.id), rule.record);
}

/** `L4 (a)`: the site, and the id where it says more. */
export function shortName(name: RecordName | undefined): string {
  if (!name) return 'the patient';
  return name.name === name.id ? name.id : `${name.id} (${name.name})`;
}

/** Whom a rule's outcome is about: of a list that is not complete, also what is not listed. */
export function whomText(reading: Reading, rule: RuleOutcome): string {
  const group = groupOf(reading, rule.id);
  if (group !== undefined && rule.record === null) return `a ${groupTitle(reading.ruleSet, group)} that is not listed`;
  return shortName(whomOf(reading, rule));
}

export function scoreOf({ outcome }: Reading, score: string, record: string | null): ScoreOutcome | undefined {
  const found = outcome.scores.filter(each => each.id === score);
  return found.find(each => each.record === record) ?? found.find(each => each.record === null);
}

/** A value's shape on its decision's ladder: only `strictest` orders its values by strictness. */
export function toneOfValue(decision: Decision | undefined, value: string): Tone {
  if (value === 'no-answer') return 'no-answer';
  if (decision?.resolve !== 'strictest') return 'value';
  const index = decision.values.findIndex(each => each.id === value);
  if (index <= 0) return 'contraindicated';
  return index === decision.values.length - 1 ? 'proceed' : 'modify';
}

export function toneOfPart(decision: Decision | undefined, part: DecisionPart): Tone {
  if (part.status !== 'decided') return part.status;
  return typeof part.value === 'string' ? toneOfValue(decision, part.value) : 'value';
}

/** `Contraindicated`, `Undetermined`, `No answer`. */
export function answerOf(ruleSet: RuleSet, decision: string, part: DecisionPart): string {
  if (part.status === 'no-answer') return 'No answer';
  if (part.status !== 'decided') return capitalised(part.status);
  const values = typeof part.value === 'string' ? [part.value] : (part.value ?? []);
  return capitalised(values.map(value => decisionValueTitle(ruleSet, decision, value)).join(', '));
}

/** Strictest first; for sorting what rules decide. */
export function strictness(ruleSet: RuleSet, decision: string, value: string): number {
  const index = ruleSet.decisions.get(decision)?.values.findIndex(each => each.id === value) ?? -1;
  return index < 0 ? Number.MAX_SAFE_INTEGER : index;
}
