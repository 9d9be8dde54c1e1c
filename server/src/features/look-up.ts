/** What a name means in a whole rule set. Most names mean one thing; a threshold's fact may be that of the patient and that of a record. */
import { ANYWHERE, factIn, type Reference, targetOf } from '../model/names.ts';
import type { Fact, RuleSet, RuleSetFile } from '../model/rule-set.ts';
import type { Span } from '../text/span.ts';
import {
  bandSpace,
  componentSpace,
  decisionValueSpace,
  declaredAt,
  declaredIn,
  type Named,
  type NameKind,
  optionSpace,
  placeSpace,
  ruleSetSpace,
} from './declared.ts';
import type { Mention, PatientSense } from './mentions.ts';

/** The declarations that count in the whole; empty where the name means nothing there, or names a file. `patient` is the file of the patient that is read with the whole. */
export function lookUp(whole: RuleSet, { name, file, span, sense }: Mention, patient: string): readonly Named[] {
  switch (sense.kind) {
    case 'declares':
      return [sense.named];
    case 'refers':
    case 'seems':
      return referred(whole, sense.reference);
    case 'removes':
      return inAnySection(removedFrom(whole, file), name);
    case 'waives':
      return waived(whole, sense.code, name);
    case 'path':
      return [];
    case 'in-patient':
      return inPatient(whole, sense.as, { name, file, span, patient });
  }
}

/** What an id is declared as in the whole, at the place where it counts. */
function namedIn(whole: RuleSet, target: { readonly file: string; readonly idSpan: Span } | undefined): readonly Named[] {
  const file = target && whole.files.find(one => one.file === target.file);
  const named = file && declaredAt(file, target.idSpan.start);
  return named ? [named] : [];
}

function referred(whole: RuleSet, reference: Reference): readonly Named[] {
  const { name, to, group } = reference;
  if (to.kind === 'value') return factsMeant(whole, to.fact.value, group).flatMap(fact => codeValue(whole, fact, name.value));
  if (to.kind === 'fact') return factsMeant(whole, name.value, group).flatMap(fact => namedIn(whole, fact));
  const target = targetOf(whole, reference);
  const isFact = (to.kind === 'input' || to.kind === 'requirement') && target && 'type' in target.item;
  return isFact ? factsMeant(whole, name.value, ANYWHERE).flatMap(fact => namedIn(whole, fact)) : namedIn(whole, target);
}

/** Seen from anywhere, a fact of the patient and one of a group's records may both be meant: which, the rule that uses it decides. */
function factsMeant(whole: RuleSet, id: string, group: string | undefined): readonly Fact[] {
  const first = factIn(whole, group, id);
  if (group !== ANYWHERE || !first) return first ? [first] : [];
  const ofGroups = [...whole.groups.keys()].flatMap(each => factIn(whole, each, id) ?? []);
  return [...new Set([first, ...ofGroups])];
}

/** The two sides are declared by nobody: a fact of that type has them. */
function codeValue(whole: RuleSet, fact: Fact, id: string): readonly Named[] {
  if (fact.type === 'side') return id === 'left' || id === 'right' ? [side(fact, id)] : [];
  if (fact.type !== 'code') return [];
  if (fact.values === 'sites') return namedIn(whole, whole.sites.get(id));
  if (typeof fact.values === 'string') return namedIn(whole, whole.advice.get(id));
  const found = fact.values?.find(value => value.id === id);
  return namedIn(whole, found && { file: fact.file, idSpan: found.idSpan });
}

const SIDE_SPACE = 'side';

function side(fact: Fact, id: string): Named {
  const { file, idSpan, span } = fact;
  return { kind: 'value', id, file, idSpan, span, space: SIDE_SPACE, item: fact };
}

/** What is taken out belongs to the base: it is looked up there, for in the whole it is gone. */
function removedFrom(whole: RuleSet, file: string): readonly RuleSetFile[] {
  return whole.files.slice(
    0,
    whole.files.findIndex(one => one.file === file),
  );
}

const PARTS: ReadonlySet<NameKind> = new Set(['value', 'place', 'component', 'option', 'band', 'decision-value', 'rule-set', 'record']);

function inAnySection(files: readonly RuleSetFile[], id: string): readonly Named[] {
  return files.flatMap(file => declaredIn(file).filter(named => named.id === id && isItem(named)));
}

function isItem({ kind, space }: Named): boolean {
  return !PARTS.has(kind) && !space.startsWith('fact of ');
}

