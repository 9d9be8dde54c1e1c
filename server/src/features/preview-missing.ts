/** What is not known and matters: each input with the outcome for each of its values. */
import type { DecisionPart, MissingInput } from '../evaluation/outcome.ts';
import type { Fact } from '../model/rule-set.ts';
import { readValue } from './conditions-read.ts';
import type { Link, PreviewMissing } from './preview-model.ts';
import { answerOf, nameOf, type Reading, recordOf, ruleLink, shortName, toneOfPart } from './reading.ts';
import { groupTitle } from './sentences.ts';
import { factOf, scoreName, titleOf } from './titles.ts';
import { capitalised, inSentence, listText, plural, spoken } from './words.ts';

export function previewMissing(reading: Reading): PreviewMissing[] {
  return reading.outcome.missing.map(missing => previewInput(reading, missing));
}

export function nothingMissingText({ outcome }: Reading): string {
  const undetermined = outcome.rules.some(rule => rule.status === 'undetermined');
  return undetermined ? 'No single input would settle an undetermined rule.' : 'Nothing missing. Every rule is fired or ruled out.';
}

/** The path of an input, taken apart. */
export interface InputPath {
  readonly group: string | undefined;
  readonly record: string | null;
  readonly score: string | undefined;
  /** The fact or component; undefined for a group or a score's date. */
  readonly id: string | undefined;
}

/** `fact`, `score.component`, `score.on`, `group`, `group.record.fact`, `group.record.score.component`. */
export function readPath({ input, kind, record }: Pick<MissingInput, 'input' | 'kind' | 'record'>): InputPath {
  const parts = input.split('.');
  if (kind === 'group') return { group: parts[0], record: null, score: undefined, id: undefined };
  const own = record === null ? parts : parts.slice(2);
  const holder = { group: record === null ? undefined : parts[0], record };
  if (kind === 'fact') return { ...holder, score: undefined, id: own[0] };
  return { ...holder, score: own[0], id: kind === 'component' ? own[1] : undefined };
}

function previewInput(reading: Reading, missing: MissingInput): PreviewMissing {
  const path = readPath(missing);
  const decisions = decisionsShown(reading, missing);
  return {
    input: missing.input,
    text: capitalised(inputText(reading, path)),
    detail: missing.rules.length ? `settles ${plural(missing.rules.length, 'rule')}` : '',
    changes: changesAny(reading, missing),
    rules: missing.rules.map(rule => ruleLink(reading, rule)),
    decisions: decisions.map(id => (decisions.length > 1 ? titleOf(reading.ruleSet.decisions.get(id), id) : 'Outcome')),
    outcomes: outcomesOf(reading, path, missing, decisions),
    link: linkOfInput(reading, path),
  };
}

function changesAny({ outcome }: Reading, { outcomes }: MissingInput): boolean {
  return outcomes.some(({ decisions }) =>
    Object.entries(decisions).some(([id, part]) => {
      const now = outcome.decisions[id];
      return part.status !== now?.status || JSON.stringify(part.value) !== JSON.stringify(now.value);
    }),
  );
}

type Outcomes = PreviewMissing['outcomes'];

/** Values that follow each other with the same answers are one line. */
function outcomesOf(reading: Reading, path: InputPath, missing: MissingInput, decisions: readonly string[]): Outcomes {
  const lines: { values: string[]; answers: Outcomes[number]['answers'] }[] = [];
  for (const { value, decisions: parts } of missing.outcomes) {
    const answers = decisions.flatMap(id => (parts[id] ? [answerTo(reading, id, parts[id])] : []));
    const last = lines.at(-1);
    if (last && JSON.stringify(last.answers) === JSON.stringify(answers)) last.values.push(valueText(reading, path, value));
    else lines.push({ values: [valueText(reading, path, value)], answers });
  }
  if (lines.length === 1 && lines[0]!.values.length > 2) return [{ value: 'any value', answers: lines[0]!.answers }];
  return lines.map(({ values, answers }) => ({ value: listText(values, 'or'), answers }));
}

function answerTo({ ruleSet }: Reading, decision: string, part: DecisionPart): Outcomes[number]['answers'][number] {
  return { title: inSentence(answerOf(ruleSet, decision, part)), tone: toneOfPart(ruleSet.decisions.get(decision), part) };
}

/** Decisions an input could change: those that are undetermined now, else all. */
function decisionsShown({ ruleSet, outcome }: Reading, missing: MissingInput): string[] {
  const told = missing.outcomes[0]?.decisions ?? {};
  const all = [...ruleSet.decisions.keys()].filter(id => id in told);
  const open = all.filter(id => outcome.decisions[id]?.status === 'undetermined');
  return open.length ? open : all;
}

/** `pain of SINS, a (T5)`. */
export function inputText(reading: Reading, path: InputPath): string {
  const { ruleSet } = reading;
  const { group, record, score, id } = path;
  const whose = record === null ? '' : `, ${shortName(nameOf(reading, group, record))}`;
  if (score !== undefined) {
    const component = id === undefined ? undefined : ruleSet.scores.get(score)?.components.get(id);
    const part = id === undefined ? 'date of scoring' : inSentence(titleOf(component, id));
    return `${part} of ${scoreName(ruleSet, score)}${whose}`;
  }
  if (id === undefined) return `whether the list “${groupTitle(ruleSet, group ?? '')}” is complete`;
  return `${inSentence(titleOf(factOf(ruleSet, id, group), id))}${whose}`;
}

/** One of its values as the outcome writes it, in words. */
export function valueText(reading: Reading, { group, score, id }: InputPath, value: string): string {
  if (score !== undefined && id !== undefined) {
    const how = reading.ruleSet.scores.get(score)?.components.get(id)?.how;
    return how?.kind === 'options' ? inSentence(how.options.get(value)?.title ?? spoken(value)) : value;
  }
  const fact: Fact | undefined = id === undefined ? undefined : factOf(reading.ruleSet, id, group);
  return readValue(reading, fact, value);
}

/** Where it would be recorded: what is there of it already, else its record, else the patient. */
function linkOfInput(reading: Reading, { group, record, score, id }: InputPath): Link | undefined {
  const { patient } = reading;
  const held = recordOf(reading, group, record);
  const holder = record === null ? patient : held;
  const written =
    (score === undefined ? holder?.facts.get(id ?? '') : holder?.scores.get(score)) ?? held ?? patient.groups.get(group ?? '');
  if (written) return reading.link({ file: written.file, span: written.idSpan });
  return patient.id ? reading.link({ file: patient.file, span: patient.id.span }) : undefined;
}