/** Findings about rules name rules, those about scores scores and their parts: where a code tells which, only that kind is meant. */
const WAIVED: Readonly<Record<string, readonly NameKind[]>> = Object.fromEntries(
  [
    [
      ['never-holds', 'always-holds', 'hidden-rule', 'conflicting-decisions', 'conflicting-effects', 'disagreement'],
      ['decision', 'rule', 'precaution'],
    ],
    [
      ['first-across-files', 'given-beyond-recommend', 'unsound-override'],
      ['decision', 'rule', 'precaution'],
    ],
    [
      ['band-gap', 'band-overlap', 'unreachable-band', 'range-mismatch'],
      ['score', 'band'],
    ],
    [
      ['unscored-value', 'unsettled-points', 'interval-gap'],
      ['score', 'component'],
    ],
    [['missing-rule'], ['decision', 'group']],
    [['missing-precaution'], ['site']],
    [['missing-data-hazard'], ['rule', 'precaution', 'fact', 'derived-fact', 'score']],
  ].flatMap(([codes, kinds]) => codes!.map(code => [code, kinds as NameKind[]])),
);

function waived(whole: RuleSet, code: string, id: string): readonly Named[] {
  const kinds = WAIVED[code];
  return whole.files.flatMap(file =>
    declaredIn(file).filter(named => named.id === id && (kinds ? kinds.includes(named.kind) : isItem(named))),
  );
}

interface Recorded {
  readonly name: string;
  readonly file: string;
  readonly span: Span;
  readonly patient: string;
}

function inPatient(whole: RuleSet, as: PatientSense, recorded: Recorded): readonly Named[] {
  const { name } = recorded;
  switch (as.kind) {
    case 'fact':
      return namedIn(whole, factRecorded(whole, as.group, name));
    case 'value': {
      const fact = factRecorded(whole, as.group, as.fact);
      return fact ? codeValue(whole, fact, name) : [];
    }
    case 'score':
      return namedIn(whole, ofGroup(whole.scores.get(name), as.group));
    case 'total':
      return namedIn(whole, whole.scores.get(name));
    case 'component':
      return partOf(whole, whole.scores.get(as.score)?.file, componentSpace(as.score), name);
    case 'option':
      return partOf(whole, whole.scores.get(as.score)?.file, optionSpace(as.score, as.component), name);
    case 'band':
      return partOf(whole, whole.scores.get(as.score)?.file, bandSpace(as.score), name);
    case 'item':
      return namedIn(whole, whole[as.section].get(name));
    case 'requirement':
      return namedIn(whole, whole.advice.get(name) ?? factIn(whole, ANYWHERE, name) ?? whole.scores.get(name));
    case 'place':
      return partOf(whole, whole.parameters.get(as.parameter)?.file, placeSpace(as.parameter), name);
    case 'group':
      return namedIn(whole, whole.groups.get(name));
    case 'record':
      return [record(recorded, as.group)];
    case 'record-of-score':
      return [record(recorded, whole.scores.get(as.score)?.of?.value ?? '')];
    case 'decision':
      return namedIn(whole, whole.decisions.get(name));
    case 'answer':
      return partOf(whole, whole.decisions.get(as.decision)?.file, decisionValueSpace(as.decision), name);
    case 'rule':
      return namedIn(whole, whole.rules.get(name));
    case 'rule-set':
      return whole.root.id?.value === name ? partOf(whole, whole.root.file, ruleSetSpace(whole.root.file), name) : [];
    case 'input':
      return input(whole, name);
  }
}

/** Within a record a fact of the patient would be in sight, but it is recorded with the patient. */
function factRecorded(whole: RuleSet, group: string | undefined, id: string): Fact | undefined {
  const fact = factIn(whole, group, id);
  return fact?.group === group ? fact : undefined;
}

function ofGroup<T extends { readonly of: { readonly value: string } | undefined }>(
  score: T | undefined,
  group: string | undefined,
): T | undefined {
  return score?.of?.value === group ? score : undefined;
}

function input(whole: RuleSet, name: string): readonly Named[] {
  return namedIn(whole, factIn(whole, undefined, name) ?? whole.scores.get(name) ?? whole.groups.get(name));
}

function partOf(whole: RuleSet, file: string | undefined, space: string, id: string): readonly Named[] {
  const declaring = whole.files.find(one => one.file === file);
  const found = declaring && declaredIn(declaring).find(named => named.space === space && named.id === id);
  return found ? [found] : [];
}

/** A record of one patient, wherever in the patients it extends it is written. */
function record({ name, file, span, patient }: Recorded, group: string): Named {
  return { kind: 'record', id: name, file, idSpan: span, span, space: `record of ${group} in ${patient}`, item: undefined };
}
